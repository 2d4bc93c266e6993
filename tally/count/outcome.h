// From votes to fates: who is elected, tied or not, and why, by the contest's own majority or by another base. The
// count calls it once for each base; whoever has only totals (paper, old results) can call it too. Plain arithmetic on
// the numbers.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::tally {

// The least number of extra candidates for so many seats, one fifth rounded up (D-1).
std::uint64_t least_extra(std::uint64_t seats);

// barred: those whom another office keeps from a seat here; offices.h finds them.
using AllBarred = std::span<const Barred>;
// Sets base, need, outcomes, reasons, vacant, tied_seats; reads valid, seats and the persons' votes.
void decide(const Contest&, const Numbers&, Base, ContestResult&, AllBarred = {});
// The same by the contest's own base, with the comparison to its alternative base and the next steps.
void decide(const Contest&, const Numbers&, ContestResult&, AllBarred = {});

// Places in result.persons in order of approvals (ratings: of scores), equal ones in the order of the ballot.
std::vector<std::size_t> ranking(const ContestResult&);

}  // namespace tuixuan::tally
