#include "crypto/proofs/generators.h"

#include "crypto/base/mutex.h"
#include "crypto/base/parallel.h"
#include "crypto/batch/decode.h"
#include "crypto/proofs/transcript.h"

namespace tuixuan::proofs {

using primitives::Point;

static Hash64 generator_hash(std::uint64_t i) { return Framed("gen").u64(i).finish(); }

Point generator(std::uint64_t i) { return Point::from_hash(generator_hash(i)); }

namespace {

// A list that grows and is kept; make(first, n) gives its items from `first` on.
template <class T>
class Kept {
 public:
  template <class Make>
  std::shared_ptr<const std::vector<T>> up_to(std::size_t n, const Make& make) {
    const Lock lock(mutex_);
    if (known_->size() > n) return known_;
    auto more = std::make_shared<std::vector<T>>(*known_);
    const std::vector<T> fresh = make(more->size(), n + 1 - more->size());
    more->insert(more->end(), fresh.begin(), fresh.end());
    known_ = more;
    return known_;
  }

 private:
  Mutex mutex_;
  std::shared_ptr<const std::vector<T>> known_ TUIXUAN_GUARDED_BY(mutex_) = std::make_shared<std::vector<T>>();
};

}  // namespace

std::shared_ptr<const std::vector<Point>> generators(std::size_t n, unsigned threads) {
  static Kept<Point> kept;
  return kept.up_to(n, [&](std::size_t first, std::size_t count) {
    std::vector<Point> out(count);
    parallel_for(count, threads, [&](std::size_t i) { out[i] = generator(first + i); });
    return out;
  });
}

std::shared_ptr<const std::vector<primitives::Coordinates>> generator_elements(std::size_t n, unsigned threads) {
  static Kept<primitives::Coordinates> kept;
  return kept.up_to(n, [&](std::size_t first, std::size_t count) {
    std::vector<Hash64> hashes(count);
    for (std::size_t i = 0; i < count; ++i) hashes[i] = generator_hash(first + i);
    return batch::elements_from_hashes(hashes, threads);
  });
}

}  // namespace tuixuan::proofs
