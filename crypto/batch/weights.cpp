#include "crypto/batch/weights.h"

#include "crypto/primitives/random.h"

namespace tuixuan::batch {

using primitives::Scalar;

std::vector<Scalar> draw_weights(std::size_t n) {
  Bytes random(16 * n);
  primitives::fill_random(random);
  std::vector<Scalar> out;
  out.reserve(n);
  for (std::size_t i = 0; i < n; ++i) out.push_back(Scalar::of_128(std::span(random).subspan(16 * i).first<16>()));
  return out;
}

}  // namespace tuixuan::batch
