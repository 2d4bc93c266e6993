// Random walks over the state machine of a congress (thread_walk.h): the fold takes exactly what the written rules
// allow, and a second fold that reads the log comes to the same state. TUIXUAN_WALK_STEPS sets how many steps (quick
// default 4,000), TUIXUAN_WALK_SEED the first seed; a failure prints its own.
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/tally/thread_walk.h"

namespace tuixuan::walk {
namespace {

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

TEST(ThreadModel, TheFoldTakesWhatTheRulesAllow) {
  const std::uint64_t steps = number_from("TUIXUAN_WALK_STEPS", 4000);
  std::uint64_t seed = number_from("TUIXUAN_WALK_SEED", 1);
  std::printf("walks from seed %llu, %llu steps\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(steps));
  std::uint64_t done = 0;
  std::uint64_t taken = 0;
  std::uint64_t ended = 0;
  std::uint64_t walks = 0;
  std::map<Kind, Offers> offers;
  for (; done < steps; ++seed, ++walks) {
    Walk walk(seed);
    done += std::max<std::uint64_t>(1, walk.run(std::min<std::uint64_t>(600, steps - done)));
    taken += walk.taken();
    ended += walk.accepted() ? 1 : 0;
    for (const auto& [kind, n] : walk.offers()) {
      offers[kind].taken += n.taken;
      offers[kind].refused += n.refused;
    }
    ASSERT_EQ(walk.mismatch(), "") << "seed " << seed;
    ASSERT_EQ(walk.replay(), "") << "seed " << seed;
  }
  std::printf("%llu steps in %llu walks: %llu taken, %llu congresses accepted\n", static_cast<unsigned long long>(done),
              static_cast<unsigned long long>(walks), static_cast<unsigned long long>(taken),
              static_cast<unsigned long long>(ended));
  EXPECT_GT(ended, 0U);
  for (const auto& [kind, n] : offers) {
    std::printf("%-24s taken %8llu, refused %8llu\n", election::info(kind).name.data(),
                static_cast<unsigned long long>(n.taken), static_cast<unsigned long long>(n.refused));
    if (steps < 100'000) continue;  // a long walk comes to everything
    EXPECT_GT(n.taken, 0U) << election::info(kind).name;
    EXPECT_GT(n.refused, 0U) << election::info(kind).name;
  }
}

}  // namespace
}  // namespace tuixuan::walk
