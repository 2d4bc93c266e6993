#include "tally/election/bodies.h"

#include "crypto/primitives/hash.h"

namespace tuixuan::election {

ObjectRef ObjectRef::of(ByteView bytes) { return {primitives::sha256(bytes), bytes.size()}; }

}  // namespace tuixuan::election
