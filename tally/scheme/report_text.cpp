#include "tally/scheme/report_text.h"

#include <algorithm>

#include "tally/count/reasons.h"
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

  const tally::Contest* rules_of(const ContestId& id) const {
    for (const tally::Contest& c : scheme_.contests)
      if (c.id == id) return &c;
    return nullptr;
  }

  void heading() {
    std::string title = in(scheme_.congress.title);
    for (const tally::Stage& s : scheme_.stages)
      if (s.id == report_.stage) title += " · " + in(s.title);
    line(title + (report_.rehearsal ? say("（演练）", " (REHEARSAL)") : ""));
    const tally::Numbers& k = report_.numbers;
    line(say("应到 ", "expected ") + n(k.expected) + say("  实到 ", "  present ") + n(k.present) +
         say("  发出 ", "  issued ") + n(k.issued) + say("  收回 ", "  returned ") + n(k.returned));
  }

  void contest(const tally::ContestResult& c) {
    const tally::Contest* rules = rules_of(c.contest);
    if (rules == nullptr) return;
    line("");
    line("── " + in(rules->title) + " " + std::string(20, '-'));
    line(say("选票 ", "ballots ") + n(c.ballots) + say("  有效 ", "  valid ") + n(c.valid) +
         say("  无效 ", "  invalid ") + n(c.invalid) + say("  空白 ", "  blank ") + n(c.blank) +
         (c.kind == tally::Kind::rating ? ""
                                        : say("  基数 ", "  base ") + n(c.base) + say("  须得 ", "  needed ") +
                                              n(c.need) + say(" 票", " votes")));
    for (const auto& [check, count] : c.invalid_reasons)
      line("  " + say("无效：", "invalid: ") + in(tally::invalid_reason(check)) + " " + n(count));
    for (const auto& [check, count] : c.write_ins_not_counted)
      line("  " + say("未计的另选人：", "write-ins not counted: ") + in(tally::invalid_reason(check)) + " " + n(count));
    rules->rating ? grades(c, *rules) : votes(c, *rules);
    for (const std::string& name : c.must_confirm)
      line("  ! " + name +
           say("：结果取决于多数的基数，须先由两人确认规则",
               ": the outcome depends on the base; two officials confirm the rule first"));
    if (c.vacant > 0) line("  " + say("空缺名额 ", "vacant seats ") + n(c.vacant));
    for (const tally::NextStep& step : c.next) line("  → " + in(tally::sentence(step)));
  }

  std::size_t name_width(const tally::ContestResult& c) const {
    std::size_t width = 8;
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
    std::string head = "  " + pad(say("姓名", "name"), width);
    for (const std::string& h : heads) head += pad(h, std::max<std::size_t>(8, tally::display_width(h) + 2), true);
    line(head + "  " + say("结果", "outcome"));
    for (const tally::PersonResult& p : c.persons) {
      std::vector<std::uint64_t> values = {p.approve, p.oppose, p.abstain};
      if (postpone) values.push_back(p.postpone);
      std::string row = "  " + pad(tally::label(p.name, p.note), width);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const bool written = p.number == 0 && i > 0;  // nobody opposes a name that is not printed
        row += pad(written ? "-" : n(values[i]), std::max<std::size_t>(8, tally::display_width(heads[i]) + 2), true);
      }
      line(row + "  " + in(tally::word(p.outcome, c.kind)) + say("：", ": ") + in(tally::sentence(p.reason)));
    }
  }

  void grades(const tally::ContestResult& c, const tally::Contest& rules) {
    const std::size_t width = name_width(c);
    for (const tally::PersonResult& p : c.persons) {
      line("  " + pad(tally::label(p.name, p.note), width) + say("总分 ", "overall ") + tally::decimal(p.score));
      for (std::size_t i = 0; i < p.items.size() && i < rules.rating->items.size(); ++i) {
        std::string row = "    " + pad(in(rules.rating->items[i].title), width);
        for (std::size_t g = 0; g < p.items[i].grades.size() && g < rules.rating->grades.size(); ++g)
          row += " " + in(rules.rating->grades[g].label) + " " + n(p.items[i].grades[g]);
        line(row + say("  得分 ", "  score ") + tally::decimal(p.items[i].score));
      }
    }
  }

  const tally::Scheme& scheme_;
  const Report& report_;
  std::string_view language_;
  std::string out_;
};

}  // namespace

std::string report_text(const tally::Scheme& scheme, const Report& report, std::string_view language) {
  return TextReport(scheme, report, language).run();
}

}  // namespace tuixuan::scheme
