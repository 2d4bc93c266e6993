// Schnorr proof of possession of x for X = xG in a context (crypto/README.md, "Proof of possession"):
//   A = aG;  c = HS(label, context, X, A);  z = a + c x;  published (A, z);  check zG = A + cX.
#pragma once

#include "crypto/proofs/transcript.h"

namespace tuixuan::proofs {

struct Possession {
  primitives::Point A;
  primitives::Scalar z;
  static constexpr std::size_t kSize = 64;
  friend bool operator==(const Possession&, const Possession&) = default;
};

Possession prove_possession(std::string_view label, ByteView context, const primitives::SecretScalar& x,
                            const primitives::Point& X);
Possession prove_possession_with(std::string_view label, ByteView context, const primitives::SecretScalar& x,
                                 const primitives::Point& X, const primitives::SecretScalar& a);
bool verify_possession(std::string_view label, ByteView context, const primitives::Point& X, const Possession& proof);

}  // namespace tuixuan::proofs
