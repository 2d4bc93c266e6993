// A log replayed with everything that is known set down as bytes and read back after each entry, beside a plain replay:
// what a snapshot forgets shows at the entry that first needs it, or at once.
#pragma once

#include "tally/election/fold.h"

namespace tuixuan::kit {

// From the fold `begin` over these entries of a log. Empty if both come to the same state at every entry, else where
// they part.
std::string through_snapshots(election::Fold begin, std::span<const Bytes> entries, const election::Objects& objects);

}  // namespace tuixuan::kit
