// The steps between the votes of a congress: candidates from recommendations, notices, what follows a result, the
// report to the superior body. Each reads the log, drafts what the log and the scheme give, shows it, and puts it on
// the log with the signatures of those who agree. Errors: the fold's by name; "step.*" for what can be told before.
#pragma once

#include "tally/election/thread_bodies.h"
#include "tally/organiser/steps.h"
#include "tally/scheme/stage_file.h"

namespace tuixuan::organiser {

// The shortlist of a combination, computed from the results on the log.
[[nodiscard]] Result<void> put_shortlist(client::Congress&, const tally::CombinationId&, const Supervisors&);

// People as "name", "name（note）" or "name(note)", with the reason of those who were not proposed; none: exactly the
// proposed.
struct Nominee {
  std::string label;
  std::string reason;
};
[[nodiscard]] Result<election::CandidatesBody> draft_candidates(const election::State&, const ContestId&,
                                                                const std::string& reference, std::vector<Nominee>);
[[nodiscard]] Result<void> decide_candidates(client::Congress&, const ContestId&, const std::string& reference,
                                             std::vector<Nominee>, const Supervisors& superior);

// A stage for what is open in contests of one earlier stage, in the first round for which its boxes have slips. Of
// nominations anew the superior body decides on the candidates later (decide_candidates); where the scheme names none,
// the nominees are given here. Errors: "step.contest", "step.nominees", "step.slips", those of the draft.
struct Following {
  tally::FollowKind kind = tally::FollowKind::run_off;
  ContestId contest;
  std::vector<std::string> nominees;  // name, name（note） or name(note)
};
[[nodiscard]] Result<scheme::AddedStage> draft_stage(const election::State&, const StageId& id,
                                                     const tally::Text& title, std::span<const Following>);
[[nodiscard]] Result<void> add_stage(client::Congress&, const scheme::AddedStage&, const Supervisors&);

[[nodiscard]] Result<void> report_up(client::Congress&, const Supervisors& chair);
[[nodiscard]] Result<void> countersign(client::Congress&, bool accepted, const std::string& reference,
                                       const std::string& reason, const Supervisors& superior);
[[nodiscard]] Result<void> put_audit(client::Congress&, bool holds, const std::string& findings,
                                     const Supervisors& auditor);

// Any other entry of the thread, as given.
[[nodiscard]] Result<void> put_entry(client::Congress&, election::Kind, Bytes body, const Supervisors&,
                                     const std::string& text);

}  // namespace tuixuan::organiser
