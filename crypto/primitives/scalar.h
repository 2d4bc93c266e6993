// Integers modulo the group order l = 2^252 + 27742317777372353535851937790883648493, 32 bytes little-endian
// (crypto/README.md, "Group"). Scalar is public; SecretScalar is wiped when it goes and leaves only through publish().
// libsodium 1.0.18 accepts scalars >= l; decode() does not: one scalar has one byte string.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/primitives/secret.h"

namespace tuixuan::primitives {

class SecretScalar;

class Scalar {
 public:
  static constexpr std::size_t kSize = 32;
  Scalar() = default;  // zero
  static Scalar of(std::uint64_t v);
  static Scalar of_128(std::span<const std::uint8_t, 16> v);   // little-endian
  static Scalar reduce(const Hash64& wide);                    // 512 bits, little-endian, mod l
  [[nodiscard]] static Result<Scalar> decode(ByteView bytes);  // error "scalar": not 32 bytes, or not below l
  const ByteArray<32>& bytes() const { return bytes_; }
  bool is_zero() const { return *this == Scalar{}; }
  Scalar inverse() const;  // of a value that is not zero

  friend Scalar operator+(const Scalar& a, const Scalar& b);
  friend Scalar operator-(const Scalar& a, const Scalar& b);
  friend Scalar operator*(const Scalar& a, const Scalar& b);
  friend auto operator<=>(const Scalar&, const Scalar&) = default;

 private:
  friend class SecretScalar;
  ByteArray<32> bytes_{};
};

class SecretScalar {
 public:
  SecretScalar() = default;                 // zero
  static SecretScalar random();             // uniform, never zero
  static SecretScalar of(const Scalar& v);  // a public value in a secret computation
  static SecretScalar reduce(const Hash64& wide);
  [[nodiscard]] static Result<SecretScalar> decode(ByteView bytes);  // from an opened key file; errors as Scalar
  SecretScalar copy() const;
  const ByteArray<32>& reveal() const { return value_.bytes_; }
  Scalar publish() const { return value_; }  // for values made to be public: responses, opened challenges

  SecretScalar(SecretScalar&& o) noexcept : value_(o.value_) { wipe(o.value_.bytes_); }
  SecretScalar& operator=(SecretScalar&& o) noexcept {
    if (this != &o) {
      value_ = o.value_;
      wipe(o.value_.bytes_);
    }
    return *this;
  }
  SecretScalar(const SecretScalar&) = delete;
  SecretScalar& operator=(const SecretScalar&) = delete;
  ~SecretScalar() { wipe(value_.bytes_); }

  friend SecretScalar operator+(const SecretScalar& a, const SecretScalar& b);
  friend SecretScalar operator-(const SecretScalar& a, const SecretScalar& b);
  friend SecretScalar operator*(const SecretScalar& a, const SecretScalar& b);
  friend SecretScalar operator*(const SecretScalar& a, const Scalar& b);
  friend SecretScalar operator*(const Scalar& a, const SecretScalar& b) { return b * a; }

 private:
  explicit SecretScalar(const Scalar& v) : value_(v) {}
  Scalar value_;
};

}  // namespace tuixuan::primitives
