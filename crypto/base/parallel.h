// Runs body(i) for i in 0..n-1 on several threads and returns when all are done. The order is not defined; body must
// not throw. With one thread, or little to do, it runs on the caller's. A thread takes `grain` items at a time: at
// least some hundred microseconds of work.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace tuixuan {

void parallel_for(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& body,
                  std::size_t grain = 16);
unsigned hardware_threads();  // at least 1

// For the first of several findings, whichever thread comes upon it.
inline void keep_least(std::atomic<std::size_t>& least, std::size_t i) {
  std::size_t known = least;
  while (i < known && !least.compare_exchange_weak(known, i)) {
  }
}

}  // namespace tuixuan
