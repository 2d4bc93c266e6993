// Sums of public points times secret scalars, many at once, in constant time (secret_kernel.h): what a mixer proves
// with. Which points and how many is public; of the scalars and of what is computed on the way nothing shows in time or
// in the order of memory, and all of it is wiped.
#pragma once

#include <initializer_list>
#include <vector>

#include "crypto/batch/engine.h"
#include "crypto/primitives/point.h"

namespace tuixuan::batch {

// A public point with a table of its multiples (64 kB), so that a multiple costs 64 additions and no doubling.
class FixedBase {
 public:
  explicit FixedBase(const Coordinates& point);
  static const FixedBase& generator();  // G
  const Prepared* table() const { return table_.data(); }

 private:
  std::vector<Prepared> table_;
};

struct FixedTerm {
  const FixedBase& base;
  std::span<const primitives::SecretScalar> scalars;
};

// For each i the sum over the terms (there is one) of scalars[i] times the base.
std::vector<primitives::Point> fixed_sums(std::initializer_list<FixedTerm> terms, unsigned threads);
// The same and start[i].
std::vector<primitives::Point> fixed_sums(std::span<const Coordinates> start, std::initializer_list<FixedTerm> terms,
                                          unsigned threads);

// The sum over i of scalars[i] times points[i].
primitives::Point secret_sum(std::span<const primitives::SecretScalar* const> scalars,
                             std::span<const Coordinates> points, unsigned threads);

}  // namespace tuixuan::batch
