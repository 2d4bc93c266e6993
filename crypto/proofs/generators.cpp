#include "crypto/proofs/generators.h"

#include "crypto/base/mutex.h"
#include "crypto/base/parallel.h"
#include "crypto/proofs/transcript.h"

namespace tuixuan::proofs {

using primitives::Point;

Point generator(std::uint64_t i) { return Point::from_hash(Framed("gen").u64(i).finish()); }

namespace {

struct Known {
  Mutex mutex;
  std::shared_ptr<const std::vector<Point>> points TUIXUAN_GUARDED_BY(mutex) = std::make_shared<std::vector<Point>>();
};

}  // namespace

std::shared_ptr<const std::vector<Point>> generators(std::size_t n, unsigned threads) {
  static Known known;
  const Lock lock(known.mutex);
  if (known.points->size() > n) return known.points;
  auto more = std::make_shared<std::vector<Point>>(*known.points);
  const std::size_t old = more->size();
  more->resize(n + 1);
  parallel_for(n + 1 - old, threads, [&](std::size_t i) { (*more)[old + i] = generator(old + i); });
  known.points = more;
  return more;
}

}  // namespace tuixuan::proofs
