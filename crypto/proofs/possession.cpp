#include "crypto/proofs/possession.h"

namespace tuixuan::proofs {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

static Scalar challenge(std::string_view label, ByteView context, const Point& X, const Point& A) {
  return Framed(label).add(context).point(X).point(A).challenge();
}

Possession prove_possession_with(std::string_view label, ByteView context, const SecretScalar& x, const Point& X,
                                 const SecretScalar& a) {
  Possession proof;
  proof.A = Point::base(a);
  proof.z = (a + challenge(label, context, X, proof.A) * x).publish();
  return proof;
}

Possession prove_possession(std::string_view label, ByteView context, const SecretScalar& x, const Point& X) {
  const Hash64 statement = Framed(label).add(context).point(X).finish();
  return prove_possession_with(label, context, x, X, hedged_nonce(x.reveal(), statement));
}

bool verify_possession(std::string_view label, ByteView context, const Point& X, const Possession& proof) {
  return Point::base(proof.z) == proof.A + challenge(label, context, X, proof.A) * X;
}

}  // namespace tuixuan::proofs
