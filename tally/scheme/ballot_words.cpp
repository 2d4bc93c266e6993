// The sentences on a ballot paper.
#include <algorithm>

#include "tally/ballot/choice.h"
#include "tally/scheme/ballot_text.h"

namespace tuixuan::scheme {

namespace {

using tally::Contest;
using tally::Kind;
using tally::Text;

constexpr std::size_t kNamesListed = 15;

std::string n(std::size_t number) { return std::to_string(number); }
std::string people(std::size_t number) { return n(number) + (number == 1 ? " candidate" : " candidates"); }

// Where several offices stand on one sheet, too many names void the column of their office, not the sheet (L-3).
bool on_one_sheet(const tally::Scheme& s, const Contest& c) {
  for (const tally::Stage& stage : s.stages) {
    if (std::find(stage.contests.begin(), stage.contests.end(), c.id) == stage.contests.end()) continue;
    return std::any_of(s.contests.begin(), s.contests.end(), [&](const Contest& other) {
      return !other.cascade.empty() &&
             std::find(stage.contests.begin(), stage.contests.end(), other.id) != stage.contests.end();
    });
  }
  return false;
}

// What a name that is not printed is called.
Text other_person(const Contest& c) {
  return c.kind == Kind::recommendation ? Text{"其他推荐人选", "another person"} : Text{"另选他人", "another person"};
}

void seats(const tally::Scheme& s, const Contest& c, std::vector<Text>& out) {
  const std::string most = n(c.max_choices);
  if (c.kind == Kind::election || c.kind == Kind::preelection) {
    const bool pre = c.kind == Kind::preelection;
    std::string zh = (pre ? "预选 " : "应选 ") + n(c.seats) + " 名";
    std::string en = n(c.seats) + (pre ? " to be listed" : " to be elected");
    if (!c.candidates.empty()) {
      zh += "，候选人 " + n(c.candidates.size()) + " 名";
      en += ", " + people(c.candidates.size());
      if (c.candidates.size() > c.seats) zh += "，差额 " + n(c.candidates.size() - c.seats) + " 名";
    }
    out.push_back({zh + "。", en + "."});
  }
  if (c.rating || c.kind == Kind::decision) return;
  const char* verb = c.kind == Kind::recommendation ? "推荐" : "选";
  const bool column = on_one_sheet(s, c);
  const std::string invalid = column ? "该职务栏无效" : "整票无效";
  const std::string what = column ? "the column" : "a ballot";
  if (c.max_choices == 1) {
    out.push_back({std::string("只能") + verb + " 1 名，多于 1 名的" + invalid + "。",
                   "Only one may be chosen; " + what + " with more is invalid."});
  } else {
    out.push_back(
        {std::string("至多") + verb + " " + most + " 名，等于或少于 " + most + " 名的有效，多于的" + invalid + "。",
         "At most " + most + " may be chosen; " + what + " with more is invalid."});
  }
  if (c.min_choices > 0)
    out.push_back({std::string("至少") + verb + " " + n(c.min_choices) + " 名，少于的" + invalid + "。",
                   "At least " + n(c.min_choices) + " must be chosen; " + what + " with fewer is invalid."});
}

// Of printed names only: where voters write all of them there is nobody to oppose.
void legend(const Contest& c, std::vector<Text>& out) {
  if (c.candidates.empty() && !c.source) return;
  std::vector<const tally::Answer*> all{&c.answers.approve, &c.answers.oppose, &c.answers.abstain};
  if (c.answers.postpone) all.insert(all.begin() + 2, &*c.answers.postpone);
  Text line;
  for (const tally::Answer* a : all) {
    line.zh += (line.zh.empty() ? "" : "，") + a->label.zh + (a->sign.empty() ? "不画任何符号" : "画“" + a->sign + "”");
    line.en += (line.en.empty() ? "" : "; ") + a->label.in("en") + ": " + (a->sign.empty() ? "leave blank" : a->sign);
  }
  out.push_back({"在姓名上方空格内：" + line.zh + "。", "In the box above the name: " + line.en + "."});
}

// The rule that counts, in words: what to write, whether to mark it, and what becomes of a name without the mark (W3).
void how_to_write(const Contest& c, std::vector<Text>& out) {
  const tally::WriteIns& w = c.write_ins;
  const std::string sign = c.answers.approve.sign;
  const Text other = other_person(c);
  Text line;
  if (w.rule == tally::WriteInRule::under_opposed) {
    line.zh = "对某候选人" + c.answers.oppose.label.zh + "的，可以在其姓名下方的“" + other.zh + "”栏写上另选人的姓名";
    line.en = "Who marks a candidate \"" + c.answers.oppose.label.in("en") +
              "\" may write another name in the space under that candidate";
  } else if (c.candidates.empty() && !c.source) {
    const bool recommends = c.kind == Kind::recommendation;
    line.zh = std::string("在空白栏写上") + (recommends ? "被推荐人" : "所选人") + "的姓名，一栏一人";
    line.en = std::string("Write the names of those you ") + (recommends ? "recommend" : "choose") +
              " in the blank spaces, one in each";
  } else {
    line.zh = other.zh + "的，在空白栏写上姓名";
    line.en = "For another person, write the name in a blank space";
  }
  if (tally::name_alone_counts(c)) {
    line.zh += c.kind == Kind::recommendation ? "；写上姓名即为推荐，不必画符号" : "；写上姓名即为赞成，不必画符号";
    line.en += "; the name alone counts, no sign is needed";
  } else if (!sign.empty()) {
    const bool abstain = w.unmarked == tally::Unmarked::abstain;
    line.zh += "，并在其姓名的空格内画“" + sign + "”；只写姓名不画的" + (abstain ? "按弃权计" : "不计票");
    line.en += " and mark the box of that name with " + sign + "; a name without the sign " +
               (abstain ? "is an abstention" : "does not count");
  }
  line.zh += w.rule == tally::WriteInRule::under_opposed ? "。" + c.answers.abstain.label.zh + "的不能另选。" : "。";
  out.push_back({line.zh, line.en + "."});
}

void write_ins(const Contest& c, std::vector<Text>& out) {
  const tally::WriteIns& w = c.write_ins;
  if (w.rule == tally::WriteInRule::none) return;
  how_to_write(c, out);
  if (w.eligible.empty()) return;
  std::vector<std::string> others;  // who is printed cannot be written
  for (const tally::Candidate& person : w.eligible)
    if (std::find(c.candidates.begin(), c.candidates.end(), person) == c.candidates.end())
      others.push_back(tally::label(person.name, person.note));
  if (others.size() > kNamesListed) {
    out.push_back({"所写的人须在公布的名单之内。", "Only those on the posted list can be written in."});
    return;
  }
  Text names;
  for (const std::string& name : others) {
    names.zh += (names.zh.empty() ? "" : "、") + name;
    names.en += (names.en.empty() ? "" : ", ") + name;
  }
  out.push_back({"所写的人限于：" + names.zh + "。", "Only these can be written in: " + names.en + "."});
}

void rating(const Contest& c, std::vector<Text>& out) {
  out.push_back({"对每人每个项目在一个等次下画“√”。", "Tick one grade for each person and item."});
  const tally::Grade& best = c.rating->grades.front();
  if (c.rating->max_best > 0 && c.rating->best_limit == tally::BestLimit::grades)
    out.push_back(
        {"“" + best.label.zh + "”等次一般不超过 " + n(c.rating->max_best) + " 人，由组织确定等次时掌握，多评的仍有效。",
         "At most " + n(c.rating->max_best) + " people are usually given \"" + best.label.in("en") +
             "\" in the end; a form with more counts."});
  if (c.rating->max_best > 0 && c.rating->best_limit == tally::BestLimit::form)
    out.push_back({"“" + best.label.zh + "”至多 " + n(c.rating->max_best) + " 人，多于的整票无效。",
                   "At most " + n(c.rating->max_best) + " people may get \"" + best.label.in("en") +
                       "\"; a form with more is invalid."});
  if (c.rating->refuse_identical)
    out.push_back({"所有人评同一等次的，整票无效。", "A form with one grade for everybody is invalid."});
  if (c.rating->not_acquainted)
    out.push_back({"对情况不了解的，可以画在“不了解”栏，不计入得分。",
                   "Who does not know a person marks \"not acquainted\", which is left out of the score."});
  if (c.rating->empty == tally::EmptyCell::nothing)
    out.push_back({"空着不画的，不计入得分。", "An empty cell is left out of the score."});
  if (c.rating->empty == tally::EmptyCell::lowest)
    out.push_back({"空着不画的，按“" + c.rating->grades.back().label.zh + "”计。",
                   "An empty cell counts as \"" + c.rating->grades.back().label.in("en") + "\"."});
}

}  // namespace

Text ballot_title(const Contest& c) {
  switch (c.kind) {
    case Kind::recommendation:
      return {c.title.zh + (c.title.zh.ends_with("推荐") ? "票" : "推荐票"), c.title.in("en") + " - form"};
    case Kind::decision:
      return {c.title.zh + "表决票", c.title.in("en") + " - ballot paper"};
    case Kind::rating:
      return {c.title.zh + (c.title.zh.ends_with("测评") ? "表" : "测评表"), c.title.in("en") + " - form"};
    case Kind::election:
    case Kind::preelection:
      break;
  }
  return {c.title.zh + (c.title.zh.ends_with("选") ? "票" : "选票"), c.title.in("en") + " - ballot paper"};
}

std::vector<Text> ballot_instructions(const tally::Scheme& s, const Contest& c) {
  std::vector<Text> out;
  seats(s, c, out);
  if (c.rating) {
    rating(c, out);
  } else {
    legend(c, out);
  }
  write_ins(c, out);
  for (const ContestId& lower : c.cascade)
    for (const Contest& other : s.contests)
      if (other.id == lower)
        out.push_back({"此处的得票同时计入“" + other.title.zh + "”。",
                       "Votes here count for \"" + other.title.in("en") + "\" too."});
  if (c.blank == tally::BlankRule::invalid) {
    out.push_back({"什么都不填的为无效票。", "A ballot left blank is invalid."});
  } else if (!c.rating) {
    out.push_back({"什么都不填的按弃权计。", "A ballot left blank is an abstention."});
  }
  out.push_back({"请用蓝色或黑色笔填写；票上不得写编号、投票人姓名或其他记号。",
                 "Use a blue or black pen; put no number, no name of your own and no other mark on the paper."});
  return out;
}

}  // namespace tuixuan::scheme
