// Replays many entries of an existing log in order. Ballots one after the other do not depend on each other's proofs,
// so their checks run on several threads; order and double use are then settled one at a time, exactly as Fold::replay
// would.
#pragma once

#include "tally/election/fold.h"

namespace tuixuan::election {

enum class Reading {
  strict,    // an entry that the fold refuses is an error: how a server reads what it wrote itself
  striking,  // a voting entry that breaks a rule is struck: how everyone else reads a log
};

// By its kind, which stands in the second byte; whether the rest is in order is for the fold.
bool is_ballot(ByteView entry);

// Called after each entry with the number of entries done; a long replay can be shown and stopped (false).
using ReplayProgress = std::function<bool(std::uint64_t)>;

// Error: the first refusal, with the number of the entry; "log.stopped" if progress said so.
[[nodiscard]] Result<void> replay_all(Fold& fold, std::span<const Bytes> entries, const Objects& objects,
                                      unsigned threads, Reading reading, const ReplayProgress& progress = {});

}  // namespace tuixuan::election
