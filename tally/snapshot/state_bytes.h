// The fold's state as bytes and back, so that a machine can go on from what it has verified instead of replaying the
// log from entry 0. Every member of every struct is taken by reflection: a member that is added is kept without a line
// here, and a type that cannot be kept does not compile. The bytes are no format of the record: only the program that
// wrote them reads them, and only under a MAC of its own machine (tally/snapshot/snapshot_file.h), for points are not
// decoded again. They hold what the log made public and nothing else.
#pragma once

#include "tally/election/state.h"

namespace tuixuan::snapshot {

Bytes encode_state(const election::State&);
// decode(encode(s)) is s, and no other bytes are taken: sets and maps ascend, numbers have one spelling. Errors:
// "snapshot.damaged".
[[nodiscard]] Result<election::State> decode_state(ByteView);

}  // namespace tuixuan::snapshot
