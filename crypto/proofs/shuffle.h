// Verifiable shuffle of Terelius and Wikström for rows of w ciphertexts (crypto/README.md, "Mixing"): the output is a
// re-encryption of the input in a secret order, nothing added, dropped, changed or moved between rows. The proof
// publishes its commitments, so that many proofs can be checked in one sum. Checks V13.shape and V13.E1 to V13.E5, in
// that order.
#pragma once

#include <vector>

#include "crypto/batch/checking.h"
#include "crypto/proofs/transcript.h"

namespace tuixuan::proofs {

struct Ciphertext {  // ElGamal under Y: alpha = rG, beta = M + rY
  primitives::Point alpha;
  primitives::Point beta;
  static constexpr std::size_t kSize = 64;
  friend auto operator<=>(const Ciphertext&, const Ciphertext&) = default;
};
using Row = std::vector<Ciphertext>;

// The item cts(rows) of a transcript: u64 N | u64 w | rows.
void add_rows(Framed& transcript, std::span<const Row> rows);

struct ShuffleProof {
  std::vector<primitives::Point> c;      // N: permutation commitments, by input
  std::vector<primitives::Point> c_hat;  // N: commitment chain
  primitives::Point t1, t2, t3;
  Row t4;                                // w
  std::vector<primitives::Point> t_hat;  // N
  primitives::Scalar s1, s2, s3;
  std::vector<primitives::Scalar> s4;       // w
  std::vector<primitives::Scalar> s_hat;    // N
  std::vector<primitives::Scalar> s_prime;  // N
  friend bool operator==(const ShuffleProof&, const ShuffleProof&) = default;
};

struct ShuffleStatement {
  Hash64 context;  // tctx
  std::string_view contest;
  std::uint64_t position;  // along the chain, from 1
  std::uint64_t mixer;     // trustee index
  const primitives::Point& Y;
  std::span<const Row> input;
  std::span<const Row> output;
};

struct Shuffled {
  std::vector<Row> output;
  ShuffleProof proof;
};

// Draws permutation and randomness; input has N >= 1 rows of one width >= 1. The output of the statement is not read.
Shuffled shuffle(const ShuffleStatement& statement, unsigned threads);

// Merged: all equations in one sum; only if that fails the exact check, which names the equation.
[[nodiscard]] Result<void> verify_shuffle(const ShuffleStatement& statement, const ShuffleProof& proof,
                                          unsigned threads, batch::Checking checking = batch::Checking::merged);

// Shared by prover and verifier.
Hash64 shuffle_digest(const ShuffleStatement&, std::span<const primitives::Point> c);               // S
std::vector<primitives::Scalar> shuffle_weights(const Hash64& S, std::size_t n, unsigned threads);  // u_1 .. u_N
primitives::Scalar shuffle_challenge(const Hash64& S, const ShuffleProof&);                         // x
// E1 to E5 all hold, but for 2^-128; the shape has been checked. u = u_1 .. u_N.
bool merged_shuffle_holds(const ShuffleStatement&, const ShuffleProof&, std::span<const primitives::Scalar> u,
                          const primitives::Scalar& x, unsigned threads);

}  // namespace tuixuan::proofs
