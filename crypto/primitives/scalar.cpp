#include "crypto/primitives/scalar.h"

#include <sodium.h>

#include "crypto/primitives/random.h"

namespace tuixuan::primitives {

Scalar Scalar::of(std::uint64_t v) {
  Scalar out;
  for (std::size_t i = 0; i < 8; ++i) out.bytes_[i] = static_cast<std::uint8_t>(v >> (8 * i));
  return out;
}

Scalar Scalar::reduce(const Hash64& wide) {
  Scalar out;
  crypto_core_ristretto255_scalar_reduce(out.bytes_.data(), wide.bytes.data());
  return out;
}

Result<Scalar> Scalar::decode(ByteView bytes) {
  if (bytes.size() != kSize) return fail("scalar", "a scalar has 32 bytes, not " + std::to_string(bytes.size()));
  Hash64 wide{};
  std::memcpy(wide.bytes.data(), bytes.data(), kSize);
  Scalar out = reduce(wide);
  const bool canonical = equal_constant_time(out.bytes_, bytes);
  wipe(wide.bytes);
  if (!canonical) return fail("scalar", "not below the group order");
  return out;
}

Scalar Scalar::inverse() const {
  Scalar out;
  if (crypto_core_ristretto255_scalar_invert(out.bytes_.data(), bytes_.data()) != 0) bug("the inverse of zero");
  return out;
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ristretto255_scalar_add(out.bytes_.data(), a.bytes_.data(), b.bytes_.data());
  return out;
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ristretto255_scalar_sub(out.bytes_.data(), a.bytes_.data(), b.bytes_.data());
  return out;
}

Scalar operator*(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ristretto255_scalar_mul(out.bytes_.data(), a.bytes_.data(), b.bytes_.data());
  return out;
}

SecretScalar SecretScalar::random() {
  start();
  SecretScalar out;
  crypto_core_ristretto255_scalar_random(out.value_.bytes_.data());
  return out;
}

SecretScalar SecretScalar::of(const Scalar& v) { return SecretScalar(v); }
SecretScalar SecretScalar::copy() const { return SecretScalar(value_); }
SecretScalar SecretScalar::reduce(const Hash64& wide) { return SecretScalar(Scalar::reduce(wide)); }

Result<SecretScalar> SecretScalar::decode(ByteView bytes) {
  TUIXUAN_TRY(value, Scalar::decode(bytes));
  SecretScalar out(value);
  wipe(value.bytes_);
  return out;
}

SecretScalar operator+(const SecretScalar& a, const SecretScalar& b) { return SecretScalar(a.value_ + b.value_); }
SecretScalar operator-(const SecretScalar& a, const SecretScalar& b) { return SecretScalar(a.value_ - b.value_); }
SecretScalar operator*(const SecretScalar& a, const SecretScalar& b) { return SecretScalar(a.value_ * b.value_); }
SecretScalar operator*(const SecretScalar& a, const Scalar& b) { return SecretScalar(a.value_ * b); }

}  // namespace tuixuan::primitives
