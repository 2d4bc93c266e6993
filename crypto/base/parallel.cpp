#include "crypto/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace tuixuan {

unsigned hardware_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

void parallel_for(std::size_t n, unsigned threads, const std::function<void(std::size_t)>& body, std::size_t grain) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t from = next.fetch_add(grain); from < n; from = next.fetch_add(grain))
      for (std::size_t i = from; i < std::min(n, from + grain); ++i) body(i);
  };
  const std::size_t wanted = std::min<std::size_t>(threads, (n + grain - 1) / grain);
  std::vector<std::thread> others;
  for (std::size_t t = 1; t < wanted; ++t) others.emplace_back(work);
  work();
  for (auto& t : others) t.join();
}

}  // namespace tuixuan
