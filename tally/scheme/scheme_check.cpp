// Who takes part and what belongs to what: names, keys, references. The rules of one contest are in contest_check.cpp.
#include <algorithm>
#include <map>
#include <set>

#include "crypto/codes/entries.h"
#include "tally/scheme/contest_check.h"
#include "tally/scheme/scheme_file.h"
#include "tally/scheme/thread_check.h"

namespace tuixuan::scheme {

namespace {

std::string place(const char* list, std::size_t i, const char* member = nullptr) {
  return "/" + std::string(list) + "/" + std::to_string(i) + (member == nullptr ? "" : "/" + std::string(member));
}

class SchemeCheck {
 public:
  SchemeCheck(const tally::Scheme& scheme, Use use) : s_(scheme), use_(use) {}

  Faults run() && {
    if (use_ == Use::sealed) {
      log();
      trustees();
      supervisors();
      keys();
      kiosks();
      cascades_are_for_paper();
      offices_are_for_paper();
    }
    names();
    venues();
    stages();
    officials();
    cascades();
    exclusive_offices();
    for (std::size_t i = 0; i < s_.contests.size(); ++i) check_contest(s_.contests[i], place("contests", i), out_);
    combinations();
    check_thread(s_, use_ == Use::sealed, out_);
    return std::move(out_);
  }

 private:
  void refuse(Code check, std::string code, std::string path, std::string zh, std::string en) {
    out_.push_back({std::move(check), std::move(code), std::move(path), std::move(zh), std::move(en), false});
  }
  void refuse(std::string code, std::string path, std::string zh, std::string en) {
    refuse(code::V01::scheme, std::move(code), std::move(path), std::move(zh), std::move(en));
  }

  // The origin is the key name of a signed note (C2SP signed-note).
  void log() {
    if (s_.log.origin.find_first_of(" +\t") != std::string::npos || s_.log.origin.find("\u3000") != std::string::npos)
      refuse("characters", "/log/origin", "日志名称不能含空格或加号",
             "the origin of a log has no space and no plus sign");
  }

  void trustees() {
    const auto n = static_cast<std::uint32_t>(s_.trustees.size());
    const std::string all = std::to_string(n);
    if (s_.threshold < 1 || s_.threshold > n)
      refuse(code::V01::threshold, "range", "/trustees/threshold", "解密门限应为 1 至 " + all + "（密钥保管人数）",
             "the threshold must be 1 to " + all + ", the number of trustees");
    if (s_.min_mixers < std::max(s_.threshold, 1U) || s_.min_mixers > n)
      refuse(code::V01::mixers, "range", "/trustees/min_mixers", "混票人数应不少于门限，不多于 " + all,
             "min_mixers must be at least the threshold and at most " + all);
    if (s_.threshold == 1 && n > 0)
      out_.push_back({code::V01::threshold, "weak", "/trustees/threshold",
                      "任何一名保管人都能单独解密选票，建议门限至少为 2",
                      "any one trustee alone could open ballots; 2 or more is better", true});
  }

  void supervisors() {
    std::set<tally::Key> keys;
    for (const tally::Supervisor& s : s_.supervisors) keys.insert(s.key);
    if (s_.supervisors.size() < 2 || keys.size() != s_.supervisors.size())
      refuse(code::V01::officers, "supervisors", "/supervisors", "监票人至少两名，每人一把自己的密钥",
             "two or more supervisors are needed, each with a key of their own");
  }

  // A key that serves two roles would let one person act as two.
  void keys() {
    std::map<tally::Key, std::string> seen;
    const auto take = [&](const tally::Key& key, std::string path) {
      const auto [it, fresh] = seen.emplace(key, path);
      if (!fresh)
        refuse("key", std::move(path), "与 " + it->second + " 是同一把密钥；每个角色须用自己的密钥",
               "the same key as " + it->second + "; each role needs a key of its own");
    };
    take(s_.log.key, "/log/key");
    take(s_.organiser_key, "/organiser/key");
    take(s_.desk_key, "/desk/key");
    if (s_.superior_key) take(*s_.superior_key, "/superior/key");
    if (s_.chair) take(s_.chair->key, "/chair/key");
    for (std::size_t i = 0; i < s_.auditors.size(); ++i) take(s_.auditors[i].key, place("auditors", i, "key"));
    for (std::size_t i = 0; i < s_.kiosks.size(); ++i) take(s_.kiosks[i].key, place("kiosks", i, "key"));
    for (std::size_t i = 0; i < s_.trustees.size(); ++i)
      take(s_.trustees[i].key, "/trustees" + place("members", i, "key"));
    std::set<tally::Key> officers;  // two equal ones are told by supervisors()
    for (std::size_t i = 0; i < s_.supervisors.size(); ++i)
      if (officers.insert(s_.supervisors[i].key).second) take(s_.supervisors[i].key, place("supervisors", i, "key"));
  }

  template <class List, class Name>
  void unique(const char* list, const List& items, Name name, bool needed) {
    if (needed && items.empty()) refuse("empty", "/" + std::string(list), "至少要有一项", "at least one is needed");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i)
      if (!seen.insert(name(items[i])).second)
        refuse("repeated", place(list, i, "id"), "编号“" + name(items[i]) + "”用了两次，请改用不同的编号",
               "the id \"" + name(items[i]) + "\" is listed twice; use another");
  }

  void names() {
    const auto id = [](const auto& item) { return item.id.name; };
    unique(
        "supervisors", s_.supervisors, [](const tally::Supervisor& s) { return s.id; }, false);
    unique("kiosks", s_.kiosks, id, use_ == Use::sealed);
    unique("chambers", s_.chambers, id, true);
    unique("boxes", s_.boxes, id, true);
    unique("stages", s_.stages, id, true);
    unique("contests", s_.contests, id, true);
    unique("combinations", s_.combinations, id, false);
  }

  template <class List, class Id>
  const typename List::value_type* find(const List& items, const Id& id, std::string path) {
    for (const auto& item : items)
      if (item.id == id) return &item;
    refuse("reference", std::move(path), "没有编号为“" + id.name + "”的项目", "nothing has the id \"" + id.name + "\"");
    return nullptr;
  }

  void kiosks() {
    std::set<BoxId> served;
    for (std::size_t i = 0; i < s_.kiosks.size(); ++i) {
      find(s_.boxes, s_.kiosks[i].box, place("kiosks", i, "box"));
      served.insert(s_.kiosks[i].box);
    }
    for (std::size_t i = 0; i < s_.boxes.size(); ++i)
      if (!served.contains(s_.boxes[i].id))
        refuse("reference", place("boxes", i), "没有投票机归此票箱，无法投票",
               "no kiosk serves this box, so nobody could vote");
  }

  void venues() {
    for (std::size_t i = 0; i < s_.boxes.size(); ++i)
      find(s_.chambers, s_.boxes[i].chamber, place("boxes", i, "chamber"));
  }

  // A candidate may not be a supervisor (2020 regulation, art. 22): told by the name, so a warning where a note tells
  // two people of one name apart.
  void officials() {
    for (std::size_t c = 0; c < s_.contests.size(); ++c)
      for (std::size_t k = 0; k < s_.contests[c].candidates.size(); ++k)
        for (const tally::Supervisor& official : s_.supervisors)
          if (s_.contests[c].kind != tally::Kind::rating && s_.contests[c].candidates[k].name == official.name)
            out_.push_back({code::V01::officers, "candidate", place("contests", c, "candidates/") + std::to_string(k),
                            "候选人“" + official.name + "”同时是监票人，请更换监票人；如系同名，请在 note 中注明",
                            "candidate \"" + official.name +
                                "\" is a supervisor too; name another supervisor, or tell two people of one name apart "
                                "by the note",
                            !s_.contests[c].candidates[k].note.empty()});
  }

  // Votes cascade from a higher office to lower ones: those stand later in the file, so there is no circle.
  void cascades() {
    for (std::size_t i = 0; i < s_.contests.size(); ++i) {
      std::set<ContestId> seen;
      for (std::size_t k = 0; k < s_.contests[i].cascade.size(); ++k) {
        const std::string path = place("contests", i, "cascade/") + std::to_string(k);
        const tally::Contest* to = find(s_.contests, s_.contests[i].cascade[k], path);
        if (to == nullptr) continue;
        const auto at = static_cast<std::size_t>(to - s_.contests.data());
        if (at <= i)
          refuse("order", path, "得票只能计入排在后面的较低职务", "votes cascade to lower offices, which stand later");
        if (to->kind != tally::Kind::election || s_.contests[i].kind != tally::Kind::election)
          refuse("kind", path, "只有选举的得票可以向下累计", "only elections cascade");
        if (stage_of(s_.contests[i].id) != stage_of(to->id))
          refuse("stage", path, "得票只能计入同一张选票上的职务", "votes cascade on one sheet, in one stage only");
        if (!seen.insert(to->id).second) refuse("repeated", path, "同一项列了两次", "the same contest is listed twice");
      }
    }
  }

  // The count settles a committee before the offices within it, and those in their order; so an office stands
  // before those that it excludes, and both are within a committee or neither.
  void exclusive_offices() {
    for (std::size_t i = 0; i < s_.contests.size(); ++i) {
      const tally::Contest& c = s_.contests[i];
      for (std::size_t k = 0; k < c.excludes.size(); ++k)
        excluded(c, i, k, place("contests", i, "excludes/") + std::to_string(k));
      if (!c.within) continue;
      const std::string path = place("contests", i, "within");
      const tally::Contest* whole = find(s_.contests, *c.within, path);
      if (whole == nullptr) continue;
      if (whole == &c || whole->within)
        refuse("reference", path, "所属委员会应是另一项选举，其本身不再属于其他委员会",
               "the committee is another contest that is within none itself");
      if (whole->kind != tally::Kind::election || c.kind != tally::Kind::election)
        refuse("kind", path, "只有选举的职务可以属于委员会", "only offices that are elected are within a committee");
    }
  }

  void excluded(const tally::Contest& c, std::size_t i, std::size_t k, const std::string& path) {
    const tally::Contest* to = find(s_.contests, c.excludes[k], path);
    if (to == nullptr) return;
    if (static_cast<std::size_t>(to - s_.contests.data()) <= i)
      refuse("order", path, "不能兼任的职务应排在本职务之后", "an office excludes later ones");
    if (to->kind != tally::Kind::election || c.kind != tally::Kind::election)
      refuse("kind", path, "只有选举的职务有不能兼任的规定", "only offices that are elected exclude each other");
    if (to->within.has_value() != c.within.has_value())
      refuse("within", path, "不能兼任的两个职务，应都写明或都不写明所属委员会（within）",
             "of two offices that exclude each other both are within a committee, or neither");
    if (std::find(c.excludes.begin(), c.excludes.begin() + static_cast<std::ptrdiff_t>(k), to->id) !=
        c.excludes.begin() + static_cast<std::ptrdiff_t>(k))
      refuse("repeated", path, "同一项列了两次", "the same contest is listed twice");
  }

  // A sealed report is of each contest by itself.
  void offices_are_for_paper() {
    for (std::size_t i = 0; i < s_.contests.size(); ++i)
      if (!s_.contests[i].excludes.empty() || s_.contests[i].within)
        refuse("choice", place("contests", i, s_.contests[i].within ? "within" : "excludes"),
               "电子投票各项单独计票：不能兼任、须为委员的职务，请放在后一环节，候选人从已选出的人中产生（source），并"
               "删去此项",
               "a sealed vote counts each contest by itself: vote on such an office in a later stage whose candidates "
               "come from those elected (source), and leave this member out");
    for (std::size_t i = 0; i < s_.stages.size(); ++i)
      if (s_.stages[i].proxies > 0)
        refuse("choice", place("stages", i, "proxies"), "电子投票不能委托，委托投票只能用于录入的纸质选票；请删去此项",
               "nobody can vote for another at a kiosk; proxies are for paper ballots: leave this member out");
  }

  std::string stage_of(const ContestId& id) const {
    for (const tally::Stage& s : s_.stages)
      if (std::find(s.contests.begin(), s.contests.end(), id) != s.contests.end()) return s.id.name;
    return {};
  }

  // Sealed contests are mixed apart, so nobody could see whether one sheet names a person twice.
  void cascades_are_for_paper() {
    for (std::size_t i = 0; i < s_.contests.size(); ++i)
      if (!s_.contests[i].cascade.empty())
        refuse("choice", place("contests", i, "cascade"),
               "电子选票各项分开混合，无法判断同一张票上是否重复选同一人；得票向下累计只能用于录入的纸质选票",
               "the contests of a sealed ballot are mixed apart, so a person named twice on one sheet cannot be told; "
               "cascading is for paper ballots only");
  }

  void stages() {
    std::map<ContestId, std::string> owner;
    std::map<std::pair<BoxId, std::uint8_t>, std::string> rounds;
    for (std::size_t i = 0; i < s_.stages.size(); ++i) {
      const tally::Stage& stage = s_.stages[i];
      stage_boxes(stage, i, rounds);
      stage_contests(stage, i, owner);
      check_threshold(stage.quorum, place("stages", i, "quorum"), out_);
      if (stage.proxies > 0 && stage.quorum.base != tally::Base::registered)
        refuse("choice", place("stages", i, "proxies"),
               "只有村民委员会选举（以登记人数为基数）可以委托投票，党内选举不得委托他人投票；请删去 proxies",
               "only in the election of a village committee, of those registered, may a vote be entrusted; Party votes "
               "never: leave proxies out");
      if (stage.quorum.base != tally::Base::expected && stage.quorum.base != tally::Base::registered)
        refuse("base", place("stages", i, "quorum/base"), "法定人数须以应到会（或登记）人数为基数",
               "a quorum is a fraction of the expected, or of the registered");
    }
    for (std::size_t i = 0; i < s_.contests.size(); ++i)
      if (!owner.contains(s_.contests[i].id))
        refuse("reference", place("contests", i), "没有哪个环节投这一项", "no stage votes on this contest");
  }

  void stage_boxes(const tally::Stage& stage, std::size_t i,
                   std::map<std::pair<BoxId, std::uint8_t>, std::string>& rounds) {
    if (stage.boxes.empty())
      refuse("empty", place("stages", i, "boxes"), "至少要有一个票箱", "at least one box is needed");
    std::set<tally::ChamberId> chambers;
    for (std::size_t b = 0; b < stage.boxes.size(); ++b) {
      const std::string path = place("stages", i, "boxes/") + std::to_string(b);
      if (const tally::Box* box = find(s_.boxes, stage.boxes[b], path)) chambers.insert(box->chamber);
      const auto [it, fresh] = rounds.emplace(std::pair(stage.boxes[b], stage.round), path);
      if (!fresh)
        refuse("repeated", path, "此票箱的第 " + std::to_string(stage.round) + " 轮凭条已由 " + it->second + " 使用",
               "round " + std::to_string(stage.round) + " of this box's slips is already used by " + it->second);
    }
    if (chambers.size() > 1)
      refuse("chamber", place("stages", i, "boxes"), "一个环节只能用同一类投票人的票箱",
             "all boxes of a stage belong to one chamber");
  }

  void stage_contests(const tally::Stage& stage, std::size_t i, std::map<ContestId, std::string>& owner) {
    if (stage.contests.empty())
      refuse("empty", place("stages", i, "contests"), "至少要有一项投票", "at least one contest is needed");
    for (std::size_t c = 0; c < stage.contests.size(); ++c) {
      const std::string path = place("stages", i, "contests/") + std::to_string(c);
      const tally::Contest* contest = find(s_.contests, stage.contests[c], path);
      if (contest != nullptr && contest->kind != stage.kind)
        refuse("kind", path, "这一项与所在环节的种类不同", "this contest is of another kind than its stage");
      const auto [it, fresh] = owner.emplace(stage.contests[c], path);
      if (!fresh)
        refuse("repeated", path, "这一项已在 " + it->second + " 投票",
               "this contest is already voted on in " + it->second);
    }
  }

  void combinations() {
    for (std::size_t i = 0; i < s_.combinations.size(); ++i) {
      const tally::Combination& c = s_.combinations[i];
      std::set<ContestId> seen;
      for (std::size_t k = 0; k < c.sources.size(); ++k) {
        const std::string path = place("combinations", i, "sources/") + std::to_string(k) + "/contest";
        const tally::Contest* contest = find(s_.contests, c.sources[k].contest, path);
        const bool ratings = c.rule == tally::CombinationRule::composite;
        if (contest != nullptr && contest->kind != (ratings ? tally::Kind::rating : tally::Kind::recommendation))
          refuse("kind", path, ratings ? "综合得分只能由测评合成" : "只有推荐的结果可以合并",
                 ratings ? "a composite score is made of ratings" : "only recommendations can be combined");
        if (!seen.insert(c.sources[k].contest).second)
          refuse("repeated", path, "同一项推荐列了两次", "the same recommendation is listed twice");
      }
      check_combination(c, place("combinations", i), out_);
    }
  }

  const tally::Scheme& s_;
  const Use use_;
  Faults out_;
};

}  // namespace

Faults check_scheme(const tally::Scheme& scheme, Use use) { return SchemeCheck(scheme, use).run(); }

}  // namespace tuixuan::scheme
