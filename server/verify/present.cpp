#include "server/verify/present.h"

#include <boost/json.hpp>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "tally/election/settlement.h"
#include "tally/scheme/report_text.h"

namespace tuixuan::verify {

namespace json = boost::json;

namespace {

std::string_view pick(const Sentences& words, bool en) { return en ? words.en : words.zh; }

std::string heading(const Verification& v, bool en) {
  std::string out = (en ? "Record: " : "记录：") + v.source + "\n";
  if (v.checkpoint)
    out += (en ? "Log: " : "日志：") + log::format_vkey(*v.log) + "\n" + (en ? "Entries: " : "条数：") +
           std::to_string(v.checkpoint->size) + (en ? ", root " : "，根 ") + v.checkpoint->root.hex() + "\n";
  return out;
}

std::string witnessed(const Verification& v, bool en) {
  const Witnesses& w = v.witnesses;
  if (w.known == 0) return "";
  std::string names;
  for (const log::Cosignature& c : w.cosigned) names += (names.empty() ? "" : ", ") + c.witness.name;
  return (en ? "  Witnesses: " : "  见证：") + std::to_string(w.cosigned.size()) + (en ? " of " : " / ") +
         std::to_string(w.known) + (en ? " cosigned this checkpoint, " : " 位见证人签署了这个检查点，须有 ") +
         std::to_string(w.needed) + (en ? " are needed" : " 位") + (names.empty() ? "" : ": " + names) + "\n";
}

std::string counts(const election::State& state, bool en) {
  std::string out;
  for (const auto& [kind, n] : state.entries_of_kind) {
    const election::KindInfo& info = election::info(kind);
    out += (out.empty() ? "" : en ? ", " : "，") + std::string(en ? info.en : info.zh) + " " + std::to_string(n);
  }
  return out;
}

std::string results(const election::State& state, bool en) {
  std::string out;
  if (!state.plan) return out;
  for (const tally::Stage& stage : state.plan->stages) {
    const election::StageState& s = *state.stage(stage.id);
    if (s.report.empty()) continue;
    const auto report = scheme::parse_report(s.report);
    if (!report) bug("the fold took a report that cannot be read");
    out += "\n" + scheme::report_text(*state.plan, *report, en ? "en" : "zh");
  }
  return out;
}

std::string decisions(const Verification& v, bool en) {
  std::string out;
  for (const election::Decision& d : v.decisions)
    out += std::string(en ? "  entry " : "  第 ") + std::to_string(d.index) + (en ? ": " : " 条：") +
           (en ? d.words.en : d.words.zh) + "\n";
  return out.empty() ? out : (en ? "\nDecided on the way:\n" : "\n其间的各项决定：\n") + out;
}

// Who is elected over all rounds, and where the congress stands.
std::string outcome(const election::State& state, bool en) {
  std::string out;
  if (!state.plan) return out;
  for (const scheme::Office& office : election::outcome_of(state).offices) {
    if (office.contests.size() < 2 && office.elected.empty()) continue;
    out += (en ? "  " : "  ") + state.plan->contest(office.contest)->title.in(en ? "en" : "zh") +
           (en ? ": elected" : "：当选");
    for (const scheme::Elected& person : office.elected) out += " " + person.name;
    if (office.reduced > 0) out += (en ? "; seats cut: " : "；减少名额 ") + std::to_string(office.reduced);
    if (office.vacant > 0) out += (en ? "; left vacant: " : "；空缺 ") + std::to_string(office.vacant);
    out += "\n";
  }
  if (!out.empty()) out = (en ? "\nOver all rounds:\n" : "\n各轮合计：\n") + out;
  for (const election::OpenMatter& m : election::open_matters(state))
    out +=
        std::string(en ? "  not settled: " : "  未定：") + m.contest.name + " (" + std::string(name_of(m.code)) + ")\n";
  if (state.reported)
    out += !state.reported->accepted ? (en ? "  reported, waiting for the superior body\n" : "  已报批，等待批复\n")
           : *state.reported->accepted
               ? (en ? "  accepted by the superior body: " : "  上级已批复：") + state.reported->reference + "\n"
               : std::string(en ? "  sent back by the superior body\n" : "  上级已退回\n");
  return out;
}

}  // namespace

std::string to_text(const Verification& v, std::string_view language) {
  const bool en = language == "en";
  std::string out = heading(v, en) + "\n";
  for (const Group& g : v.groups) {
    const char* sign = g.held == Held::held ? "✔" : g.held == Held::failed ? "✘" : "·";
    out += std::string("  ") + sign + " " + std::string(g.of->name) +
           std::string(g.of->name.size() < 4 ? 4 - g.of->name.size() : 0, ' ') + std::string(pick(g.of->words, en)) +
           "\n";
  }
  out += "\n  " + counts(v.state(), en) + "\n" + witnessed(v, en);
  for (const Answer& a : v.answers)
    out += "  " + std::string(a.ok ? "✔ " : "✘ ") + a.name + ": " + (en ? a.en : a.zh) + "\n";
  for (const auto& incident : v.state().incidents)
    out += std::string(en ? "  ! entry " : "  ！第 ") + std::to_string(incident.index) + (en ? ": " : " 条：") +
           std::string(pick(sentences_of(incident.what.check), en)) + " (" + incident.what.text() + ")\n";
  for (const Finding& f : v.failures)
    out += "\n✘ " + std::string(pick(sentences_of(f.what.check), en)) + "\n  " + f.what.text() + "\n";
  if (v.failures.empty()) out += results(v.state(), en) + decisions(v, en) + outcome(v.state(), en);
  if (v.ok) {
    out += en ? "\nverified: everything holds; the result above was computed by this program from the record.\n"
              : "\n验证通过 verified：全部成立；以上结果由本程序根据记录自行算出。\n";
  } else {
    out += en ? "\nNOT VERIFIED: do not sign; keep this record as evidence.\n"
              : "\n验证不通过 NOT VERIFIED：请勿签字，并保存这份记录作为证据。\n";
  }
  return out;
}

static json::value stage_json(const election::State& state, const tally::Stage& stage) {
  const election::StageState& s = *state.stage(stage.id);
  json::object out{{"id", stage.id.name},      {"counted", s.phase == election::Phase::counted},
                   {"cast", s.cast},           {"challenged", s.challenged},
                   {"abandoned", s.abandoned}, {"voided", s.voided}};
  out["report"] = s.report.empty() ? json::value(nullptr) : json::parse(as_text(s.report));
  return out;
}

std::string to_json(const Verification& v) {
  json::array groups;
  for (const Group& g : v.groups)
    groups.push_back(json::object{{"name", g.of->name},
                                  {"zh", g.of->words.zh},
                                  {"en", g.of->words.en},
                                  {"result", g.held == Held::held     ? "held"
                                             : g.held == Held::failed ? "failed"
                                                                      : "unfinished"}});
  json::array failures;
  for (const Finding& f : v.failures) {
    json::object o{{"check", name_of(f.what.check)},
                   {"what", f.what.what},
                   {"zh", sentences_of(f.what.check).zh},
                   {"en", sentences_of(f.what.check).en}};
    o["entry"] = f.entry ? json::value(*f.entry) : json::value(nullptr);
    failures.push_back(std::move(o));
  }
  json::array answers;
  for (const Answer& a : v.answers)
    answers.push_back(json::object{{"name", a.name}, {"holds", a.ok}, {"zh", a.zh}, {"en", a.en}});
  json::array incidents;
  for (const auto& i : v.state().incidents)
    incidents.push_back(json::object{{"entry", i.index}, {"check", name_of(i.what.check)}, {"what", i.what.what}});
  json::array decisions;
  for (const election::Decision& d : v.decisions)
    decisions.push_back(json::object{
        {"entry", d.index}, {"kind", election::info(d.kind).name}, {"zh", d.words.zh}, {"en", d.words.en}});
  json::array cosigned;
  for (const log::Cosignature& c : v.witnesses.cosigned)
    cosigned.push_back(json::object{{"name", c.witness.name}, {"seconds", c.seconds}});
  json::array stages;
  if (v.state().plan)
    for (const tally::Stage& stage : v.state().plan->stages) stages.push_back(stage_json(v.state(), stage));
  json::object out{{"format", "tuixuan-verification/1"}, {"source", v.source}, {"verified", v.ok}};
  out["log"] = v.log ? json::value(log::format_vkey(*v.log)) : json::value(nullptr);
  out["size"] = v.checkpoint ? json::value(v.checkpoint->size) : json::value(nullptr);
  out["root"] = v.checkpoint ? json::value(v.checkpoint->root.hex()) : json::value(nullptr);
  out["congress"] = v.state().plan ? json::value(v.state().congress.hex()) : json::value(nullptr);
  out["witnesses"] =
      json::object{{"known", v.witnesses.known}, {"needed", v.witnesses.needed}, {"cosigned", std::move(cosigned)}};
  out["groups"] = std::move(groups);
  out["failures"] = std::move(failures);
  out["answers"] = std::move(answers);
  out["incidents"] = std::move(incidents);
  out["decisions"] = std::move(decisions);
  out["stages"] = std::move(stages);
  out["outcome"] = v.failures.empty() && v.state().plan
                       ? json::parse(as_text(scheme::write_outcome(election::outcome_of(v.state()))))
                       : json::value(nullptr);
  return json::serialize(out);
}

}  // namespace tuixuan::verify
