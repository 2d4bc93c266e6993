// Equality of logarithms for many points at once: D_i = x a_i for all i, and X = xG (crypto/README.md, "Decryption").
//   w_i = HS("decrypt/w", S, u64(i), u64(m));  abar = sum w a;  Dbar = sum w D;
//   A = aG;  B = a abar;  c = HS("decrypt/c", S, abar, Dbar, A, B);  z = a + c x;  check zG = A + cX and z abar = B + c
//   Dbar.
// S must be a digest of everything, all D included: weights drawn before D was fixed would prove nothing.
#pragma once

#include "crypto/batch/checking.h"
#include "crypto/proofs/transcript.h"

namespace tuixuan::proofs {

struct Equality {
  primitives::Point A;
  primitives::Point B;
  primitives::Scalar z;
  static constexpr std::size_t kSize = 96;
  friend bool operator==(const Equality&, const Equality&) = default;
};

// alphas and products row by row, width per row; their number is a multiple of width.
struct EqualityStatement {
  const Hash64& digest;
  std::span<const primitives::Point> alphas;
  std::span<const primitives::Point> products;
  std::size_t width;
};

Equality prove_equality(const EqualityStatement&, const primitives::SecretScalar& x, unsigned threads);
Equality prove_equality_with(const EqualityStatement&, const primitives::SecretScalar& x,
                             const primitives::SecretScalar& a, unsigned threads);
// Merged: the sums by crypto/batch. The two equations themselves are always checked one by one.
bool verify_equality(const EqualityStatement&, const primitives::Point& X, const Equality& proof, unsigned threads,
                     batch::Checking checking = batch::Checking::merged);

}  // namespace tuixuan::proofs
