// Tests wait for events. How long they wait at most stands here and nowhere else: so long that only a hang gets there,
// on a machine many times slower than yours with others at work on it.
#pragma once

#include <chrono>
#include <cstdlib>
#include <thread>

namespace tuixuan::kit {

// TUIXUAN_HANG=SECONDS where tests are run that must fail (tests/seen_before).
inline const std::chrono::seconds kHang{
    std::getenv("TUIXUAN_HANG") == nullptr ? 900 : std::atoi(std::getenv("TUIXUAN_HANG"))};

// True as soon as done() is; false when only a hang can be the cause, or as soon as hopeless() is.
template <typename Done, typename Hopeless>
bool wait_until(Done&& done, Hopeless&& hopeless, std::chrono::milliseconds pause = std::chrono::milliseconds(10)) {
  const auto end = std::chrono::steady_clock::now() + kHang;
  while (!done()) {
    if (hopeless() || std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(pause);
  }
  return true;
}

template <typename Done>
bool wait_until(Done&& done) {
  return wait_until(done, [] { return false; });
}

}  // namespace tuixuan::kit
