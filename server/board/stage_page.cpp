#include <algorithm>

#include "crypto/codes/organiser.h"
#include "server/board/page.h"
#include "server/board/stage_forms.h"
#include "tally/ballot/choice.h"
#include "tally/count/reasons.h"
#include "tally/election/settlement.h"
#include "tally/scheme/report.h"

namespace tuixuan::board {

namespace {

std::string table(const std::string& head, const std::string& rows, std::string_view caption) {
  return el("div", el("table", el("caption", caption) + el("thead", head) + el("tbody", rows)),
            "class=\"wide\" tabindex=\"0\"");
}

// The answer's word with its sign, as printed on the ballot.
std::string answer_word(const Page& p, const tally::Answer& a) {
  return p.in(a.label) + (a.sign.empty() ? "" : " " + esc(a.sign));
}

std::string name_of(const Page& p, const tally::PersonResult& k) {
  return esc(tally::label(k.name, k.note)) + (k.number == 0 ? " " + el("small", p.say("另选", "written in")) : "");
}

std::string person(const Page& p, const tally::ContestResult& c, const tally::PersonResult& k, bool postpone) {
  const std::string votes =
      el("span", n(k.approve), "class=\"number\"") + bar(k.approve, c.valid, "approve") + strokes(k.approve);
  const std::string outcome = el("b", p.in(tally::word(k.outcome, c.kind)));
  const std::string why = el("small", p.in(tally::sentence(k.reason)));
  std::string cells = el("th", name_of(p, k), "scope=\"row\"") + el("td", votes, "class=\"votes\"");
  cells += el("td", k.number == 0 ? "" : n(k.oppose), "class=\"number\"") +
           el("td", k.number == 0 ? "" : n(k.abstain), "class=\"number\"");
  if (postpone) cells += el("td", n(k.postpone), "class=\"number\"");
  std::string kind = "class=\"outcome";
  if (k.outcome == tally::Outcome::elected || k.outcome == tally::Outcome::passed ||
      k.outcome == tally::Outcome::reached)
    kind += " good";
  return el("tr", cells + el("td", outcome + " " + why, kind + "\"")) + "\n";
}

std::string votes_table(const Page& p, const tally::Contest& rules, const tally::ContestResult& c) {
  const bool postpone = rules.answers.postpone.has_value();
  std::string head = el("th", p.say("姓名", "Name"), "scope=\"col\"") +
                     el("th", answer_word(p, rules.answers.approve), "scope=\"col\"") +
                     el("th", answer_word(p, rules.answers.oppose), "scope=\"col\"") +
                     el("th", answer_word(p, rules.answers.abstain), "scope=\"col\"");
  if (postpone) head += el("th", answer_word(p, *rules.answers.postpone), "scope=\"col\"");
  std::string rows;
  for (const tally::PersonResult& k : c.persons) rows += person(p, c, k, postpone);
  return table(el("tr", head + el("th", p.say("结果", "Outcome"), "scope=\"col\"")), rows, p.say("得票", "Votes"));
}

std::string rating_table(const Page& p, const tally::Contest& rules, const tally::ContestResult& c) {
  std::string head =
      el("th", p.say("姓名", "Name"), "scope=\"col\"") + el("th", p.say("项目", "Item"), "scope=\"col\"");
  for (const tally::Grade& g : rules.rating->grades) head += el("th", p.in(g.label), "scope=\"col\"");
  head += el("th", p.say("不了解", "not acquainted"), "scope=\"col\"") +
          el("th", p.say("未填", "no mark"), "scope=\"col\"") + el("th", p.say("得分", "Score"), "scope=\"col\"");
  std::string rows;
  for (const tally::PersonResult& k : c.persons) {
    for (std::size_t i = 0; i < k.items.size(); ++i) {
      const tally::ItemResult& item = k.items[i];
      std::string cells = el("th", name_of(p, k), "scope=\"row\"") + el("td", p.in(rules.rating->items.at(i).title));
      for (const std::uint64_t grade : item.grades) cells += el("td", n(grade), "class=\"number\"");
      rows += el("tr", cells + el("td", n(item.not_acquainted), "class=\"number\"") +
                           el("td", n(item.unmarked), "class=\"number\"") +
                           el("td", tally::decimal(item.score), "class=\"number\""));
    }
    rows +=
        el("tr", el("th", name_of(p, k), "scope=\"row\"") +
                     el("td", p.say("总分", "all items"), "colspan=\"" + n(rules.rating->grades.size() + 3) + "\"") +
                     el("td", el("b", tally::decimal(k.score)), "class=\"number\""));
  }
  return table(el("tr", head), rows, p.say("测评", "Ratings"));
}

std::string reasons(const Page& p, const std::map<std::string, std::uint64_t>& by_check, std::string_view title) {
  if (by_check.empty()) return "";
  std::string list;
  for (const auto& [check, count] : by_check)
    list += el("li", p.in(tally::invalid_reason(check)) + p.say("：", ": ") + n(count));
  return el("p", title) + el("ul", list);
}

std::string contest(const Page& p, const tally::ContestResult& c) {
  const tally::Contest* rules = p.state.plan->contest(c.contest);
  if (rules == nullptr) return "";
  std::string out =
      el("h2", p.in(rules->title)) +
      el("p", p.say("选票 ", "ballots ") + n(c.ballots) + p.say("，有效 ", ", valid ") + n(c.valid) +
                  p.say("，无效 ", ", invalid ") + n(c.invalid) + p.say("，空白 ", ", blank ") + n(c.blank) +
                  (rules->rating ? ""
                                 : p.say("；须得 ", "; needed ") + n(c.need) + p.say(" 票（基数 ", " votes (of ") +
                                       n(c.base) + p.say("）", ")")));
  out += rules->rating ? rating_table(p, *rules, c) : votes_table(p, *rules, c);
  out += reasons(p, c.invalid_reasons, p.say("无效票：", "Invalid ballots:"));
  out += reasons(p, c.write_ins_not_counted, p.say("不计的另选人：", "Names written in that do not count:"));
  std::string next;
  for (const tally::NextStep& step : c.next) next += el("li", p.in(tally::sentence(step)));
  if (!next.empty()) out += el("p", p.say("接下来：", "What follows:")) + el("ul", next);
  return el("section", out);
}

std::string accounts(const Page& p, const election::CloseBody& close) {
  std::string rows;
  for (const election::BoxAccount& b : close.boxes) {
    std::string cells = el("th", p.box_title(b.box), "scope=\"row\"");
    for (const std::uint64_t v : {b.checked_in, b.issued, b.unused, b.voided, b.cast})
      cells += el("td", n(v), "class=\"number\"");
    rows += el("tr", cells);
  }
  const std::string head = row({p.say("票箱", "Box"), p.say("到场", "came"), p.say("发出", "issued"),
                                p.say("剩余", "unused"), p.say("作废", "voided"), p.say("收回", "returned")},
                               "th");
  std::string out = table(head, rows, p.say("票箱账目", "Accounts of the boxes"));
  if (!close.struck.empty())
    out += el("p", p.say("日志中无效、不计的条目：", "Entries of the log without effect: ") + n(close.struck.size()));
  return out;
}

std::string numbers(const Page& p, const tally::Numbers& k) {
  return el("p",
            p.say("应到 ", "expected ") + n(k.expected) + p.say("，实到 ", ", present ") + n(k.present) +
                p.say("，发出 ", ", issued ") + n(k.issued) + p.say("，收回 ", ", returned ") + n(k.returned),
            "class=\"figures\"");
}

std::string downloads(const Page& p, const StageId& id) {
  const std::string base = "stage/" + id.name;
  return el("p",
            link(p.to(base + "/replay.html"), p.say("重放唱票", "Watch the count replayed")) + " · " +
                link(p.to(base + "/result.csv"), p.say("结果表 CSV", "Results as CSV")) + " · " +
                link(p.shared(base + "/report.json"), p.say("结果报告 JSON", "Report as JSON")),
            "class=\"downloads\"");
}

std::string forms_list(const Page& p, const tally::Stage& plan) {
  std::string list;
  for (const tally::FormKind kind : forms_at_hand(p.site, plan.id)) {
    std::string files;
    for (const std::string_view format : kFormFormats) {
      std::string name;
      for (const char c : format) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const std::string file = "stage/" + plan.id.name + "/forms/" + form_name(kind) + "." + std::string(format);
      files +=
          " " + el("a",
                   name + el("span", p.say("：", ": ") + p.in(forms::title_of(kind, plan.kind)), "class=\"unseen\""),
                   "href=\"" + p.shared(file) + "\"");
    }
    list += el("li", el("b", p.in(forms::title_of(kind, plan.kind))) + files);
  }
  return list.empty() ? ""
                      : el("section", el("h2", p.say("表册（可打印签字）", "Forms to print and sign")) + el("ul", list),
                           "class=\"downloads\"");
}

}  // namespace

Result<File> stage_page(const Page& p, const election::StageState& stage) {
  const tally::Stage& plan = p.state.plan->stages.at(stage.stage);
  std::string body = el("p", p.say("进展：", "Now: ") + el("b", phase_word(p, stage.phase)));
  if (stage.phase == election::Phase::voided)
    body += el(
        "p",
        p.say("本环节作废，以下内容不算数。理由：", "This stage is void and what follows does not count. Because: ") +
            esc(stage.voided_because),
        "class=\"bad\"");
  if (!stage.report.empty()) {
    TUIXUAN_TRY(report, scheme::parse_report(stage.report));
    body += numbers(p, report.numbers) + downloads(p, plan.id) + stroke_symbols();
    for (const tally::ContestResult& c : report.contests) body += contest(p, c);
  } else {
    body += el("p", p.say("计票之前没有任何结果。", "There is no result before the count."));
    if (stage.attendance)
      body += el("p", p.say("应到 ", "expected ") + n(stage.attendance->expected) + p.say("，实到 ", ", present ") +
                          n(stage.attendance->present));
    if (stage.opening) body += el("p", link(p.to("hall.html"), p.say("投票进度", "Turnout")));
  }
  if (stage.close) body += accounts(p, *stage.close);
  body += forms_list(p, plan);
  return p.frame(p.in(plan.title), body);
}

// --- as a table for other programs -----------------------------------------------------------------------------------

// A cell that a spreadsheet takes as text, whatever it begins with.
static std::string cell(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) out += '\'';
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

Result<File> result_csv(const Page& p, const election::StageState& stage) {
  if (stage.report.empty()) return fail(code::board::page, "the stage is not counted");
  TUIXUAN_TRY(report, scheme::parse_report(stage.report));
  std::string out = "\xEF\xBB\xBF";
  for (const char* head : {"项目 contest", "序号 number", "姓名 name", "赞成 approve", "反对 oppose", "弃权 abstain",
                           "缓议 postpone", "得分 score", "结果 outcome"})
    out += (out.size() > 3 ? "," : "") + cell(head);
  out += "\r\n";
  for (const tally::ContestResult& c : report.contests) {
    const tally::Contest* rules = p.state.plan->contest(c.contest);
    for (const tally::PersonResult& k : c.persons) {
      out += cell(rules != nullptr ? rules->title.in(p.en ? "en" : "zh") : c.contest.name) + "," + n(k.number) + "," +
             cell(tally::label(k.name, k.note));
      for (const std::uint64_t v : {k.approve, k.oppose, k.abstain, k.postpone}) out += "," + n(v);
      out += "," + (c.kind == tally::Kind::rating ? tally::decimal(k.score) : "") + "," +
             cell(tally::word(k.outcome, c.kind).in(p.en ? "en" : "zh")) + "\r\n";
    }
  }
  return File{"text/csv; charset=utf-8", out, false};
}

}  // namespace tuixuan::board
