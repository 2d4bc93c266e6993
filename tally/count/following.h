// The contest that follows from a result that leaves seats open: a run-off of the tied (T-1 to T-4), a new round for
// empty seats (F-1 to F-5), nominations anew, or the same vote again where it was not valid. Drafted from the result
// alone, so that nobody can put another name on it; people decide whether it is held, and the order of its names.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::tally {

// The step that allows it: run_off, new_round, renominate, vote_again. Null if the result has none.
const NextStep* step_for(FollowKind, const ContestResult&);

// What the follower must be but for id, title, order of the names and its reason. Of renominate: without candidates.
// The result must have the step; kind is not repeat.
Contest draft_following(const Contest&, const ContestResult&, FollowKind, ContestId id);
// The same vote again, after a stage was voided or its vote was not valid: the same people, the same rules.
Contest draft_repeat(const Contest&, ContestId id);

// So many seats for this contest, and no more choices than seats.
void set_seats(Contest&, std::uint64_t seats);

// Whether `held` is the draft, in any order of the names; of renominate with any candidates.
bool follows_draft(const Contest& draft, const Contest& held);

}  // namespace tuixuan::tally
