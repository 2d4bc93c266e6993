#include "tally/count/reasons.h"

#include <array>

namespace tuixuan::tally {

// Every code that a Reason can have, with its sentences; {votes} stands for the number of that name.
struct ReasonText {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};

static constexpr std::array kReasons{
    ReasonText{"majority", "得 {votes} 票，达到须得的 {need} 票（基数 {base} 人）",
               "{votes} votes; {need} were needed (of {base})"},
    ReasonText{"below_majority", "得 {votes} 票，未达到须得的 {need} 票（基数 {base} 人）",
               "{votes} votes; {need} are needed (of {base})"},
    ReasonText{"majority_written",
               "得 {votes} 票（含会前书面意见 {written} 票），达到须得的 {need} 票（基数 {base} 人）",
               "{votes} votes, {written} of them written before the meeting; {need} were needed (of {base})"},
    ReasonText{"below_majority_written",
               "得 {votes} 票（含会前书面意见 {written} 票），未达到须得的 {need} 票（基数 {base} 人）",
               "{votes} votes, {written} of them written before the meeting; {need} are needed (of {base})"},
    ReasonText{"ranked", "得 {votes} 票（不要求过半数，按得票多少确定）",
               "{votes} votes (no majority is asked; the most votes count)"},
    ReasonText{"no_votes", "未得票", "no votes"},
    ReasonText{"seats_full", "得 {votes} 票，但应选 {seats} 名已满，末位当选得 {last} 票",
               "{votes} votes, but all seats ({seats}) are filled; the last of them has {last}"},
    ReasonText{"tied", "{persons} 人同得 {votes} 票，只余 {seats} 个名额，分不出先后",
               "{persons} people have {votes} votes each; the seats that remain are {seats}"},
    ReasonText{"higher_office", "得 {votes} 票，已当选更高职务，不再占本项名额",
               "{votes} votes; elected to a higher office on the same sheet, takes no seat here"},
    ReasonText{"turnout", "投票 {voters} 人，未达到须有的 {need} 人（基数 {base} 人），本次投票无效",
               "{voters} voted, {need} are needed (of {base}): the vote is not valid"},
    ReasonText{"more_returned", "收回选票 {returned} 张，多于投票人数 {voters} 人，本次投票无效，应重新投票",
               "{returned} ballots were returned by {voters} voters: the vote is not valid and is held again"},
    ReasonText{"more_than_issued", "收回选票 {returned} 张，多于发出的 {issued} 张，本次投票无效，应重新投票",
               "{returned} ballots were returned of {issued} issued: the vote is not valid and is held again"},
    ReasonText{"not_all_over", "{sources} 方中 {over} 方达到所需票数",
               "a majority in {over} of the {sources} chambers"},
    ReasonText{"gate_closed", "信任票得 {votes} 票，未达到 {need} 票",
               "{votes} votes of confidence; {need} are needed"},
    ReasonText{"not_top", "{sources} 方中 {tops} 方进入前列", "among the first in {tops} of the {sources} chambers"},
    ReasonText{"round_out", "第 {round} 轮得 {votes} 票，未进入前 {top} 名",
               "{votes} votes in round {round}, not among its first {top}"},
    ReasonText{"kept_all", "符合条件，列第 {place} 位", "passes, in place {place}"},
    ReasonText{"kept", "列第 {place} 位，在 {keep} 名之内", "in place {place} of {keep}"},
    ReasonText{"cut", "列第 {place} 位，超出 {keep} 名", "in place {place}, below the {keep} kept"},
    ReasonText{"level", "{persons} 人并列第 {place} 位，超出 {keep} 名，由有权决定的组织决定",
               "{persons} people are level in place {place}, more than the {keep} kept: the body in charge decides"},
    ReasonText{"graded", "有效票 {valid} 张（基数 {base}），测评结果供参考，不产生当选",
               "{valid} valid forms (base {base}); a rating elects nobody"},
};

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
  for (const ReasonText& text : kReasons)
    if (text.code == reason.code) return {filled(text.zh, reason), filled(text.en, reason)};
  return {reason.code, reason.code};
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
    case Outcome::graded:
      return {"已测评", "rated"};
    case Outcome::no_decision:
      return {"投票无效", "vote not valid"};
  }
  bug("an unknown outcome");
}

Text outcome_of(const PersonResult& p, Kind kind) {
  if (kind == Kind::recommendation && p.reason.code == "ranked") return {"列入排名", "ranked"};
  if (kind == Kind::recommendation && p.reason.code == "no_votes") return {"未列入", "not ranked"};
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

static constexpr std::array kInvalid{
    ReasonText{"ballot.form", "内容不符合选票格式，无法辨认", "not of the ballot's form"},
    ReasonText{"ballot.name", "所写姓名含有不允许的字符或格式", "a written name is malformed"},
    ReasonText{"ballot.order", "另选人的记录次序不合格式", "written names are out of order"},
    ReasonText{"ballot.spare", "选票内有多余的标记", "marks where there is nothing to mark"},
    ReasonText{"ballot.overvote", "所选人数多于应选名额", "more chosen than allowed"},
    ReasonText{"ballot.undervote", "所选人数少于规定", "fewer chosen than required"},
    ReasonText{"ballot.blank", "空白票", "blank"},
    ReasonText{"ballot.best_limit", "最高等次超过限额", "too many with the best grade"},
    ReasonText{"ballot.identical", "对所有人评价完全相同", "one grade for everybody"},
    ReasonText{"ballot.write_in_place", "另选人未写在被划不赞成的候选人之下",
               "written where no candidate is opposed, or two in one place"},
    ReasonText{"ballot.write_in_printed", "另选人与票上候选人同名", "the name of a printed candidate"},
    ReasonText{"ballot.write_in_eligible", "另选人不在有被选举权人员名单中", "nobody of those who may be elected"},
    ReasonText{"ballot.write_in_repeat", "同一姓名重复填写", "the same name twice"},
    ReasonText{"ballot.write_in_unmarked", "写了姓名而未画赞成符号，不计票",
               "written without the sign of approval: no vote"},
    ReasonText{"ballot.write_in_abstained", "写了姓名而未画赞成符号，按弃权计",
               "written without the sign of approval: an abstention"}};

Text invalid_reason(std::string_view check) {
  for (const ReasonText& t : kInvalid)
    if (t.code == check) return {std::string(t.zh), std::string(t.en)};
  const bool code = check.find('.') != std::string_view::npos &&
                    check.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
  if (!code) return {std::string(check), std::string(check)};
  return {"无法解读（" + std::string(check) + "）", "cannot be decoded (" + std::string(check) + ")"};
}

std::string invalid_check(std::string_view words) {
  for (const ReasonText& t : kInvalid)
    if (t.zh == words) return std::string(t.code);
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
