#include "tally/profiles/new_scheme.h"

#include <algorithm>
#include <map>

#include "crypto/codes/documents.h"
#include "tally/ballot/choice.h"
#include "tally/count/outcome.h"
#include "tally/names/names.h"

namespace tuixuan::profiles {

namespace {

using tally::Candidate;
using tally::Contest;
using tally::Scheme;

constexpr std::uint32_t kMostLines = 30;

std::string to_fill(const std::string& what) { return "（待填：" + what + "）"; }
tally::Text to_fill(const tally::Text& given, const char* zh, const char* en) {
  return given.zh.empty() ? tally::Text{to_fill(zh), std::string("(to fill in: ") + en + ")"} : given;
}

class Making {
 public:
  Making(const Profile& profile, const Request& request, const tally::StrokeTable* strokes)
      : profile_(profile), r_(request), strokes_(strokes), s_(profile.scheme) {}

  Result<Made> run() {
    head();
    TUIXUAN_CHECK(boxes());
    machines();
    TUIXUAN_CHECK(seats());
    TUIXUAN_CHECK(titles());
    TUIXUAN_CHECK(people());
    for (Contest& c : s_.contests) TUIXUAN_CHECK(order(c));
    if (profile_.one_by_one) one_by_one();
    if (r_.kiosks > 0) for_kiosks();
    for (Contest& c : s_.contests) fit(c);
    return Made{std::move(s_), std::move(unknown_), std::move(left_out_)};
  }

 private:
  void head() {
    s_.congress.id = r_.id.empty() ? profile_.name : r_.id;
    s_.congress.title = to_fill(r_.title, "会议名称", "title");
    s_.congress.body = to_fill(r_.body, "组织名称", "organisation");
    s_.congress.term = to_fill(r_.term, "届次", "term");
    s_.congress.place = to_fill(r_.place, "地点", "place");
    s_.congress.date = r_.date;
    s_.rehearsal = r_.rehearsal;
    s_.log.origin = "log/" + s_.congress.id;
  }

  Result<void> boxes() {
    for (tally::Box& box : s_.boxes)
      if (!r_.place.zh.empty()) box.venue = r_.place;
    std::vector<tally::ChamberId> emptied;
    for (const tally::Stage& stage : s_.stages)
      for (const tally::Box& box : s_.boxes)
        if (box.id == stage.boxes.front()) chamber_of_[stage.id.name] = box.chamber;
    for (tally::Box box : r_.boxes) {
      if (box.chamber.name.empty()) box.chamber = s_.chambers.front().id;
      const bool known =
          std::any_of(s_.chambers.begin(), s_.chambers.end(), [&](const auto& c) { return c.id == box.chamber; });
      if (!known)
        return fail(code::scheme::new_,
                    "the profile has no chamber " + box.chamber.name + "; it has " + ids(s_.chambers));
      if (std::find(emptied.begin(), emptied.end(), box.chamber) == emptied.end()) {
        emptied.push_back(box.chamber);
        remove_boxes(box.chamber);
      }
      if (box.venue.zh.empty()) box.venue = s_.congress.place;
      for (tally::Stage& stage : s_.stages)
        if (chamber_of_[stage.id.name] == box.chamber) stage.boxes.push_back(box.id);
      s_.boxes.push_back(box);
    }
    return {};
  }

  void remove_boxes(const tally::ChamberId& chamber) {
    for (tally::Stage& stage : s_.stages)
      if (chamber_of_[stage.id.name] == chamber) stage.boxes.clear();
    std::erase_if(s_.boxes, [&](const tally::Box& b) { return b.chamber == chamber; });
  }

  // Keys are zeros until the people and machines have made theirs.
  void machines() {
    for (const tally::Box& box : s_.boxes)
      for (std::uint32_t i = 0; i < r_.kiosks; ++i)
        s_.kiosks.push_back({KioskId{"K" + std::to_string(s_.kiosks.size() + 1)}, {}, box.id});
    for (const std::string& name : r_.supervisors)
      s_.supervisors.push_back({"S" + std::to_string(s_.supervisors.size() + 1), name, {}});
    for (const std::string& name : r_.trustees) s_.trustees.push_back({name, {}});
    const auto n = static_cast<std::uint32_t>(s_.trustees.size());
    s_.threshold = r_.threshold > 0 ? r_.threshold : n == 0 ? 0 : n / 2 + 1;
    s_.min_mixers = std::max(s_.threshold, n);
  }

  Result<std::vector<Contest*>> contests(const std::string& id) {
    std::vector<Contest*> out;
    for (Contest& c : s_.contests)
      if (c.id.name == id || (id.empty() && (profile_.same_names || out.empty()))) out.push_back(&c);
    if (out.empty())
      return fail(code::scheme::new_, "the profile has no contest " + id + "; it has " + ids(s_.contests));
    return out;
  }

  template <class List>
  static std::string ids(const List& list) {
    std::string out;
    for (const auto& item : list) out += (out.empty() ? "" : ", ") + item.id.name;
    return out;
  }

  Result<void> seats() {
    for (const auto& given : r_.seats) {
      TUIXUAN_TRY(list, contests(given.contest));
      for (Contest* c : list) {
        if (c->kind == tally::Kind::rating || c->kind == tally::Kind::decision)
          return fail(code::scheme::new_, "contest " + c->id.name + " has no seats to give");
        const bool differential = c->min_extra > 0;
        const bool lines = c->write_ins.rule == tally::WriteInRule::free_lines && c->write_ins.slots == c->seats;
        if (c->max_choices == c->seats) c->max_choices = given.value;
        c->seats = given.value;
        if (differential) c->min_extra = static_cast<std::uint32_t>(tally::least_extra(given.value));
        if (lines) c->write_ins.slots = std::min(given.value, kMostLines);
      }
    }
    return {};
  }

  Result<void> titles() {
    for (const auto& given : r_.titles) {
      TUIXUAN_TRY(list, contests(given.contest));
      for (Contest* c : list) c->title = given.value;
    }
    return {};
  }

  Result<void> people() {
    if (profile_.no_names && !r_.candidates.empty())
      return fail(code::scheme::new_,
                  "本模板的票上不印姓名，由投票人填写；请去掉候选人 / the profile prints no names, voters "
                  "write them: give no candidates");
    for (const auto& given : r_.candidates) {
      TUIXUAN_TRY(list, contests(given.contest));
      for (Contest* c : list) c->candidates.push_back(given.value);
    }
    for (Contest& c : s_.contests) {
      if (!r_.eligible.empty() && c.write_ins.rule != tally::WriteInRule::none) c.write_ins.eligible = r_.eligible;
      const std::uint32_t least = profile_.names > 0 ? profile_.names : c.seats + c.min_extra;
      const char* what = c.kind == tally::Kind::decision ? "表决事项 "
                         : c.kind == tally::Kind::rating ? "被评人 "
                                                         : "候选人 ";
      if (c.candidates.empty() && !profile_.no_names)
        for (std::uint32_t i = 1; i <= least; ++i) c.candidates.push_back({to_fill(what + std::to_string(i)), ""});
    }
    return {};
  }

  Result<void> order(Contest& c) {
    if (!r_.manual_reason.empty()) {
      c.order = tally::NameOrder::manual;
      c.order_reason = r_.manual_reason;
    }
    if (c.candidates.empty()) return {};
    if (c.order != tally::NameOrder::strokes || is_unfilled(c.candidates.front().name)) return {};
    if (strokes_ == nullptr)
      return fail(code::strokes::file,
                  "names cannot be ordered by strokes without the dictionary (package rime-data-stroke)");
    std::stable_sort(c.candidates.begin(), c.candidates.end(),
                     [&](const Candidate& a, const Candidate& b) { return strokes_->compare(a.name, b.name) < 0; });
    std::vector<std::string> names;
    for (const Candidate& person : c.candidates) names.push_back(person.name);
    for (std::string& character : strokes_->sort(names))
      if (std::find(unknown_.begin(), unknown_.end(), character) == unknown_.end())
        unknown_.push_back(std::move(character));
    return {};
  }

  // Each candidate of the one contest gets a stage and a sheet alone.
  void one_by_one() {
    const tally::Stage stage = s_.stages.front();
    const Contest contest = s_.contests.front();
    s_.stages.clear();
    s_.contests.clear();
    for (std::size_t i = 0; i < contest.candidates.size(); ++i) {
      Contest c = contest;
      tally::Stage round = stage;
      c.candidates = {contest.candidates[i]};
      if (contest.candidates.size() > 1) c.id.name += "-" + std::to_string(i + 1);
      if (contest.candidates.size() > 1) round.id.name += "-" + std::to_string(i + 1);
      round.round = static_cast<std::uint8_t>(i + 1);
      round.contests = {c.id};
      s_.stages.push_back(round);
      s_.contests.push_back(c);
    }
  }

  // A kiosk's votes are counted contest by contest, and nobody votes there for another.
  void for_kiosks() {
    bool offices = false;
    for (Contest& c : s_.contests) {
      offices = offices || !c.excludes.empty() || c.within.has_value();
      c.excludes.clear();
      c.within.reset();
    }
    if (offices)
      left_out_.push_back(
          {"电子投票各项单独计票，未写入“不能兼任、须为委员”的规定；同一人当选两个职务的，由会议按选举办法处理",
           "a sealed vote counts each contest by itself, so the rule that one person holds one of these "
           "offices is not in the scheme; the meeting sees to it"});
    bool proxies = false;
    for (tally::Stage& stage : s_.stages) {
      proxies = proxies || stage.proxies > 0;
      stage.proxies = 0;
    }
    if (proxies)
      left_out_.push_back({"电子投票不能委托，未写入委托投票", "nobody can vote for another at a kiosk: no proxies"});
  }

  // What follows from the number of names.
  static void fit(Contest& c) {
    const auto names = static_cast<std::uint32_t>(c.candidates.size());
    if (c.write_ins.rule == tally::WriteInRule::under_opposed) c.write_ins.slots = std::min(names, kMostLines);
    for (const Candidate& person : c.write_ins.eligible)
      c.write_ins.name_bytes =
          std::max(c.write_ins.name_bytes, static_cast<std::uint32_t>(tally::label(person.name, person.note).size()));
    if (c.rating && c.rating->max_best > 0) c.rating->max_best = names / 3;
    if (!c.rating) c.max_choices = std::min(c.max_choices, names + c.write_ins.slots);
  }

  const Profile& profile_;
  const Request& r_;
  const tally::StrokeTable* strokes_;
  Scheme s_;
  std::map<std::string, tally::ChamberId> chamber_of_;  // of stages
  std::vector<std::string> unknown_;
  std::vector<tally::Text> left_out_;
};

}  // namespace

Result<Made> make_scheme(const Profile& profile, const Request& request, const tally::StrokeTable* strokes) {
  if (profile.one_by_one && request.candidates.size() > 200)
    return fail(code::scheme::new_, "at most 200 are voted on one by one in one scheme");
  return Making(profile, request, strokes).run();
}

bool is_unfilled(std::string_view text) { return text.find("（待填") != std::string_view::npos; }

}  // namespace tuixuan::profiles
