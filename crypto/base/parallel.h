// Runs body(i) for i in 0..n-1 on several threads and returns when all are done. The order is not defined; body must
// not throw. With one thread, or little to do, it runs on the caller's. Used where each item costs at least tens of
// microseconds.
#pragma once

#include <cstddef>
#include <functional>

namespace tuixuan {

void parallel_for(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& body);
unsigned hardware_threads();  // at least 1

}  // namespace tuixuan
