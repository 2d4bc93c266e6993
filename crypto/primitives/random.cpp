#include "crypto/primitives/random.h"

#include <sodium.h>

namespace tuixuan::primitives {

void start() {
  static const int status = sodium_init();
  if (status < 0) bug("libsodium could not start");
}

void fill_random(std::span<std::uint8_t> out) {
  start();
  if (!out.empty()) randombytes_buf(out.data(), out.size());
}

std::uint32_t random_below(std::uint32_t bound) {
  start();
  return randombytes_uniform(bound);
}

}  // namespace tuixuan::primitives
