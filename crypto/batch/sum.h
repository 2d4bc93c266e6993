// The sum of many multiples of points, s_1 P_1 + ... + s_n P_n, of public data: by buckets (Pippenger), so that a term
// costs a few additions and no doubling. Time and the order of memory depend on the scalars.
#pragma once

#include <vector>

#include "crypto/batch/engine.h"
#include "crypto/primitives/point.h"

namespace tuixuan::batch {

class Sum {
 public:
  void reserve(std::size_t terms);
  // The point must stay where it is until the sum is taken.
  void add(const primitives::Scalar& s, const primitives::Point& p);
  void add(const primitives::Scalar& s, const Coordinates& p);
  void add_base(const primitives::Scalar& s) { base_ = base_ + s; }  // s G
  std::size_t terms() const { return scalars_.size(); }

  bool is_identity(unsigned threads);  // of ristretto255
  primitives::Point value(unsigned threads);

 private:
  Extended evaluate(unsigned threads);
  std::vector<primitives::Scalar> scalars_;
  std::vector<const Coordinates*> points_;
  std::vector<std::pair<std::size_t, const primitives::Point*>> undecoded_;  // term, its point
  std::vector<Coordinates> decoded_;
  primitives::Scalar base_;
};

const Coordinates& base_coordinates();  // of the base point of Ed25519, which is G as well

}  // namespace tuixuan::batch
