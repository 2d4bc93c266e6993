// H(tag, x_1, ..., x_m) = SHA-512( f("EVR255/1") | f(tag) | f(x_1) | ... | f(x_m) ), f(x) = u64 length, x: the framing
// makes it injective (crypto/README.md, "Hashing"). Every use has a label of its own in the one list below; a test
// holds them apart.
#pragma once

#include "crypto/primitives/hash.h"
#include "crypto/primitives/point.h"

namespace tuixuan::proofs {

inline constexpr std::string_view kProtocol = "EVR255/1";

std::span<const std::string_view> all_labels();

class Framed {
 public:
  explicit Framed(std::string_view label);  // must be in the list
  Framed& add(ByteView x);
  Framed& text(std::string_view x) { return add(as_bytes(x)); }
  Framed& u64(std::uint64_t x);
  Framed& point(const primitives::Point& x) { return add(x.view()); }
  Framed& points(std::span<const primitives::Point> x);  // one item: u64 count, the points
  Hash64 finish() { return hash_.finish(); }
  primitives::Scalar challenge() { return primitives::Scalar::reduce(finish()); }

  // An item too large to build in memory: its length first, then its parts.
  Framed& begin(std::uint64_t length);
  Framed& part(ByteView x);

 private:
  primitives::Sha512Stream hash_;
};

// A nonce that stays secret even if the generator fails: H("nonce", secret, 32 fresh bytes, statement digest) mod l.
primitives::SecretScalar hedged_nonce(ByteView secret, const Hash64& statement);

}  // namespace tuixuan::proofs
