// Sums of many points, over several threads: each libsodium addition decodes and encodes, so the terms dominate.
#pragma once

#include <functional>

#include "crypto/primitives/point.h"

namespace tuixuan::proofs {

// Sum of term(i) for i in 0..n-1.
primitives::Point sum_points(std::size_t n, unsigned threads,
                             const std::function<primitives::Point(std::size_t)>& term);

}  // namespace tuixuan::proofs
