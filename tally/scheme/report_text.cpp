#include "tally/scheme/report_text.h"

#include <algorithm>
#include <numeric>

#include "tally/count/outcome.h"
#include "tally/count/reasons.h"
#include "tally/count/scores.h"
#include "tally/names/names.h"

namespace tuixuan::scheme {

namespace {

class TextReport {
 public:
  TextReport(const tally::Scheme& scheme, const Report& report, std::string_view language)
      : scheme_(scheme), report_(report), language_(language) {}

  std::string run() && {
    heading();
    for (const tally::ContestResult& c : report_.contests) contest(c);
    return std::move(out_);
  }

 private:
  std::string say(const char* zh, const char* en) const { return language_ == "en" ? en : zh; }
  std::string in(const tally::Text& t) const { return t.in(language_); }

  void line(const std::string& text) { out_ += text + "\n"; }
  static std::string pad(const std::string& text, std::size_t width, bool right = false) {
    const std::size_t used = tally::display_width(text);
    const std::string space(used < width ? width - used : 0, ' ');
    return right ? space + text : text + space;
  }
  static std::string n(std::uint64_t value) { return std::to_string(value); }

  const tally::Contest* rules_of(const ContestId& id) const { return scheme_.contest(id); }

  void heading() {
    std::string title = in(scheme_.congress.title);
    if (const tally::Stage* s = scheme_.stage(report_.stage)) title += " · " + in(s->title);
    line(title + (report_.rehearsal ? say("（演练）", " (REHEARSAL)") : ""));
    const tally::Numbers& k = report_.numbers;
    const std::string people = k.expected == 0 ? ""
                                               : say("应到 ", "expected ") + n(k.expected) +
                                                     say("  实到 ", "  present ") + n(k.present) + "  ";
    line(people + say("发出 ", "issued ") + n(k.issued) + say("  投票 ", "  voters ") + n(k.voters) +
         say("  收回 ", "  returned ") + n(k.returned));
  }

  void contest(const tally::ContestResult& c) {
    const tally::Contest* rules = rules_of(c.contest);
    if (rules == nullptr) return;
    line("");
    line("── " + in(rules->title) + " " + std::string(20, '-'));
    line((c.seats > 0 && c.kind != tally::Kind::decision ? say("名额 ", "seats ") + n(c.seats) + "  " : "") +
         say("选票 ", "ballots ") + n(c.ballots) + say("  有效 ", "  valid ") + n(c.valid) +
         say("  无效 ", "  invalid ") + n(c.invalid) + say("  空白 ", "  blank ") + n(c.blank));
    if (rules->turnout) line(turnout(*rules));
    if (c.kind != tally::Kind::rating) line(majority(c, *rules));
    for (const auto& [check, count] : c.invalid_reasons)
      line("  " + say("无效：", "invalid: ") + in(tally::invalid_reason(check)) + " " + n(count));
    for (const auto& [check, count] : c.write_ins_not_counted)
      line("  " + say("未计的另选人：", "write-ins not counted: ") + in(tally::invalid_reason(check)) + " " + n(count));
    rules->rating ? grades(c, *rules) : votes(c, *rules);
    if (!c.must_confirm.empty() && rules->alternative && c.alternative_need)
      line("  ! " + say("如按", "by those ") + in(tally::word(*rules->alternative)) +
           say("计算，须得 ", " the need would be ") + n(*c.alternative_need) +
           say(" 票，结果不同", " votes, and the outcome another"));
    if (c.vacant > 0) line("  " + say("空缺名额 ", "vacant seats ") + n(c.vacant));
    for (const tally::NextStep& step : c.next) line("  → " + in(tally::sentence(step)));
  }

  // The rule, and what it comes to with the numbers of this vote.
  std::string majority(const tally::ContestResult& c, const tally::Contest& rules) const {
    if (rules.majority.num == 0)
      return say("不要求过半数，按得票多少排列", "no majority is asked; people are ranked by their votes");
    return say("须得票数：", "needed: ") + in(tally::words(rules.majority)) + say("（基数 ", " (base ") + n(c.base) +
           say("），即 ", "), so ") + n(c.need) + say(" 票", " votes");
  }

  std::string turnout(const tally::Contest& rules) const {
    const std::uint64_t base = tally::base_of(rules.turnout->base, report_.numbers, 0);
    return say("投票有效须：", "the vote is valid with: ") + in(tally::words(*rules.turnout)) +
           say("（基数 ", " (base ") + n(base) + say("），即 ", "), so ") + n(tally::need(*rules.turnout, base)) +
           say(" 人投票", " voters");
  }

  // Recommendations and rankings by votes, the rest as on the ballot; with the place in the first case.
  static bool is_ranked(const tally::ContestResult& c, const tally::Contest& rules) {
    return c.kind == tally::Kind::recommendation || rules.majority.num == 0;
  }

  std::size_t name_width(const tally::ContestResult& c) const {
    std::size_t width = c.kind == tally::Kind::decision ? 18 : 8;
    for (const tally::PersonResult& p : c.persons)
      width = std::max(width, tally::display_width(tally::label(p.name, p.note)) + 2);
    return width;
  }

  void votes(const tally::ContestResult& c, const tally::Contest& rules) {
    const std::size_t width = name_width(c);
    const bool postpone = rules.answers.postpone.has_value();
    std::vector<std::string> heads = {in(rules.answers.approve.label), in(rules.answers.oppose.label),
                                      in(rules.answers.abstain.label)};
    if (postpone) heads.push_back(in(rules.answers.postpone->label));
    const bool unreadable =
        std::any_of(c.persons.begin(), c.persons.end(), [](const auto& p) { return p.unreadable > 0; });
    if (unreadable) heads.push_back(say("无法辨认", "unreadable"));
    const bool ranked = is_ranked(c, rules);
    const bool matter = c.kind == tally::Kind::decision;
    std::string head = (ranked ? pad(say("名次", "no."), 6) : "  ") +
                       pad(matter ? say("事项或人选", "matter or person") : say("姓名", "name"), width);
    for (const std::string& h : heads) head += pad(h, std::max<std::size_t>(8, tally::display_width(h) + 2), true);
    line(head + "  " + say("结果", "outcome"));
    std::vector<std::size_t> order(c.persons.size());
    std::iota(order.begin(), order.end(), 0);
    if (ranked) order = tally::ranking(c);
    for (std::size_t k = 0, place = 1; k < order.size(); ++k) {
      const tally::PersonResult& p = c.persons[order[k]];
      if (k > 0 && p.approve != c.persons[order[k - 1]].approve) place = k + 1;
      std::vector<std::uint64_t> values = {p.approve, p.oppose, p.abstain};
      if (postpone) values.push_back(p.postpone);
      if (unreadable) values.push_back(p.unreadable);
      std::string row = (ranked ? pad("  " + n(place), 6) : "  ") + pad(tally::label(p.name, p.note), width);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const bool written = p.number == 0 && i > 0;  // nobody opposes a name that is not printed
        row += pad(written ? "-" : n(values[i]), std::max<std::size_t>(8, tally::display_width(heads[i]) + 2), true);
      }
      line(row + "  " + in(tally::outcome_of(p, rules)) + say("：", ": ") + in(tally::sentence(p.reason)));
    }
  }

  std::string item_row(const tally::ItemResult& item, const tally::Rating& rating, const tally::Fraction& score) const {
    std::string row;
    for (std::size_t g = 0; g < item.grades.size() && g < rating.grades.size(); ++g)
      row += in(rating.grades[g].label) + " " + n(item.grades[g]) + "  ";
    if (item.not_acquainted > 0) row += say("不了解 ", "not acquainted ") + n(item.not_acquainted) + "  ";
    if (item.unmarked > 0) row += say("未填 ", "not filled in ") + n(item.unmarked) + "  ";
    return row + say("得分 ", "score ") + tally::decimal(score);
  }

  // G-2: limits what people decide in the end; told, and voids nothing.
  void best_grades(const tally::ContestResult& c, const tally::Contest& rules) {
    const tally::Rating& rating = *rules.rating;
    const std::vector<std::size_t> best = tally::mostly_best(rules, c);
    std::string text = say("“", "\"") + in(rating.grades[0].label) +
                       say("”等次一般不超过 ", "\" usually goes to at most ") + n(rating.max_best) +
                       say(" 人，由组织确定；按测评以其为主的 ", ", as is decided in the end; most marks give it to ") +
                       n(best.size()) + say(" 人", "");
    line((best.size() > rating.max_best ? "! " : "") + text);
  }

  void grades(const tally::ContestResult& c, const tally::Contest& rules) {
    const tally::Rating& rating = *rules.rating;
    const std::size_t width = name_width(c);
    if (rating.max_best > 0 && rating.best_limit == tally::BestLimit::grades) best_grades(c, rules);
    if (rating.max_best > 0 && rating.best_limit == tally::BestLimit::form)
      line(say("每张票“", "on a form at most ") + (language_ == "en" ? n(rating.max_best) + " " : "") +
           in(rating.grades[0].label) + (language_ == "en" ? "" : "”最多 " + n(rating.max_best) + " 人"));
    for (const tally::PersonResult& p : c.persons) {
      const std::string name = "  " + pad(tally::label(p.name, p.note), width);
      if (p.items.size() == 1) {
        line(name + item_row(p.items[0], rating, p.score));
        continue;
      }
      line(name + say("总分 ", "overall ") + tally::decimal(p.score));
      for (std::size_t i = 0; i < p.items.size() && i < rating.items.size(); ++i) {
        const std::string weight = " ×" + n(rating.items[i].weight) + "%";
        line("    " + pad(in(rating.items[i].title) + weight, 28) + item_row(p.items[i], rating, p.items[i].score));
      }
    }
    if (!c.persons.empty()) line("  " + in(tally::sentence(c.persons[0].reason)));
  }

  const tally::Scheme& scheme_;
  const Report& report_;
  std::string_view language_;
  std::string out_;
};

class TextProposal {
 public:
  TextProposal(const tally::Scheme& scheme, const ProposalFile& file, std::string_view language)
      : scheme_(scheme), result_(file.result), en_(language == "en") {}

  std::string run() && {
    const tally::Combination* rule = scheme_.combination(result_.combination);
    if (rule == nullptr) return {};
    out_ = "── " + in(rule->title) + " " + std::string(20, '-') + "\n" + (en_ ? "rule: " : "汇总办法：") +
           in(tally::word(rule->rule));
    if (rule->superior_weight > 0)
      out_ += (en_ ? "; the superior body " : "；上级党组织推荐占 ") + std::to_string(rule->superior_weight) + "%";
    if (rule->bonus > 0)
      out_ += en_ ? "; at most " + std::to_string(rule->bonus) + " bonus points"
                  : "；加分最多 " + std::to_string(rule->bonus) + " 分";
    if (rule->keep > 0)
      out_ += en_ ? "; the first " + std::to_string(rule->keep) + " are kept"
                  : "；取前 " + std::to_string(rule->keep) + " 名";
    out_ += "\n";
    for (const tally::CombinedPerson& p : result_.persons) person(*rule, p);
    return std::move(out_);
  }

 private:
  std::string in(const tally::Text& t) const { return t.in(en_ ? "en" : "zh"); }

  std::string source(const tally::Combination& rule, const tally::CombinedPerson& p, std::size_t i) const {
    const tally::Contest* contest = scheme_.contest(rule.sources[i].contest);
    const std::string title = contest != nullptr ? in(contest->title) : rule.sources[i].contest.name;
    const std::string weight = rule.sources[i].weight > 0 ? " ×" + std::to_string(rule.sources[i].weight) + "%" : "";
    const tally::InSource& s = p.sources[i];
    if (rule.rule == tally::CombinationRule::composite) return title + " " + tally::decimal(s.rate) + weight;
    return title + " " + std::to_string(s.votes) + (en_ ? " votes (" : " 票（") + tally::decimal(s.rate, 100) + "%" +
           (en_ ? ")" : "）") + weight;
  }

  void person(const tally::Combination& rule, const tally::CombinedPerson& p) {
    out_ += "  " + (p.place > 0 ? std::to_string(p.place) : std::string("-")) + "  " + p.name;
    if (rule.rule != tally::CombinationRule::composite)  // a rating proposes nobody
      out_ += (en_ ? "  " : "　") + in(tally::word(p.proposal)) + (en_ ? ": " : "：") + in(tally::sentence(p.reason));
    out_ += "\n      ";
    const std::string comma = en_ ? ", " : "，";
    for (std::size_t i = 0; i < p.sources.size(); ++i) out_ += (i > 0 ? comma : "") + source(rule, p, i);
    if (rule.superior_weight > 0)
      out_ += comma + (en_ ? "superior body " : "上级推荐 ") + std::to_string(p.points) + " ×" +
              std::to_string(rule.superior_weight) + "%";
    if (p.points > 0 && rule.bonus > 0) out_ += comma + (en_ ? "bonus " : "加分 ") + std::to_string(p.points);
    if (tally::is_scored(rule.rule)) out_ += comma + (en_ ? "score " : "综合 ") + tally::decimal(p.score);
    out_ += "\n";
  }

  const tally::Scheme& scheme_;
  const tally::CombinedResult& result_;
  bool en_;
  std::string out_;
};

}  // namespace

std::string report_text(const tally::Scheme& scheme, const Report& report, std::string_view language) {
  return TextReport(scheme, report, language).run();
}

std::string proposal_text(const tally::Scheme& scheme, const ProposalFile& file, std::string_view language) {
  return TextProposal(scheme, file, language).run();
}

}  // namespace tuixuan::scheme
