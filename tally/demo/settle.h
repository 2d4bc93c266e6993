// What elections leave open, settled step by step until every seat is filled, cut or reported: by the commands that the
// supervisors would give.
#pragma once

#include "tally/demo/congress.h"
#include "tally/election/settlement.h"

namespace tuixuan::demo {

inline constexpr unsigned kSpareRounds = 4;  // slips for run-offs, new rounds, repeats

// Votes in an added stage, its slips and voters as in the stage before.
using VoteAgain = std::function<Result<void>(const StageId& stage)>;

[[nodiscard]] Result<void> settle(DemoCongress&, const VoteAgain&);

}  // namespace tuixuan::demo
