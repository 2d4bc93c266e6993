#include "tally/profiles/advice.h"

#include <algorithm>
#include <set>

#include "crypto/codes/documents.h"
#include "tally/profiles/new_scheme.h"

namespace tuixuan::profiles {

namespace {

using scheme::Use;
using tally::Base;
using tally::Contest;
using tally::Kind;

// Signs that one hand writes like another; each group is one sign to a counter.
constexpr std::string_view kAlike[][7] = {
    {"○", "〇", "◯", "O", "o", "0", "⭕"}, {"×", "x", "X", "✕", "✗", "✘", "╳"}, {"√", "✓", "✔", "V", "v", "∨", "☑"}};
// From so many people on one sheet, a pattern of marks could be told to a voter in advance and found again.
constexpr std::size_t kPatternNames = 11;

std::size_t group_of(std::string_view sign) {
  for (std::size_t g = 0; g < std::size(kAlike); ++g)
    if (std::find(std::begin(kAlike[g]), std::end(kAlike[g]), sign) != std::end(kAlike[g]) && !sign.empty())
      return g + 1;
  return 0;
}

class Advice {
 public:
  Advice(const tally::Scheme& s, Use use, const tally::StrokeTable* strokes) : s_(s), use_(use), strokes_(strokes) {}

  scheme::Faults run() && {
    unfilled_places();
    keys();
    for (std::size_t i = 0; i < s_.stages.size(); ++i) stage(s_.stages[i], "/stages/" + std::to_string(i));
    for (std::size_t i = 0; i < s_.contests.size(); ++i) contest(s_.contests[i], "/contests/" + std::to_string(i));
    places();
    forms();
    return std::move(out_);
  }

 private:
  void tell(bool warning, const char* code, std::string path, std::string zh, std::string en) {
    out_.push_back({code::scheme::advice, code, std::move(path), std::move(zh), std::move(en), warning});
  }
  void refuse(const char* code, std::string path, std::string zh, std::string en) {
    tell(false, code, std::move(path), std::move(zh), std::move(en));
  }
  void warn(const char* code, std::string path, std::string zh, std::string en) {
    tell(true, code, std::move(path), std::move(zh), std::move(en));
  }

  // A paper scheme may be looked at before it is filled in; a sealed one is frozen for good.
  void filled(const std::string& text, const std::string& path) {
    if (is_unfilled(text))
      tell(use_ == Use::paper, "unfilled", path, "尚未填写：" + text + "，请换成真实内容",
           "still to be filled in: " + text);
  }
  void unfilled_places() {
    filled(s_.congress.title.zh, "/congress/title/zh");
    filled(s_.congress.body.zh, "/congress/body/zh");
    filled(s_.congress.term.zh, "/congress/term/zh");
    filled(s_.congress.place.zh, "/congress/place/zh");
    for (std::size_t i = 0; i < s_.boxes.size(); ++i)
      filled(s_.boxes[i].venue.zh, "/boxes/" + std::to_string(i) + "/venue/zh");
    for (std::size_t c = 0; c < s_.contests.size(); ++c) {
      const std::string at = "/contests/" + std::to_string(c);
      const auto& people = s_.contests[c].candidates;
      for (std::size_t i = 0; i < people.size(); ++i)
        filled(people[i].name, at + "/candidates/" + std::to_string(i) + "/name");
      const auto& eligible = s_.contests[c].write_ins.eligible;
      for (std::size_t i = 0; i < eligible.size(); ++i)
        filled(eligible[i].name, at + "/write_ins/eligible/" + std::to_string(i) + "/name");
    }
  }

  void keys() {
    if (use_ != Use::sealed) return;
    const auto check = [&](const tally::Key& key, const std::string& path) {
      if (key == tally::Key{})
        refuse("unfilled", path, "密钥尚未填写：由本人（本机）生成密钥后，把显示的公钥抄在这里",
               "the key is not filled in: its holder makes one and the public key it prints goes here");
    };
    check(s_.log.key, "/log/key");
    if (s_.server_pin == Sha256{})
      refuse("unfilled", "/server/pin", "服务器证书指纹尚未填写：把服务器初始化时显示的指纹抄在这里",
             "the server's pin is not filled in: its init prints it");
    check(s_.organiser_key, "/organiser/key");
    check(s_.desk_key, "/desk/key");
    for (std::size_t i = 0; i < s_.supervisors.size(); ++i)
      check(s_.supervisors[i].key, "/supervisors/" + std::to_string(i) + "/key");
    for (std::size_t i = 0; i < s_.kiosks.size(); ++i) check(s_.kiosks[i].key, "/kiosks/" + std::to_string(i) + "/key");
    for (std::size_t i = 0; i < s_.trustees.size(); ++i)
      check(s_.trustees[i].key, "/trustees/members/" + std::to_string(i) + "/key");
  }

  void stage(const tally::Stage& stage, const std::string& at) {
    const tally::Threshold& q = stage.quorum;
    const bool elects = stage.kind == Kind::election || stage.kind == Kind::preelection;
    if (q.num == 0)
      warn("quorum", at + "/quorum", "没有规定到会人数要求，任何人数都可以投票；请确认",
           "there is no quorum: any number may vote");
    else if (2 * std::uint64_t{q.num} < q.den)
      warn("quorum", at + "/quorum", "到会要求低于半数，少见；请核对", "a quorum below one half is unusual");
    else if (elects && q.base == Base::expected && 3 * std::uint64_t{q.num} < 2 * std::uint64_t{q.den})
      warn("quorum", at + "/quorum", "党内选举的到会要求通常为五分之四，全体会议为三分之二；请核对",
           "Party elections usually ask for four fifths present, a full meeting for two thirds");
    if (use_ == Use::sealed && stage.min_ballots < 3)
      warn("small", at + "/min_ballots", "少于 3 张票也公布结果，可能推知个人的选择",
           "a result of fewer than 3 ballots may tell how somebody voted");
  }

  void contest(const Contest& c, const std::string& at) {
    stroke_order(c, at);
    signs(c, at);
    bases(c, at);
    choice(c, at);
    recognisable(c, at);
    if (c.articles.empty())
      warn("articles", at + "/articles", "没有写明所依据的条文", "no article that the rules follow is given");
  }

  void stroke_order(const Contest& c, const std::string& at) {
    const bool secretary = c.title.zh.find("书记") != std::string::npos && c.kind == Kind::election;
    if (secretary && c.order == tally::NameOrder::strokes && c.candidates.size() > 1)
      warn("order", at + "/order", "书记、副书记候选人应按上级批准的顺序排列（approved），不按姓氏笔画",
           "candidates for secretary stand in the order approved by the superior body (approved), not by strokes");
    if (c.order != tally::NameOrder::strokes || c.candidates.size() < 2) return;
    if (strokes_ == nullptr) {
      warn("strokes", at + "/order", "没有笔画字典，未核对姓氏笔画顺序；请安装 rime-data-stroke",
           "there is no dictionary of strokes, so the order was not checked; install rime-data-stroke");
      return;
    }
    for (std::size_t i = 1; i < c.candidates.size(); ++i) {
      const std::string& before = c.candidates[i - 1].name;
      const std::string& name = c.candidates[i].name;
      if (strokes_->compare(before, name) <= 0) continue;
      std::vector<std::string> pair{before, name};
      const bool unsure = !strokes_->sort(pair).empty();
      const std::string why = strokes_->explain(name) + "；" + strokes_->explain(before);
      tell(unsure, "strokes", at + "/candidates/" + std::to_string(i),
           "“" + name + "”按姓氏笔画应排在“" + before + "”之前（" + why +
               "）；请调整，或将 order 改为 manual 并写明理由",
           "\"" + name + "\" comes before \"" + before + "\" by strokes (" + why +
               "); move it, or make the order manual and give the reason");
    }
  }

  void signs(const Contest& c, const std::string& at) {
    if (c.rating) return;
    std::vector<std::pair<const char*, const tally::Answer*>> all{
        {"approve", &c.answers.approve}, {"oppose", &c.answers.oppose}, {"abstain", &c.answers.abstain}};
    if (c.answers.postpone) all.emplace_back("postpone", &*c.answers.postpone);
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) {
        const std::string& sign = all[i].second->sign;
        const std::string& other = all[k].second->sign;
        if (sign != other && group_of(sign) != 0 && group_of(sign) == group_of(other))
          refuse("legend", at + "/answers/" + all[i].first + "/sign",
                 "“" + sign + "”和“" + other + "”手写时无法区分，请换一个符号",
                 "\"" + sign + "\" and \"" + other + "\" look alike when written; choose another sign");
      }
    for (std::size_t i = 1; i < all.size(); ++i)
      if (group_of(all[i].second->sign) == 1)
        warn("legend", at + "/answers/" + all[i].first + "/sign",
             "“○”在多数地方表示赞成，这里表示“" + all[i].second->label.zh + "”，请在会上特别说明",
             "○ means approval in most places, here it means \"" + all[i].second->label.en +
                 "\"; say so at the meeting");
    if (c.answers.approve.sign.empty())
      warn("legend", at + "/answers/approve/sign", "空白表示赞成：未填的票会全部算作赞成，请核对",
           "a blank means approval here: ballots left empty would approve everybody");
  }

  void bases(const Contest& c, const std::string& at) {
    const Base base = c.majority.base;
    const bool elects = c.kind == Kind::election || c.kind == Kind::preelection;
    // The village law takes those who came, or who voted (arts 16, 22, 26).
    const bool village = std::any_of(c.articles.begin(), c.articles.end(), [](const std::string& article) {
      return article.find("村民委员会组织法") != std::string::npos;
    });
    if (c.kind == Kind::decision && base != Base::expected && !village)
      warn("base", at + "/majority/base", "票决通常以应到会有表决权人数为基数；请核对",
           "decisions usually need a majority of those expected with the vote");
    if (c.kind == Kind::preelection && base != Base::expected)
      warn("base", at + "/majority/base", "预选通常须超过应到会人数的半数；请核对",
           "a pre-election usually needs half of those expected");
    if (elects && !c.alternative && (base == Base::expected || base == Base::present))
      warn("base", at + "/alternative",
           "应到会和实到会两种基数各地做法不一；建议写上另一种，结果不同时会停下来由会议确认",
           "places differ on expected and present as the base; give the other one, and the count stops where a fate "
           "differs");
    if (elects && 2 * std::uint64_t{c.majority.num} < c.majority.den)
      warn("majority", at + "/majority", "当选要求低于半数；首轮选举须过半数，请核对",
           "fewer than half elect; a first round needs a majority");
    if (c.new_round && !c.turnout)
      warn("turnout", at + "/turnout", "另行选举的较低要求只见于村委会选举，那里还要求登记选民过半数投票",
           "a lower majority in a new round is of village elections, where more than half of the registered must vote");
  }

  void choice(const Contest& c, const std::string& at) {
    if (c.kind == Kind::election && c.min_choices > 0)
      warn("choices", at + "/min_choices",
           "少选的票按规定有效；这里要求至少选 " + std::to_string(c.min_choices) + " 名",
           "to choose fewer is valid by the rules; here at least " + std::to_string(c.min_choices) + " are asked for");
    if (c.kind == Kind::election && c.write_ins.rule == tally::WriteInRule::none)
      warn("write_ins", at + "/write_ins/rule", "没有另选他人的位置；党章规定选举人有权另选他人",
           "there is no place for write-ins; electors have the right to choose another person");
    if (c.blank == tally::BlankRule::invalid && c.kind == Kind::decision)
      warn("blank", at + "/blank", "票决中空白通常算弃权，这里算无效",
           "in decisions a blank usually abstains; here it is invalid");
  }

  void recognisable(const Contest& c, const std::string& at) {
    if (use_ != Use::sealed || c.rating) return;
    if (c.candidates.size() >= kPatternNames)
      warn("pattern", at + "/candidates",
           "整票公开时，" + std::to_string(c.candidates.size()) +
               " 人的符号组合多于选票数，可以事先约定一种组合来辨认某张票；请权衡",
           "whole ballots are published: with " + std::to_string(c.candidates.size()) +
               " people a pattern of marks agreed on before could be found again");
    if (c.write_ins.rule != tally::WriteInRule::none && c.write_ins.eligible.empty())
      warn("pattern", at + "/write_ins/eligible",
           "另选他人可以写任何姓名，约定的姓名能辨认某张票；列出可被选举的人名单更稳妥",
           "any name may be written, so an agreed one could mark a ballot; a list of those eligible is safer");
  }

  void places() {
    std::set<BoxId> used;
    for (const tally::Stage& stage : s_.stages) used.insert(stage.boxes.begin(), stage.boxes.end());
    for (std::size_t i = 0; i < s_.boxes.size(); ++i)
      if (!used.contains(s_.boxes[i].id))
        warn("unused", "/boxes/" + std::to_string(i), "没有哪个环节使用这个票箱", "no stage uses this box");
    for (std::size_t i = 0; i < s_.chambers.size(); ++i)
      if (std::none_of(s_.boxes.begin(), s_.boxes.end(), [&](const auto& b) { return b.chamber == s_.chambers[i].id; }))
        warn("unused", "/chambers/" + std::to_string(i), "这类投票人没有票箱，无法投票",
             "this chamber has no box to vote in");
    for (std::size_t k = 0; k < s_.combinations.size(); ++k) one_chamber_twice(k);
  }

  void one_chamber_twice(std::size_t k) {
    std::set<std::string> seen;
    for (const tally::Source& source : s_.combinations[k].sources)
      for (const tally::Stage& stage : s_.stages)
        if (std::find(stage.contests.begin(), stage.contests.end(), source.contest) != stage.contests.end())
          for (const tally::Box& box : s_.boxes)
            if (!stage.boxes.empty() && stage.boxes.front() == box.id && !seen.insert(box.chamber.name).second &&
                s_.combinations[k].rule != tally::CombinationRule::staged)
              warn("chamber", "/combinations/" + std::to_string(k) + "/sources",
                   "两项来自同一类投票人，等于计算两次；请核对",
                   "two of the sources are of one chamber, which then counts twice");
  }

  void forms() {
    if (s_.forms.empty()) warn("forms", "/forms", "没有列出要打印的表格", "no forms to print are listed");
    const auto has = [&](Kind kind) {
      return std::any_of(s_.contests.begin(), s_.contests.end(), [&](const Contest& c) { return c.kind == kind; });
    };
    for (std::size_t i = 0; i < s_.forms.size(); ++i) {
      const tally::FormKind f = s_.forms[i];
      if ((f == tally::FormKind::elected && !has(Kind::election)) ||
          (f == tally::FormKind::rating && !has(Kind::rating)) ||
          (f == tally::FormKind::decision && !has(Kind::decision)) ||
          (f == tally::FormKind::recommendation && !has(Kind::recommendation)))
        warn("forms", "/forms/" + std::to_string(i), "没有这种表格对应的投票项目",
             "no contest of this scheme is of the kind of this form");
    }
  }

  const tally::Scheme& s_;
  const Use use_;
  const tally::StrokeTable* strokes_;
  scheme::Faults out_;
};

}  // namespace

scheme::Faults advise(const tally::Scheme& s, Use use, const tally::StrokeTable* strokes) {
  return Advice(s, use, strokes).run();
}

// A key that is not filled in need not be told to be the same as another such.
static void drop_told_already(scheme::Faults& rules, const scheme::Faults& advice) {
  std::set<std::string> unfilled;
  for (const scheme::Fault& f : advice)
    if (f.code == "unfilled") unfilled.insert(f.path);
  const bool officers = std::any_of(unfilled.begin(), unfilled.end(),
                                    [](const std::string& path) { return path.starts_with("/supervisors/1/"); });
  std::erase_if(rules, [&](const scheme::Fault& f) {
    return (f.code == "key" && unfilled.contains(f.path)) || (f.code == "supervisors" && officers);
  });
}

scheme::Parsed check_file(ByteView file, Use use, const tally::StrokeTable* strokes) {
  scheme::Draft draft = scheme::read_scheme(file);
  scheme::Parsed out{std::nullopt, std::move(draft.faults)};
  if (!draft.scheme) return out;
  scheme::Faults rules = scheme::check_scheme(*draft.scheme, use);
  scheme::Faults advice = advise(*draft.scheme, use, strokes);
  drop_told_already(rules, advice);
  out.faults.insert(out.faults.end(), rules.begin(), rules.end());
  out.faults.insert(out.faults.end(), advice.begin(), advice.end());
  if (!scheme::refuses(out.faults)) out.scheme = std::move(draft.scheme);
  return out;
}

}  // namespace tuixuan::profiles
