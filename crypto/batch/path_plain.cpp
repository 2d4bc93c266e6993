// The path for every processor, and the few operations on single points.
#include "crypto/batch/kernel.h"
#include "crypto/batch/paths.h"
#include "crypto/batch/word_plain.h"

namespace tuixuan::batch {

using One = Kernel<Plain>;

static One::Point loaded(const Extended& p) {
  const Extended* const from[1] = {&p};
  return One::load_points(from);
}

static void stored(const One::Point& p, Extended& out) {
  Extended* const to[1] = {&out};
  One::store_points(p, to, 1);
}

void one_add(Extended& sum, const Extended& p) { stored(One::add(loaded(sum), loaded(p)), sum); }
void one_twice(Extended& p, unsigned times) { stored(One::twice(loaded(p), times), p); }

Extended neutral() {
  Extended out;
  stored(One::identity(), out);
  return out;
}

Extended from_coordinates(const Coordinates& c) {
  using Fi = Field<Plain>;
  const Fe<Plain> x = Fi::from_words(c.x[0], c.x[1], c.x[2], c.x[3]);
  const Fe<Plain> y = Fi::from_words(c.y[0], c.y[1], c.y[2], c.y[3]);
  Extended out;
  stored({x, y, Fi::one(), Fi::mul(x, y)}, out);
  return out;
}

bool is_neutral(const Extended& e) {
  const One::Point p = loaded(e);
  return (Field<Plain>::is_zero(p.X) & Field<Plain>::is_equal(p.Y, p.Z)) != 0;
}

bool is_identity_element(const Extended& e) {
  const One::Point p = loaded(e);
  return (Field<Plain>::is_zero(p.X) | Field<Plain>::is_zero(p.Y)) != 0;
}

void make_fixed_table(const Coordinates& point, Prepared* table) {
  using Fi = Field<Plain>;
  constexpr std::size_t n = kSecretDigits * kDigitMultiples;
  One::Point multiple[n];
  Fe<Plain> before[n];  // the product of all Z before this one
  Fe<Plain> product = Fi::one();
  const Extended once = from_coordinates(point);
  One::Point first = loaded(once);  // of a row
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0 && i % kDigitMultiples == 0) first = One::twice(multiple[i - 1]);
    multiple[i] = i % kDigitMultiples == 0 ? first : One::add(multiple[i - 1], first);
    before[i] = product;
    product = Fi::mul(product, multiple[i].Z);
  }
  const Fe<Plain> whole[1] = {product};
  Fe<Plain> inverse[1];
  Fi::inverse(inverse, whole);
  for (std::size_t i = n; i-- > 0;) {
    const Fe<Plain> z = Fi::mul(inverse[0], before[i]);
    inverse[0] = Fi::mul(inverse[0], multiple[i].Z);
    const Fe<Plain> x = Fi::mul(multiple[i].X, z);
    const Fe<Plain> y = Fi::mul(multiple[i].Y, z);
    const Fe<Plain> parts[3] = {Fi::carry(Fi::add(y, x)), Fi::carry(Fi::sub(y, x)),
                                Fi::mul(Fi::mul(x, y), Fi::twice_d())};
    for (std::size_t j = 0; j < 3; ++j)
      for (std::size_t k = 0; k < 5; ++k) table[i].limbs[5 * j + k] = parts[j].v[k];
    table[i].limbs[15] = 0;
  }
}

constinit const Engine kPlainPath = engine_of<Plain>("plain");

}  // namespace tuixuan::batch
