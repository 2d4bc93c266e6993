// The offices of one congress among themselves: one person may hold one of two offices that exclude each other, a
// secretary is one of the committee, who is elected above on one sheet takes no seat below (L-3). So no person is
// given two seats, and no committee more people than seats. Where an office above is still open (a tie, a base to be
// confirmed), the seat of whoever may get it waits.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::tally {

// A contest of another stage and its result.
struct Settled {
  Contest contest;
  ContestResult result;
};

// counts[i] is of contests[i], with its numbers set; the results are in that order. settled: of other stages, earlier
// rounds of the same offices too. An office stands before those that it excludes (scheme_check).
std::vector<ContestResult> settle_offices(std::span<const Contest* const> contests, std::vector<ContestCount> counts,
                                          std::span<const Settled> settled = {});

}  // namespace tuixuan::tally
