// The only randomness of the appliance: libsodium's generator, which is the operating system's.
#pragma once

#include "crypto/base/bytes.h"

namespace tuixuan::primitives {

void start();  // sodium_init; safe to call often and from any thread; every function that needs it calls it
void fill_random(std::span<std::uint8_t> out);
std::uint32_t random_below(std::uint32_t bound);  // uniform in 0..bound-1, by rejection; bound >= 1

}  // namespace tuixuan::primitives
