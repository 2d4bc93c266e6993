// Sealed ballots and the openings of challenged ones: one byte string each.
#include "crypto/protocol/ballot.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  fuzz::require_canonical(bytes, protocol::BallotBody::decode(bytes), "ballot");
  fuzz::require_canonical(bytes, protocol::BallotOpening::decode(bytes), "opening");
  return 0;
}
