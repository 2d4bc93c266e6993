#include "crypto/proofs/equality.h"

#include "crypto/base/parallel.h"
#include "crypto/proofs/sums.h"

namespace tuixuan::proofs {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

namespace {

struct Folded {
  Point alpha;    // abar
  Point product;  // Dbar
};

Folded fold(const EqualityStatement& s, unsigned threads) {
  std::vector<Scalar> weights(s.alphas.size());
  parallel_for(weights.size(), threads, [&](std::size_t k) {
    weights[k] = Framed("decrypt/w").add(s.digest.view()).u64(k / s.width + 1).u64(k % s.width + 1).challenge();
  });
  return {sum_points(weights.size(), threads, [&](std::size_t k) { return weights[k] * s.alphas[k]; }),
          sum_points(weights.size(), threads, [&](std::size_t k) { return weights[k] * s.products[k]; })};
}

Scalar challenge(const Hash64& digest, const Folded& folded, const Point& A, const Point& B) {
  return Framed("decrypt/c").add(digest.view()).point(folded.alpha).point(folded.product).point(A).point(B).challenge();
}

}  // namespace

Equality prove_equality_with(const EqualityStatement& s, const SecretScalar& x, const SecretScalar& a,
                             unsigned threads) {
  const Folded folded = fold(s, threads);
  Equality proof;
  proof.A = Point::base(a);
  proof.B = a * folded.alpha;
  proof.z = (a + challenge(s.digest, folded, proof.A, proof.B) * x).publish();
  return proof;
}

Equality prove_equality(const EqualityStatement& s, const SecretScalar& x, unsigned threads) {
  return prove_equality_with(s, x, hedged_nonce(x.reveal(), s.digest), threads);
}

bool verify_equality(const EqualityStatement& s, const Point& X, const Equality& proof, unsigned threads) {
  const Folded folded = fold(s, threads);
  const Scalar c = challenge(s.digest, folded, proof.A, proof.B);
  return Point::base(proof.z) == proof.A + c * X && proof.z * folded.alpha == proof.B + c * folded.product;
}

}  // namespace tuixuan::proofs
