// What a machine keeps of the log it has verified. The MAC before it is not in the way here.
#include "crypto/codes/client.h"
#include "tally/snapshot/state_bytes.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto state = snapshot::decode_state(bytes);
  if (state) {
    fuzz::require(equal(snapshot::encode_state(*state), bytes), "a state has one spelling");
  } else {
    fuzz::require(state.error().check == code::snapshot::damaged, "a refusal names its check");
  }
  return 0;
}
