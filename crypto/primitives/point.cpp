#include "crypto/primitives/point.h"

#include <sodium.h>

#include "crypto/codes/base.h"
#include "crypto/primitives/random.h"

namespace tuixuan::primitives {

bool is_point(std::span<const std::uint8_t, 32> bytes) {
  return (bytes[31] & 0x80) == 0 && crypto_core_ristretto255_is_valid_point(bytes.data()) == 1 &&
         sodium_is_zero(bytes.data(), bytes.size()) == 0;
}

Result<Point> Point::decode(ByteView bytes) {
  if (bytes.size() != kSize)
    return fail(code::plain::point, "a point has 32 bytes, not " + std::to_string(bytes.size()));
  Point out;
  std::memcpy(out.bytes_.data(), bytes.data(), kSize);
  if (!is_point(out.bytes_))
    return fail(code::plain::point, "not the canonical encoding of a group element, or the identity");
  return out;
}

Point Point::from_hash(const Hash64& wide) {
  Point out;
  crypto_core_ristretto255_from_hash(out.bytes_.data(), wide.bytes.data());
  return out;
}

// libsodium answers -1 when the product is the identity (a zero scalar, say) and leaves 32 zero bytes, which are the
// identity's encoding. That is the right value here, so the status carries no news: every Point is valid already.
Point Point::base(const Scalar& s) {
  Point out;
  [[maybe_unused]] const int status = crypto_scalarmult_ristretto255_base(out.bytes_.data(), s.bytes().data());
  return out;
}

Point Point::base(const SecretScalar& s) {
  Point out;
  [[maybe_unused]] const int status = crypto_scalarmult_ristretto255_base(out.bytes_.data(), s.reveal().data());
  return out;
}

const Point& Point::generator() {
  static const Point g = base(Scalar::of(1));
  return g;
}

Point operator+(const Point& a, const Point& b) {
  Point out;
  if (crypto_core_ristretto255_add(out.bytes_.data(), a.bytes_.data(), b.bytes_.data()) != 0)
    bug("a sum of invalid points");
  return out;
}

Point operator-(const Point& a, const Point& b) {
  Point out;
  if (crypto_core_ristretto255_sub(out.bytes_.data(), a.bytes_.data(), b.bytes_.data()) != 0)
    bug("a difference of invalid points");
  return out;
}

Point operator*(const Scalar& s, const Point& p) {
  Point out;
  [[maybe_unused]] const int status =
      crypto_scalarmult_ristretto255(out.bytes_.data(), s.bytes().data(), p.bytes_.data());
  return out;
}

Point operator*(const SecretScalar& s, const Point& p) {
  Point out;
  [[maybe_unused]] const int status =
      crypto_scalarmult_ristretto255(out.bytes_.data(), s.reveal().data(), p.bytes_.data());
  return out;
}

}  // namespace tuixuan::primitives
