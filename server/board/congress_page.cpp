#include "server/board/page.h"
#include "tally/count/reasons.h"
#include "tally/election/agenda.h"
#include "tally/election/settlement.h"

namespace tuixuan::board {

namespace {

std::string facts(const Page& p, const tally::Scheme& scheme) {
  std::string out = el("dt", p.say("组织", "Body")) + el("dd", p.in(scheme.congress.body)) +
                    el("dt", p.say("届次", "Term")) + el("dd", p.in(scheme.congress.term)) +
                    el("dt", p.say("日期", "Date")) + el("dd", esc(scheme.congress.date)) +
                    el("dt", p.say("地点", "Place")) + el("dd", p.in(scheme.congress.place));
  std::string people;
  for (const tally::Supervisor& s : scheme.supervisors)
    people += (people.empty() ? "" : p.say("、", ", ")) + esc(s.name);
  return el("dl", out + el("dt", p.say("监票人", "Supervisors")) + el("dd", people), "class=\"facts\"");
}

// Candidates of a contest, in the order of the ballot; of those that are decided later it says so.
std::string candidates(const Page& p, const tally::Contest& c) {
  std::string names;
  for (const tally::Candidate& k : c.candidates)
    names += el("li", esc(k.name) + (k.note.empty() ? "" : "（" + esc(k.note) + "）"));
  const std::string seats = c.kind == tally::Kind::rating || c.kind == tally::Kind::recommendation
                                ? ""
                                : p.say("，名额 ", ", seats: ") + n(c.seats);
  std::string out = el("h4", p.in(c.title) + seats);
  if (!names.empty()) return out + el("ol", names, "class=\"names\"");
  return out + el("p", c.source || c.approval ? p.say("候选人尚未确定", "The candidates are not decided yet")
                                              : p.say("由投票人提名，没有预定人选", "Voters write all names"));
}

std::string stages(const Page& p, const tally::Scheme& scheme) {
  std::string out;
  for (const tally::Stage& stage : scheme.stages) {
    const election::StageState& now = *p.state.stage(stage.id);
    std::string inner =
        el("h3", el("a", p.in(stage.title), "href=\"" + p.to("stage/" + esc(stage.id.name) + ".html") + "\"") + " " +
                     el("span", phase_word(p, now.phase),
                        now.phase == election::Phase::open ? "class=\"phase now\"" : "class=\"phase\""));
    if (!stage.not_before.empty()) inner += el("p", p.say("不早于 ", "not before ") + esc(stage.not_before));
    for (const ContestId& id : stage.contests)
      if (const tally::Contest* c = scheme.contest(id)) inner += candidates(p, *c);
    out += el("li", inner) + "\n";
  }
  return el("ol", out, "class=\"stages\"");
}

std::string entry_at(const Page& p, std::uint64_t index) {
  const auto found = p.site.entries(index, index + 1);
  if (!found || found->size() != 1) return "";
  return el("a", p.say("日志第 ", "entry ") + n(index) + p.say(" 条", ""),
            "href=\"" + p.to("log/" + n(index / kEntriesOfPage) + ".html#e" + n(index)) + "\"") +
         p.say("：", ": ") + entry_words(p, found->front());
}

std::string notices(const Page& p) {
  std::string out;
  for (const auto& [index, notice] : p.state.notices) {
    const bool running =
        p.site.minutes < notice.until && p.state.stage(notice.stage)->phase == election::Phase::planned;
    std::string inner =
        el("h3", p.stage_title(notice.stage) + " " +
                     el("span", running ? p.say("公示中", "open to objections") : p.say("公示已结束", "over"),
                        running ? "class=\"phase now\"" : "class=\"phase\"")) +
        el("p", p.say("公示期：", "Period: ") + time_of(notice.from) + p.say(" 至 ", " to ") + time_of(notice.until) +
                    p.say("（北京时间）", " (Beijing time)")) +
        el("p", entry_at(p, index));
    std::string about;
    for (const auto& [number, objection] : p.state.objections) {
      if (objection.notice != index) continue;
      about += el("li", entry_at(p, number) + (objection.answered ? "<br>" + entry_at(p, *objection.answered) : ""));
    }
    if (!about.empty()) inner += el("p", p.say("收到的异议：", "Objections received:")) + el("ul", about);
    out += el("section", inner);
  }
  return out.empty() ? out : el("h2", p.say("公示", "Notices")) + out;
}

std::string due(const Page& p) {
  std::string out;
  for (const election::Due& d : election::agenda(p.state, p.site.minutes))
    out += el("li", el("b", p.in(election::title_of(d.who))) + p.say("：", ": ") + p.in(d.what));
  if (out.empty())
    return p.state.plan && election::is_over(p.state)
               ? el("p", p.say("全部事项已经完成。", "Everything is done."), "class=\"good\"")
               : "";
  return el("h2", p.say("下一步", "What is due")) + el("ul", out);
}

// Who is elected so far, for who looks at nothing else.
std::string elected(const Page& p) {
  std::string out;
  for (const scheme::Office& o : election::outcome_of(p.state).offices) {
    std::string names;
    for (const scheme::Elected& e : o.elected) names += el("li", el("b", esc(e.name)));
    if (!names.empty()) out += el("h3", p.contest_title(o.contest)) + el("ul", names, "class=\"names elected\"");
  }
  if (out.empty()) return out;
  return el("h2", p.say("当选", "Elected")) + out +
         el("p", link(p.to("results.html"), p.say("全部结果", "All results")));
}

}  // namespace

File congress_page(const Page& p) {
  if (!p.state.plan) return p.frame(p.say("大会", "Congress"), el("p", p.say("日志还是空的。", "The log is empty.")));
  const tally::Scheme& scheme = *p.state.plan;
  return p.frame(p.say("大会", "Congress"), elected(p) + due(p) + facts(p, scheme) + notices(p) +
                                                el("h2", p.say("各环节", "Stages")) + stages(p, scheme));
}

// --- who is elected over all rounds ----------------------------------------------------------------------------------

// The stage in which somebody was elected later.
static std::string round_of(const Page& p, const ContestId& contest) {
  const tally::Stage* stage = election::stage_of_contest(*p.state.plan, contest);
  return stage != nullptr ? p.in(stage->title) : p.contest_title(contest);
}

static std::string office(const Page& p, const scheme::Office& o) {
  std::string names;
  for (const scheme::Elected& e : o.elected)
    names +=
        el("li", el("b", esc(e.name)) +
                     (e.contest == o.contest ? "" : p.say("（", " (") + round_of(p, e.contest) + p.say("）", ")")));
  std::string out = el("h3", p.contest_title(o.contest)) +
                    el("p", p.say("名额 ", "seats ") + n(o.seats) +
                                (o.reduced > 0 ? p.say("，经大会同意减少 ", ", cut by consent: ") + n(o.reduced) : "") +
                                (o.vacant > 0 ? p.say("，空缺 ", ", vacant: ") + n(o.vacant) : ""));
  return out +
         (names.empty() ? el("p", p.say("尚无当选人", "nobody is elected yet")) : el("ul", names, "class=\"elected\""));
}

File results_page(const Page& p) {
  std::string body;
  if (p.state.plan) {
    const scheme::Outcome outcome = election::outcome_of(p.state);
    for (const scheme::Office& o : outcome.offices) body += office(p, o);
    const auto open = election::open_matters(p.state);
    if (!outcome.offices.empty())
      body = el("h2", p.say("当选", "Elected")) + body +
             el("p", open.empty() ? p.say("选举结果已全部确定。", "Nothing is open in the elections.")
                                  : p.say("还有未确定的事项：", "Still open: ") + n(open.size()));
    std::string list;
    for (const tally::Stage& stage : p.state.plan->stages)
      list += el("li", el("a", p.in(stage.title), "href=\"" + p.to("stage/" + esc(stage.id.name) + ".html") + "\"") +
                           " " + el("span", phase_word(p, p.state.stage(stage.id)->phase), "class=\"phase\""));
    body += el("h2", p.say("各环节的结果", "The stages")) + el("ul", list);
  }
  return p.frame(p.say("结果", "Results"), body);
}

}  // namespace tuixuan::board
