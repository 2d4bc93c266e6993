#include "crypto/proofs/generators.h"

#include <mutex>

#include "crypto/base/parallel.h"
#include "crypto/proofs/transcript.h"

namespace tuixuan::proofs {

using primitives::Point;

Point generator(std::uint64_t i) { return Point::from_hash(Framed("gen").u64(i).finish()); }

std::shared_ptr<const std::vector<Point>> generators(std::size_t n, unsigned threads) {
  static std::mutex mutex;
  static std::shared_ptr<const std::vector<Point>> known = std::make_shared<std::vector<Point>>();
  const std::lock_guard lock(mutex);
  if (known->size() > n) return known;
  auto more = std::make_shared<std::vector<Point>>(*known);
  const std::size_t old = more->size();
  more->resize(n + 1);
  parallel_for(n + 1 - old, threads, [&](std::size_t i) { (*more)[old + i] = generator(old + i); });
  known = more;
  return known;
}

}  // namespace tuixuan::proofs
