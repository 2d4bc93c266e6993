// The messages of the key ceremony and what a trustee keeps of it: one byte string each.
#include "crypto/protocol/ceremony_secret.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  fuzz::require_canonical(bytes, protocol::CeremonyCommit::decode(bytes), "ceremony commit");
  fuzz::require_canonical(bytes, protocol::CeremonyShare::decode(bytes), "ceremony share");
  fuzz::require_canonical(bytes, protocol::CeremonyConfirm::decode(bytes), "ceremony confirm");
  if (const auto secret = protocol::CeremonySecret::decode(bytes))
    fuzz::require(equal(secret->encode().reveal(), bytes), "ceremony secret");
  return 0;
}
