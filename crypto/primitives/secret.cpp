#include "crypto/primitives/secret.h"

#include <sodium.h>

namespace tuixuan::primitives {

void wipe(std::span<std::uint8_t> bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

void wipe_stack() { sodium_stackzero(65536); }

bool equal_constant_time(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace tuixuan::primitives
