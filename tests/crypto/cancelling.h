// Pairs of wrong equations whose errors cancel when both weigh the same: each pair is refused by the exact check, and
// must be by the merged one (merged_test.cpp); with equal weights it is not (batch_weights_test.cpp).
#pragma once

#include <gtest/gtest.h>

#include "crypto/batch/claims.h"
#include "crypto/protocol/ballot.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"

namespace tuixuan::cancelling {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

// Proofs of knowledge: z_1 + d and z_2 - d.
inline bool claims_hold() {
  std::vector<batch::Claims> claims(6);
  std::vector<const batch::Claims*> at;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const SecretScalar x = SecretScalar::random();
    const SecretScalar a = SecretScalar::random();
    const Scalar c = SecretScalar::random().publish();
    Scalar z = (a + x * c).publish();
    if (i == 1) z = z + Scalar::of(7);
    if (i == 4) z = z - Scalar::of(7);
    claims[i].knowledge(z, Point::base(a), c, Point::base(x));
    at.push_back(&claims[i]);
  }
  return batch::all_hold(at, 1);
}

struct Mixed {
  SecretScalar x = SecretScalar::random();
  Point Y = Point::base(x);
  std::vector<protocol::Row> rows;
  protocol::MixRecord record;

  explicit Mixed(std::size_t n, std::size_t width = 2) {
    const protocol::BallotBody ballot;
    for (std::size_t i = 0; i < n; ++i)
      rows.push_back(protocol::seal_contest(ballot, ContestId{"c"}, Y, as_bytes("a choice"), width).contest.row);
    record = protocol::make_mix(statement(), rows, 2);
  }
  protocol::MixStatement statement() const { return {{}, ContestId{"c"}, MixPosition{1}, TrusteeIndex{1}, Y}; }
  Result<void> verify(batch::Checking checking) const {
    const auto decoded = protocol::MixRecord::decode(record.encode(), 1, checking);
    if (!decoded) return tl::unexpected<Error>(decoded.error());
    return protocol::verify_mix(statement(), rows, *decoded, 1, checking);
  }
};

// Two steps of the chain (E5), s^_1 + d and s^_3 - d: the challenge does not cover them.
inline void wrong_steps(Mixed& m) {
  m.record.proof.s_hat[0] = m.record.proof.s_hat[0] + Scalar::of(7);
  m.record.proof.s_hat[2] = m.record.proof.s_hat[2] - Scalar::of(7);
}
// E1 against E2.
inline void wrong_sums(Mixed& m) {
  m.record.proof.s1 = m.record.proof.s1 + Scalar::of(7);
  m.record.proof.s2 = m.record.proof.s2 - Scalar::of(7);
}
// Two columns of E4: s_{4,1} + d and s_{4,2} - d cancel in both halves.
inline void wrong_columns(Mixed& m) {
  m.record.proof.s4[0] = m.record.proof.s4[0] + Scalar::of(7);
  m.record.proof.s4[1] = m.record.proof.s4[1] - Scalar::of(7);
}

// Opened points M_1 + P and M_3 - P.
inline bool opened_points_hold() {
  Mixed m(5, 1);
  const auto decryption = protocol::make_decryption({{}, ContestId{"c"}, TrusteeIndex{1}, m.Y, m.Y}, m.rows, m.x, 1);
  const protocol::PartialDecryption part{TrusteeIndex{1}, decryption.factors};
  std::vector<Point> opened = protocol::combine(m.rows, {&part, 1}, 1);
  EXPECT_TRUE(protocol::combines_to(opened, m.rows, {&part, 1}, 1));
  const Point error = Point::base(Scalar::of(7));
  opened[0] = opened[0] + error;
  opened[2] = opened[2] - error;
  return protocol::combines_to(opened, m.rows, {&part, 1}, 1);
}

}  // namespace tuixuan::cancelling
