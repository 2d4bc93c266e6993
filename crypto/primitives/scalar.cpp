#include "crypto/primitives/scalar.h"

#include <sodium.h>

#include "crypto/codes/base.h"
#include "crypto/primitives/random.h"

namespace tuixuan::primitives {

Scalar Scalar::of(std::uint64_t v) {
  Scalar out;
  for (std::size_t i = 0; i < 8; ++i) out.bytes_[i] = static_cast<std::uint8_t>(v >> (8 * i));
  return out;
}

Scalar Scalar::of_128(std::span<const std::uint8_t, 16> v) {
  Scalar out;
  std::memcpy(out.bytes_.data(), v.data(), v.size());
  return out;
}

Scalar Scalar::reduce(const Hash64& wide) {
  Scalar out;
  crypto_core_ristretto255_scalar_reduce(out.bytes_.data(), wide.bytes.data());
  return out;
}

Scalar Scalar::inverse() const {
  Scalar out;
  if (crypto_core_ristretto255_scalar_invert(out.bytes_.data(), bytes_.data()) != 0) bug("the inverse of zero");
  return out;
}

// Sums and differences of values below l take one conditional correction, by a mask: libsodium reduces 512 bits for
// each, which costs twenty times as much. Constant time.
namespace {

using Words = std::array<std::uint64_t, 4>;
constexpr Words kOrder{0x5812631a5cf5d3edU, 0x14def9dea2f79cd6U, 0, 0x1000000000000000U};

std::uint64_t load(const std::uint8_t* b) {
  std::uint64_t v = 0;
  for (std::size_t i = 8; i-- > 0;) v = (v << 8U) | b[i];
  return v;
}

Words words_of(const ByteArray<32>& b) {
  return {load(b.data()), load(b.data() + 8), load(b.data() + 16), load(b.data() + 24)};
}

ByteArray<32> bytes_of(const Words& w) {
  ByteArray<32> b;
  for (std::size_t i = 0; i < 32; ++i) b[i] = static_cast<std::uint8_t>(w[i / 8] >> (8 * (i % 8)));
  return b;
}

__extension__ using Wide = unsigned __int128;

std::uint64_t add(Words& a, const Words& b, std::uint64_t mask) {  // the carry
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide sum = static_cast<Wide>(a[i]) + (b[i] & mask) + carry;
    a[i] = static_cast<std::uint64_t>(sum);
    carry = static_cast<std::uint64_t>(sum >> 64U);
  }
  return carry;
}

std::uint64_t subtract(Words& a, const Words& b) {  // the borrow
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Wide difference = static_cast<Wide>(a[i]) - b[i] - borrow;
    a[i] = static_cast<std::uint64_t>(difference);
    borrow = static_cast<std::uint64_t>(difference >> 64U) & 1U;
  }
  return borrow;
}

constexpr std::uint64_t kAll = ~std::uint64_t{0};

}  // namespace

Result<Scalar> Scalar::decode(ByteView bytes) {
  if (bytes.size() != kSize)
    return fail(code::plain::scalar, "a scalar has 32 bytes, not " + std::to_string(bytes.size()));
  Scalar out;
  std::memcpy(out.bytes_.data(), bytes.data(), kSize);
  Words words = words_of(out.bytes_);
  const bool below = subtract(words, kOrder) == 1;
  wipe({reinterpret_cast<std::uint8_t*>(words.data()), sizeof words});
  if (!below) return fail(code::plain::scalar, "not below the group order");
  return out;
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  Words sum = words_of(a.bytes_);
  add(sum, words_of(b.bytes_), kAll);
  add(sum, kOrder, std::uint64_t{0} - subtract(sum, kOrder));
  Scalar out;
  out.bytes_ = bytes_of(sum);
  return out;
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  Words difference = words_of(a.bytes_);
  const std::uint64_t borrow = subtract(difference, words_of(b.bytes_));
  add(difference, kOrder, std::uint64_t{0} - borrow);
  Scalar out;
  out.bytes_ = bytes_of(difference);
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
