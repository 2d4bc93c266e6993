// Elements of ristretto255 (RFC 9496) by their 32-byte encoding: equal elements are equal bytes.
// decode() is the one door for bytes from outside. It refuses bit 255 (libsodium 1.0.18 lets it pass, so that each
// point would have two byte strings), every non-canonical encoding, and the identity: no honest published point is the
// identity (crypto/README.md, "Strict decoding"). As an intermediate value the identity is legal here, and a product
// that is the identity is no error. All multiplications are constant time. Many are decoded at once in crypto/batch,
// which keeps the coordinates with them.
#pragma once

#include "crypto/primitives/coordinates.h"
#include "crypto/primitives/scalar.h"

namespace tuixuan::batch {
class PointMaker;
}

namespace tuixuan::primitives {

class Point {
 public:
  static constexpr std::size_t kSize = 32;
  Point() = default;                                          // the identity, 32 zero bytes
  [[nodiscard]] static Result<Point> decode(ByteView bytes);  // errors: "point"
  static Point from_hash(const Hash64& wide);                 // RFC 9496 section 4.3.4: nobody knows its logarithm
  static Point base(const Scalar& s);                         // sG
  static Point base(const SecretScalar& s);
  static const Point& generator();  // G
  const ByteArray<32>& bytes() const { return bytes_; }
  ByteView view() const { return bytes_; }
  bool is_identity() const { return *this == Point{}; }
  const Coordinates& coordinates() const { return coordinates_; }  // where known: of public points decoded in a batch

  friend Point operator+(const Point& a, const Point& b);
  friend Point operator-(const Point& a, const Point& b);
  friend Point operator*(const Scalar& s, const Point& p);
  friend Point operator*(const SecretScalar& s, const Point& p);
  friend auto operator<=>(const Point& a, const Point& b) { return a.bytes_ <=> b.bytes_; }
  friend bool operator==(const Point& a, const Point& b) { return a.bytes_ == b.bytes_; }
  Point& operator+=(const Point& b) { return *this = *this + b; }

 private:
  friend class SecretPoint;
  friend class batch::PointMaker;
  ByteArray<32> bytes_{};
  Coordinates coordinates_;
};

// A point that must not be seen: an encoded choice, a shared secret. Wiped when it goes.
class SecretPoint {
 public:
  explicit SecretPoint(const Point& p) : point_(p) {}
  SecretPoint(SecretPoint&& o) noexcept : point_(o.point_) { wipe(o.point_.bytes_); }
  SecretPoint& operator=(SecretPoint&& o) noexcept {
    if (this != &o) {
      point_ = o.point_;
      wipe(o.point_.bytes_);
    }
    return *this;
  }
  SecretPoint(const SecretPoint&) = delete;
  SecretPoint& operator=(const SecretPoint&) = delete;
  ~SecretPoint() { wipe(point_.bytes_); }
  const Point& reveal() const { return point_; }

 private:
  Point point_;
};

// True if bytes are the canonical encoding of any element but the identity; as decode(), without an error text.
bool is_point(std::span<const std::uint8_t, 32> bytes);

}  // namespace tuixuan::primitives
