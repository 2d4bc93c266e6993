#include "tally/count/reasons.h"

#include <array>

#include "crypto/codes/catalogue.h"

namespace tuixuan::tally {

// The number; after a 1 an English noun loses its s.
static void add_number(std::string& out, std::string_view& rest, std::uint64_t value) {
  out += std::to_string(value);
  for (const std::string_view noun : {" votes", " ballots", " people"})
    if (value == 1 && rest.starts_with(noun)) {
      out += noun == " people" ? " person" : noun.substr(0, noun.size() - 1);
      rest.remove_prefix(noun.size());
    }
}

static std::string filled(std::string_view pattern, const Reason& reason) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    pattern.remove_prefix(close + 1);
    for (const auto& [key, value] : reason.numbers)
      if (key == name) add_number(out, pattern, value);
  }
  return out;
}

Text sentence(const Reason& reason) {
  const Sentences pattern = sentences_of(reason.code);
  return {filled(pattern.zh, reason), filled(pattern.en, reason)};
}

Text word(Kind kind) {
  switch (kind) {
    case Kind::election:
      return {"选举", "election"};
    case Kind::recommendation:
      return {"推荐", "recommendation"};
    case Kind::preelection:
      return {"预选", "pre-election"};
    case Kind::decision:
      return {"票决", "decision"};
    case Kind::rating:
      return {"测评", "rating"};
  }
  bug("an unknown kind");
}

Text word(Outcome outcome, Kind kind) {
  const bool pre = kind == Kind::preelection;
  switch (outcome) {
    case Outcome::elected:
      return pre ? Text{"列为正式候选人", "nominated"} : Text{"当选", "elected"};
    case Outcome::not_elected:
      return pre ? Text{"未列入", "not nominated"} : Text{"未当选", "not elected"};
    case Outcome::tied:
      return {"票数相等，待定", "tied"};
    case Outcome::reached:
      return {"达到推荐票数", "recommended"};
    case Outcome::not_reached:
      return {"未达到推荐票数", "not recommended"};
    case Outcome::passed:
      return {"通过", "passed"};
    case Outcome::not_passed:
      return {"未通过", "not passed"};
    case Outcome::refused:
      return {"决议不同意", "refused"};
    case Outcome::postponed:
      return {"决议缓议", "postponed"};
    case Outcome::graded:
      return {"已测评", "rated"};
    case Outcome::no_decision:
      return {"投票无效", "vote not valid"};
  }
  bug("an unknown outcome");
}

Text outcome_of(const PersonResult& p, const Contest& c) {
  const auto resolved = [](const Answer& a) { return Text{"决议：" + a.label.zh, "resolved: " + a.label.in("en")}; };
  if (p.outcome == Outcome::refused) return resolved(c.answers.oppose);
  if (p.outcome == Outcome::postponed && c.answers.postpone) return resolved(*c.answers.postpone);
  if (p.outcome == Outcome::passed && c.each_answer) return resolved(c.answers.approve);
  if (p.outcome == Outcome::not_passed && c.each_answer) return {"未形成决议", "nothing resolved"};
  if (p.reason.code == code::reason::office_open) return {"待定", "open"};
  return outcome_of(p, c.kind);
}

Text outcome_of(const PersonResult& p, Kind kind) {
  if (kind == Kind::recommendation && p.reason.code == code::reason::ranked) return {"列入排名", "ranked"};
  if (kind == Kind::recommendation && p.reason.code == code::reason::no_votes) return {"未列入", "not ranked"};
  return word(p.outcome, kind);
}

Text word(Base base) {
  switch (base) {
    case Base::registered:
      return {"登记人数", "registered"};
    case Base::expected:
      return {"应到会有选举权人数", "expected"};
    case Base::present:
      return {"实到会有选举权人数", "present"};
    case Base::voters:
      return {"投票人数", "voters"};
    case Base::returned:
      return {"收回选票数", "ballots returned"};
    case Base::valid:
      return {"有效票数", "valid ballots"};
  }
  bug("an unknown base");
}

Text word(CombinationRule rule) {
  switch (rule) {
    case CombinationRule::all_over:
      return {"各方均达到规定票数", "a majority in every chamber"};
    case CombinationRule::weighted_votes:
      return {"各方得票数加权", "votes of the chambers, weighted"};
    case CombinationRule::weighted_rates:
      return {"各方得票率加权", "rates of the chambers, weighted"};
    case CombinationRule::gate:
      return {"先过信任票，再按第二方得票排列", "a vote of confidence first, then by the second chamber"};
    case CombinationRule::top_union:
      return {"任一方进入前列", "among the first of any chamber"};
    case CombinationRule::top_common:
      return {"各方均进入前列", "among the first of every chamber"};
    case CombinationRule::staged:
      return {"逐轮筛选", "round after round"};
    case CombinationRule::composite:
      return {"各项测评得分加权，另加分", "ratings, weighted, and bonus points"};
  }
  bug("an unknown rule");
}

Text word(Proposal proposal) {
  switch (proposal) {
    case Proposal::proposed:
      return {"列入推荐", "proposed"};
    case Proposal::not_proposed:
      return {"未列入", "not proposed"};
    case Proposal::level:
      return {"并列待定", "level"};
  }
  bug("an unknown proposal");
}

Text words(const Threshold& t) {
  if (t.num == 0) return {};
  const bool least = t.comparison == Comparison::at_least;
  const std::string part = std::to_string(t.num) + "/" + std::to_string(t.den);
  const Text base = word(t.base);
  const bool papers = t.base == Base::returned || t.base == Base::valid || t.base == Base::voters;
  return {(least ? "不少于" : "超过") + base.zh + "的 " + part,
          (least ? "at least " : "more than ") + part + (papers ? " of the " : " of those ") + base.en};
}

Text invalid_reason(std::string_view reason) {
  if (is_listed(reason)) {
    const Code code = code_named(reason);
    const Sentences words = sentences_of(code);
    if (code.area() == Area::ballot) return {std::string(words.zh), std::string(words.en)};
    return {"无法解读（" + std::string(reason) + "）", "cannot be decoded (" + std::string(reason) + ")"};
  }
  return {std::string(reason), std::string(reason)};
}

std::string invalid_check(std::string_view words) {
  for (const Code code : all_codes())
    if (code.area() == Area::ballot && sentences_of(code).zh == words) return std::string(name_of(code));
  return std::string(words);
}

static Text joined(const std::vector<std::string>& names) {
  Text out;
  for (const std::string& name : names) {
    if (!out.zh.empty()) out.zh += "、", out.en += ", ";
    out.zh += name;
    out.en += name;
  }
  return out;
}

Text sentence(const NextStep& step) {
  const Text names = joined(step.names);
  const std::string n = std::to_string(step.seats);
  const std::string seats = n + (step.seats == 1 ? " seat is" : " seats are");
  switch (step.kind) {
    case NextKind::run_off:
      return {"对得票相等的 " + names.zh + " 再次投票，从中选出 " + n + " 名",
              "vote again between " + names.en + " for " + n + (step.seats == 1 ? " seat" : " seats")};
    case NextKind::superior_decides:
      return {
          names.zh + " 得票相等，余 " + n + " 个名额，报请上级党组织决定",
          names.en + " are level for " + n + (step.seats == 1 ? " seat" : " seats") + ": the superior body decides"};
    case NextKind::new_round:
      return {"缺额 " + n + " 名，从未当选人中另行选举：" + names.zh, seats + " vacant: a new round among " + names.en};
    case NextKind::renominate:
      return {"缺额 " + n + " 名，重新酝酿候选人后另行选举", seats + " vacant: a new round after new nominations"};
    case NextKind::leave_vacant:
      return {"缺额 " + n + " 名，由大会决定是否暂缺", seats + " vacant: the meeting decides whether to leave it so"};
    case NextKind::confirm_base:
      return {names.zh + " 是否当选取决于计票基数，须由两名负责人确认本次选举办法规定的基数后方可宣布",
              "whether " + names.en +
                  " is elected depends on the base of the majority: two officers confirm the rule adopted before "
                  "anything is announced"};
    case NextKind::vote_again:
      return {"投票无效，重新投票", "the vote is not valid and is held again"};
  }
  bug("an unknown step");
}

}  // namespace tuixuan::tally
