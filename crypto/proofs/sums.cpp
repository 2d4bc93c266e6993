#include "crypto/proofs/sums.h"

#include "crypto/base/parallel.h"

namespace tuixuan::proofs {

using primitives::Point;

Point sum_points(std::size_t n, unsigned threads, const std::function<Point(std::size_t)>& term) {
  constexpr std::size_t kRun = 4;  // terms summed by one step of the loop below
  std::vector<Point> partial((n + kRun - 1) / kRun);
  parallel_for(partial.size(), threads, [&](std::size_t p) {
    Point sum = term(kRun * p);
    for (std::size_t i = kRun * p + 1; i < std::min(n, kRun * (p + 1)); ++i) sum += term(i);
    partial[p] = sum;
  });
  if (partial.empty()) return Point{};
  Point sum = partial[0];
  for (std::size_t p = 1; p < partial.size(); ++p) sum += partial[p];
  return sum;
}

}  // namespace tuixuan::proofs
