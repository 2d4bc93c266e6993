// Where the elections of a congress stand when several rounds make up one result: who is elected over all of them, what
// is still open, and what is reported to the superior body. Read from the state alone; the rules of the fold and the
// agenda that people see both ask here.
#pragma once

#include "crypto/codes/matters.h"
#include "tally/election/state.h"
#include "tally/scheme/outcome_file.h"

namespace tuixuan::election {

// Something about one contest that is not decided yet (crypto/codes/matters.def).
struct OpenMatter {
  code::matter code;
  StageId stage;
  ContestId contest;
  std::uint64_t seats = 0;
};

const tally::Stage* stage_of_contest(const tally::Scheme&, const ContestId&);

// The contest of the scheme that an added one goes back to, over all rounds; itself if it is one of the scheme.
const ContestId& root_of(const tally::Scheme&, const ContestId&);
// Nobody need decide on its candidates, or the superior body has, and nothing that this came of was voided since.
bool candidates_stand(const State&, const tally::Contest&);

tally::Numbers numbers_of(const StageState&);  // of a stage that is closed

// The result of a counted contest by the base that was confirmed for it, if one was; none while its stage is not
// counted, or voided.
std::optional<tally::ContestResult> result_of(const State&, const ContestId&);

// The result of a recommendation that is settled: its own or that of the last repeat.
std::optional<tally::ContestResult> settled_result_of(const State&, const ContestId&);

// A contest with all the rounds that follow from it.
struct Standing {
  scheme::Office office;
  std::vector<OpenMatter> open;  // empty: it is settled
};
Standing standing_of(const State&, const ContestId&);

// Nothing is open in any contest of the stage.
bool is_settled(const State&, const StageId&);

// The elections of the scheme, for the report to the superior body. Complete only if nothing is open.
scheme::Outcome outcome_of(const State&);
std::vector<OpenMatter> open_matters(const State&);  // of the elections of the scheme

// Nothing is left to do: every stage is counted or voided, no election is open, and where the scheme names chair and
// superior body the report is accepted.
bool is_over(const State&);

}  // namespace tuixuan::election
