#include "crypto/proofs/equality.h"

#include "crypto/base/parallel.h"
#include "crypto/batch/sum.h"
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

Point sum_of(std::span<const Scalar> weights, std::span<const Point> points, unsigned threads) {
  batch::Sum sum;
  sum.reserve(points.size());
  for (std::size_t k = 0; k < points.size(); ++k) sum.add(weights[k], points[k]);
  return sum.value(threads);
}

Folded fold(const EqualityStatement& s, unsigned threads, batch::Checking checking) {
  std::vector<Scalar> weights(s.alphas.size());
  parallel_for(weights.size(), threads, [&](std::size_t k) {
    weights[k] = Framed("decrypt/w").add(s.digest.view()).u64(k / s.width + 1).u64(k % s.width + 1).challenge();
  });
  if (checking == batch::Checking::merged)
    return {sum_of(weights, s.alphas, threads), sum_of(weights, s.products, threads)};
  return {sum_points(weights.size(), threads, [&](std::size_t k) { return weights[k] * s.alphas[k]; }),
          sum_points(weights.size(), threads, [&](std::size_t k) { return weights[k] * s.products[k]; })};
}

Scalar challenge(const Hash64& digest, const Folded& folded, const Point& A, const Point& B) {
  return Framed("decrypt/c").add(digest.view()).point(folded.alpha).point(folded.product).point(A).point(B).challenge();
}

}  // namespace

Equality prove_equality_with(const EqualityStatement& s, const SecretScalar& x, const SecretScalar& a,
                             unsigned threads) {
  const Folded folded = fold(s, threads, batch::Checking::merged);  // all of it public
  Equality proof;
  proof.A = Point::base(a);
  proof.B = a * folded.alpha;
  proof.z = (a + challenge(s.digest, folded, proof.A, proof.B) * x).publish();
  return proof;
}

Equality prove_equality(const EqualityStatement& s, const SecretScalar& x, unsigned threads) {
  return prove_equality_with(s, x, hedged_nonce(x.reveal(), s.digest), threads);
}

bool verify_equality(const EqualityStatement& s, const Point& X, const Equality& proof, unsigned threads,
                     batch::Checking checking) {
  const Folded folded = fold(s, threads, checking);
  const Scalar c = challenge(s.digest, folded, proof.A, proof.B);
  return Point::base(proof.z) == proof.A + c * X && proof.z * folded.alpha == proof.B + c * folded.product;
}

}  // namespace tuixuan::proofs
