// Opening a sealed file: only the true bytes open. Files that ask for more than 64 KiB or one pass are left out, so
// that the fuzzer does not spend its time in Argon2; that they are bounded is an ordinary test.
#include "crypto/codes/base.h"
#include "crypto/primitives/seal.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

std::uint64_t number_at(ByteView bytes, std::size_t at) {
  std::uint64_t v = 0;
  for (std::size_t i = 0; i < 8; ++i) v |= std::uint64_t{bytes[at + i]} << (8 * i);
  return v;
}

// Sealed once, so that a mutated copy of it can be told from the true one.
const Bytes& example() {
  static const Bytes sealed =
      primitives::seal(as_bytes("secret"), as_bytes("passphrase"), as_bytes("context"), {1, 8U << 10U}).value();
  return sealed;
}

void attempt(ByteView bytes) {
  if (bytes.size() >= 40 && (number_at(bytes, 24) > 1 || number_at(bytes, 32) > (64U << 10U))) return;
  const auto opened = primitives::open_seal(bytes, as_bytes("passphrase"), as_bytes("context"));
  if (opened) {
    fuzz::require(equal(bytes, example()), "only what was sealed opens");
  } else {
    fuzz::require(opened.error().check == code::seal::format || opened.error().check == code::seal::open,
                  "the refusal is named");
  }
}

}  // namespace

// The input itself as a file, and the input as a change (byte by byte xor) to a true file.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  attempt({data, size});
  Bytes changed = example();
  for (std::size_t i = 0; i < size && i < changed.size(); ++i) changed[i] ^= data[i];
  attempt(changed);
  return 0;
}
