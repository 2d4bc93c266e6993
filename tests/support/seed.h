// The seed of a run: what a test draws at random, keys and nonces included, follows from it. It is printed when a test
// program starts; TUIXUAN_SEED=<what was printed> draws the same again (in one thread; threads take turns as they
// will).
#pragma once

#include <cstdint>

namespace tuixuan::kit {

std::uint64_t seed_of_run();
// For a test whose draws are the same in every run unless somebody asks: TUIXUAN_SEED if it is set, else this.
std::uint64_t seed_or(std::uint64_t usual);
// From here on what is drawn follows from this number, too: the same number draws the same again.
void draw_again(std::uint64_t number);

}  // namespace tuixuan::kit
