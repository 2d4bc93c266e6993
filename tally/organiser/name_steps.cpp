#include "tally/organiser/name_steps.h"

#include <algorithm>

#include "crypto/codes/organiser.h"
#include "tally/ballot/label.h"
#include "tally/election/settlement.h"
#include "tally/scheme/report.h"

namespace tuixuan::organiser {

Result<std::vector<WrittenNames>> written_names(const election::State& state, const StageId& id, unsigned threads) {
  TUIXUAN_TRY(now, open_and_count(state, id, threads));
  TUIXUAN_TRY(report, scheme::parse_report(now.report));
  const election::StageState* stage = state.stage(id);
  std::vector<WrittenNames> out;
  for (std::size_t i = 0; i < report.contests.size(); ++i) {
    const tally::Contest* c = state.plan->contest(report.contests[i].contest);
    if (c == nullptr || c->write_ins.rule == tally::WriteInRule::none) continue;
    WrittenNames w{c->id, c->title, {}, {}, {}, {}};
    for (const auto& [spelling, name] : stage->contests[i].spellings) w.merged[spelling] = name;
    std::vector<std::string> all;
    for (const tally::Candidate& k : c->candidates) w.printed.push_back(tally::label(k.name, k.note));
    all = w.printed;
    for (const tally::PersonResult& p : report.contests[i].persons) {
      if (p.number > 0) continue;
      w.names.push_back({p.name, p.approve});
      all.push_back(p.name);
    }
    for (const auto& [spelling, name] : w.merged) all.push_back(spelling);
    TUIXUAN_TRY(groups, alike::groups_of(all, true));
    w.alike = std::move(groups);
    out.push_back(std::move(w));
  }
  return out;
}

Result<election::SpellingsBody> draft_spellings(const std::vector<WrittenNames>& all, const StageId& id,
                                                const ContestId& contest, const NameSpellings& spellings) {
  const auto of = std::find_if(all.begin(), all.end(), [&](const WrittenNames& w) { return w.contest == contest; });
  if (of == all.end())
    return fail(code::step::contest,
                "环节 " + id.name + " 中“" + contest.name + "”没有另选他人 / this contest has no write-ins");
  election::SpellingsBody body{id, contest, {}};
  for (const auto& [spelling, name] : spellings) {
    for (const std::string& written : {spelling, name}) {
      const bool counted =
          std::any_of(of->names.begin(), of->names.end(), [&](const auto& n) { return n.name == written; });
      if (!counted && !of->merged.contains(written))
        return fail(code::step::spelling, "票上没有写“" + written + "” / nobody wrote \"" + written + "\"");
    }
    body.names.emplace_back(spelling, name);
  }
  return body;
}

Result<void> merge_names(client::Congress& congress, const StageId& id, const ContestId& contest,
                         const NameSpellings& spellings, const Supervisors& who, unsigned threads) {
  TUIXUAN_CHECK(congress.sync());
  TUIXUAN_TRY(all, written_names(congress.state(), id, threads));
  TUIXUAN_TRY(body, draft_spellings(all, id, contest, spellings));
  const tally::Text& title = congress.state().plan->contest(contest)->title;
  std::string text = "另选他人姓名归并（" + title.zh + "）\nwritten names merged (" + title.in("en") + ")";
  for (const auto& [spelling, name] : body.names) text += "\n  " + spelling + " → " + name;
  if (body.names.empty()) text += "\n  （不归并 / none）";
  return append_agreed(congress, election::Kind::spellings, body.encode(), who, text);
}

}  // namespace tuixuan::organiser
