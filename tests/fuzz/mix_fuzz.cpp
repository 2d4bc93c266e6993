// The records of mixes and partial decryptions: one byte string each.
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  fuzz::require_canonical(bytes, protocol::MixRecord::decode(bytes, 1), "mix");
  fuzz::require_canonical(bytes, protocol::DecryptionRecord::decode(bytes, 1), "decryption");
  return 0;
}
