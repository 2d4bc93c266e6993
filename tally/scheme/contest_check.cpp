#include "tally/scheme/contest_check.h"

#include <algorithm>
#include <set>

#include "crypto/codes/entries.h"
#include "tally/count/outcome.h"

namespace tuixuan::scheme {

namespace {

using tally::Kind;
using tally::WriteInRule;

class Notes {
 public:
  Notes(const std::string& path, Faults& out) : path_(path), out_(out) {}
  void refuse(const char* code, const std::string& member, std::string zh, std::string en) {
    out_.push_back({code::V01::scheme, code, path_ + "/" + member, std::move(zh), std::move(en), false});
  }
  void warn(const char* code, const std::string& member, std::string zh, std::string en) {
    out_.push_back({code::V01::scheme, code, path_ + "/" + member, std::move(zh), std::move(en), true});
  }

 private:
  const std::string& path_;
  Faults& out_;
};

// The superior body's decision names them; of a new round, the result before it does, be they many or few.
bool named_later(const tally::Contest& c) { return c.source || (c.follows && c.approval); }
bool named_by_result(const tally::Contest& c) { return c.follows && c.follows->kind == tally::FollowKind::new_round; }

void write_ins(const tally::Contest& c, Notes& n) {
  const tally::WriteIns& w = c.write_ins;
  if (w.rule == WriteInRule::none) {
    if (w.slots != 0 || w.name_bytes != 0 || !w.eligible.empty())
      n.refuse("range", "write_ins", "不设另选他人时，slots 和 name_bytes 都应为 0，eligible 应为空",
               "without write-ins, slots and name_bytes are 0 and eligible is empty");
    return;
  }
  std::set<std::pair<std::string, std::string>> people;
  for (std::size_t i = 0; i < w.eligible.size(); ++i) {
    if (!people.emplace(w.eligible[i].name, w.eligible[i].note).second)
      n.refuse("repeated", "write_ins/eligible/" + std::to_string(i), "名单中有同名的人，请在 note 中注明以便区分",
               "another person of the list has this name; tell them apart by the note");
    if (tally::label(w.eligible[i].name, w.eligible[i].note).size() > w.name_bytes)
      n.refuse("range", "write_ins/name_bytes",
               "容不下名单中的“" + tally::label(w.eligible[i].name, w.eligible[i].note) + "”，请加大 name_bytes",
               "too short for \"" + tally::label(w.eligible[i].name, w.eligible[i].note) +
                   "\" of the list of those who may be elected; make name_bytes larger");
  }
  if (w.slots == 0) n.refuse("range", "write_ins/slots", "另选他人至少要有 1 行", "write-ins need at least 1 line");
  if (w.name_bytes < 3)
    n.refuse("range", "write_ins/name_bytes", "一个姓名至少要有 3 个字节（一个汉字）",
             "a name needs at least 3 bytes (one Chinese character)");
  if (w.rule == WriteInRule::under_opposed && w.slots > c.candidates.size() && !named_later(c))
    n.refuse("range", "write_ins/slots", "另选他人写在不赞成的候选人下，行数不能多于候选人数",
             "names stand under opposed candidates, so there are at most as many lines as candidates");
  if (c.kind == Kind::rating || c.kind == Kind::decision)
    n.refuse("kind", "write_ins/rule", "票决和测评没有另选他人", "decisions and ratings have no write-ins");
}

void candidates(const tally::Contest& c, Notes& n) {
  const std::string seats = std::to_string(c.seats);
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t i = 0; i < c.candidates.size(); ++i)
    if (!seen.emplace(c.candidates[i].name, c.candidates[i].note).second)
      n.refuse("repeated", "candidates/" + std::to_string(i), "有同名的候选人，请在 note 中注明以便区分",
               "another candidate has this name; tell them apart by the note");
  if (named_later(c)) return;
  if (c.candidates.empty()) {
    if (c.write_ins.rule != WriteInRule::free_lines)
      n.refuse("empty", "candidates", "没有候选人时，应设空白行由投票人填写（free_lines）",
               "without candidates, voters need blank lines to write on (free_lines)");
    return;
  }
  const bool has_seats = c.kind == Kind::election || c.kind == Kind::preelection;
  if (c.kind == Kind::decision && c.candidates.size() > 1)
    n.warn("one_by_one", "candidates", "发展党员等票决应一人一票、逐个表决；请确认这些事项可以合为一张票",
           "admissions are voted on one by one; make sure that these matters may stand on one sheet");
  const std::size_t least = std::size_t{c.seats} + c.min_extra;
  if (has_seats && c.candidates.size() < least && !named_by_result(c))
    n.refuse("extra", "candidates",
             "应选 " + seats + " 名、差额 " + std::to_string(c.min_extra) + " 名，候选人至少要有 " +
                 std::to_string(least) + " 名",
             "for " + seats + " seats and " + std::to_string(c.min_extra) + " more candidates than seats, at least " +
                 std::to_string(least) + " are needed");
  const std::uint64_t fifth = tally::least_extra(c.seats);
  const std::size_t extra = c.candidates.size() < c.seats ? 0 : c.candidates.size() - c.seats;
  if (has_seats && extra > 0 && extra < fifth)
    n.warn("differential", "candidates",
           "应选 " + seats + " 名，差额 " + std::to_string(extra) + " 名，不足应选名额的 20%，按 2020 年条例至少差额 " +
               std::to_string(fifth) + " 名",
           seats + " seats and " + std::to_string(extra) +
               " more candidates are less than 20 % more; the 2020 regulation asks for at least " +
               std::to_string(fifth) + " more");
}

void order(const tally::Contest& c, Notes& n) {
  if ((c.order == tally::NameOrder::manual) == c.order_reason.empty())
    n.refuse("reason", "order_reason",
             c.order == tally::NameOrder::manual ? "人工排列姓名次序时须写明理由" : "只有人工排列次序时才写理由",
             c.order == tally::NameOrder::manual ? "an order made by hand needs its reason"
                                                 : "a reason is given only for an order made by hand");
}

// What a majority may be a fraction of.
void bases(const tally::Contest& c, Notes& n) {
  using tally::Base;
  if (c.kind == Kind::rating && c.majority.base == Base::registered)
    n.refuse("base", "majority/base", "测评得分不能以登记人数为基数", "a score is not a fraction of the registered");
  if (c.turnout &&
      (c.turnout->base == Base::voters || c.turnout->base == Base::returned || c.turnout->base == Base::valid))
    n.refuse("base", "turnout/base", "投票率须以登记、应到或实到人数为基数",
             "turnout is a fraction of the registered, the expected or those present");
  if (c.alternative && *c.alternative == Base::registered && c.majority.base != Base::registered)
    n.refuse("base", "alternative", "此项的另一种基数不能是登记人数", "the registered are no base of this contest");
  const bool seats = c.kind == Kind::election || c.kind == Kind::preelection;
  if (seats && (c.majority.base == Base::valid || c.majority.base == Base::returned) && c.majority.num > 0)
    n.warn("base", "majority/base", "党内选举的过半数以应到会或实到会人数为基数，不以收回或有效票为基数",
           "a majority in Party elections is one of those expected or present, not of the ballots");
}

void choices(const tally::Contest& c, Notes& n) {
  const std::size_t places = c.candidates.size() + c.write_ins.slots;
  if (c.seats == 0) n.refuse("range", "seats", "名额至少为 1", "there must be at least 1 seat");
  if (c.max_choices == 0 || (c.max_choices > places && !named_later(c)))
    n.refuse("range", "max_choices", "可选人数应为 1 至 " + std::to_string(places),
             "max_choices must be 1 to " + std::to_string(places));
  if (c.min_choices > c.max_choices)
    n.refuse("range", "min_choices", "至少选的人数多于最多可选的人数", "min_choices is more than max_choices");
  if (c.kind == Kind::election && c.max_choices > c.seats)
    n.warn("choices", "max_choices", "可选人数多于应选名额；选举规定所选人数不得多于应选人数",
           "more may be chosen than there are seats; election rules say at most as many");
}

void answers(const tally::Contest& c, Notes& n) {
  std::vector<const tally::Answer*> all = {&c.answers.approve, &c.answers.oppose, &c.answers.abstain};
  if (c.answers.postpone) all.push_back(&*c.answers.postpone);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (all[i]->label.zh == all[k]->label.zh || all[i]->sign == all[k]->sign)
        n.refuse("repeated", "answers", "两种意见的名称或符号相同，无法区分",
                 "two answers have the same label or sign and cannot be told apart");
  if (c.answers.postpone && c.kind != Kind::decision)
    n.refuse("kind", "answers/postpone", "只有票决可以有“缓议”", "only decisions can have the answer \"postpone\"");
  if (c.each_answer && c.kind != Kind::decision)
    n.refuse("kind", "each_answer", "只有票决的各种意见都可以成为决议", "only a decision has a resolution");
}

void rating(const tally::Contest& c, Notes& n) {
  const tally::Rating& r = *c.rating;
  if (r.grades.size() < 2) n.refuse("empty", "rating/grades", "至少要有两个等次", "at least two grades are needed");
  if (r.items.empty()) n.refuse("empty", "rating/items", "至少要有一个评价项目", "at least one item is needed");
  for (std::size_t i = 1; i < r.grades.size(); ++i)
    if (r.grades[i].weight > r.grades[i - 1].weight)
      n.refuse("order", "rating/grades/" + std::to_string(i), "等次应由高到低排列", "grades stand from best to worst");
  std::uint64_t sum = 0;
  for (const tally::Item& item : r.items) sum += item.weight;
  if (!r.items.empty() && sum != 100)
    n.refuse("sum", "rating/items", "各项目的权重之和为 " + std::to_string(sum) + "，应为 100",
             "the weights of the items sum to " + std::to_string(sum) + ", not to 100");
  if (r.max_best > 0 && 3 * std::size_t{r.max_best} > c.candidates.size())
    n.warn("third", "rating/max_best",
           "“" + (r.grades.empty() ? "" : r.grades[0].label.zh) + "”一般不超过参评人数的三分之一",
           "the best grade usually goes to at most a third of those rated");
  if (r.max_best > c.candidates.size())
    n.refuse("range", "rating/max_best", "最高等次的限额多于被评人数",
             "the limit of best grades is more than the people rated");
}

}  // namespace

void check_threshold(const tally::Threshold& t, const std::string& path, Faults& out) {
  if (t.num > t.den)
    out.push_back({code::V01::scheme, "range", path, "比例大于 1，永远达不到",
                   "the fraction is over 1 and could never be reached", false});
  if (t.num == t.den && t.comparison == tally::Comparison::more_than)
    out.push_back(
        {code::V01::scheme, "range", path, "要求多于全体，永远达不到", "more than all can never be reached", false});
}

void check_contest(const tally::Contest& c, const std::string& path, Faults& out) {
  Notes n(path, out);
  write_ins(c, n);
  candidates(c, n);
  order(c, n);
  answers(c, n);
  bases(c, n);
  check_threshold(c.majority, path + "/majority", out);
  if (c.turnout) check_threshold(*c.turnout, path + "/turnout", out);
  if (c.new_round) check_threshold(*c.new_round, path + "/new_round", out);
  if (c.alternative && *c.alternative == c.majority.base)
    n.refuse("repeated", "alternative", "另一种基数与多数的基数相同",
             "the alternative base is the base of the majority itself");
  if (c.unlink == tally::Unlink::candidate)
    n.refuse("choice", "unlink", "本版本只支持整票混合（ballot）", "this version mixes whole ballots only (ballot)");
  if (c.rating.has_value() != (c.kind == Kind::rating))
    n.refuse("kind", "rating", "测评须有 rating，其他种类不能有",
             "a rating contest needs \"rating\", others must not have it");
  if (c.rating) {
    rating(c, n);
  } else {
    choices(c, n);
  }
}

void check_combination(const tally::Combination& c, const std::string& path, Faults& out) {
  using Rule = tally::CombinationRule;
  Notes n(path, out);
  if (c.sources.size() < 2) n.refuse("empty", "sources", "至少要有两项推荐", "at least two recommendations are needed");
  const bool weighted = c.rule == Rule::weighted_votes || c.rule == Rule::weighted_rates || c.rule == Rule::composite;
  if (c.bonus > 0 && c.rule != Rule::composite)
    n.refuse("range", "bonus", "只有综合得分可以加分，此处应为 0", "only a composite score has bonus points: 0");
  if (c.superior_weight > 0 && c.rule == Rule::composite)
    n.refuse("range", "superior_weight", "综合得分不含上级推荐，应为 0",
             "a composite score has no part for the superior body: 0");
  const bool tops = c.rule == Rule::top_union || c.rule == Rule::top_common || c.rule == Rule::staged;
  std::uint64_t sum = c.superior_weight;
  for (std::size_t i = 0; i < c.sources.size(); ++i) {
    sum += c.sources[i].weight;
    const std::string at = "sources/" + std::to_string(i);
    if (!weighted && c.sources[i].weight != 0)
      n.refuse("range", at + "/weight", "此合并规则不用权重，应为 0", "this rule uses no weights: 0");
    if (tops == (c.sources[i].top == 0))
      n.refuse("range", at + "/top", tops ? "应写明取前几名" : "此合并规则不取前几名，应为 0",
               tops ? "say how many of the first count" : "this rule takes no first places: 0");
  }
  if (weighted && sum != 100)
    n.refuse("sum", "sources", "权重之和为 " + std::to_string(sum) + "，应为 100",
             "the weights sum to " + std::to_string(sum) + ", not to 100");
  if (!weighted && c.superior_weight != 0)
    n.refuse("range", "superior_weight", "此合并规则不用权重，应为 0", "this rule uses no weights: 0");
}

}  // namespace tuixuan::scheme
