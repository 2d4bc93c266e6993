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
void one_twice(Extended& p) { stored(One::twice(loaded(p)), p); }

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

constinit const Engine kPlainPath = engine_of<Plain>("plain");

}  // namespace tuixuan::batch
