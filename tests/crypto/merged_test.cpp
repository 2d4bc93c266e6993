// Merged checks: the same verdict under the same name as the exact ones.
#include "crypto/codes/entries.h"
#include "crypto/primitives/random.h"
#include "crypto/protocol/encoding.h"
#include "tests/crypto/cancelling.h"

namespace tuixuan {
namespace {

using batch::Checking;
using cancelling::Mixed;
using primitives::Point;
using primitives::Scalar;

std::string verdict_of(const Result<void>& r) { return r ? "holds" : r.error().text(); }

TEST(Merged, WrongPairsThatCancelUnderEqualWeightsAreRefused) {
  EXPECT_FALSE(cancelling::claims_hold());
  EXPECT_FALSE(cancelling::opened_points_hold());
  const std::pair<void (*)(Mixed&), Code> pairs[] = {{cancelling::wrong_steps, code::V13::E5},
                                                     {cancelling::wrong_sums, code::V13::E1},
                                                     {cancelling::wrong_columns, code::V13::E4}};
  for (const auto& [spoil, check] : pairs) {
    Mixed m(4);
    spoil(m);
    EXPECT_EQ(m.verify(Checking::merged).error().check, check);
    EXPECT_EQ(verdict_of(m.verify(Checking::merged)), verdict_of(m.verify(Checking::exact)));
  }
}

TEST(Merged, AMixIsRefusedUnderTheSameNameAsExactly) {
  for (const std::size_t n : {1U, 2U, 9U}) {
    const Mixed honest(n);
    EXPECT_TRUE(honest.verify(Checking::merged)) << n;
    EXPECT_TRUE(honest.verify(Checking::exact)) << n;
    const Scalar one = Scalar::of(1);
    const Point g = Point::generator();
    const std::vector<std::function<void(protocol::MixRecord&)>> spoils = {
        [&](auto& r) { r.proof.s1 = r.proof.s1 + one; },
        [&](auto& r) { r.proof.s2 = r.proof.s2 + one; },
        [&](auto& r) { r.proof.s3 = r.proof.s3 + one; },
        [&](auto& r) { r.proof.s4[1] = r.proof.s4[1] + one; },
        [&](auto& r) { r.proof.s_hat[n - 1] = r.proof.s_hat[n - 1] + one; },
        [&](auto& r) { r.proof.s_hat[0] = r.proof.s_hat[0] + one; },
        [&](auto& r) { r.proof.s_prime[n / 2] = r.proof.s_prime[n / 2] + one; },
        [&](auto& r) { r.proof.t1 = r.proof.t1 + g; },
        [&](auto& r) { r.proof.t_hat[n - 1] = r.proof.t_hat[n - 1] + g; },
        [&](auto& r) { r.proof.c_hat[0] = r.proof.c_hat[0] + g; },
        [&](auto& r) { r.proof.c[0] = r.proof.c[0] + g; },
        [&](auto& r) { r.proof.t4[0].beta = r.proof.t4[0].beta + g; },
        [&](auto& r) { r.output[0][1].beta = r.output[0][1].beta + g; },
        [&](auto& r) { r.output[0][0].alpha = Point{}; }};
    for (std::size_t k = 0; k < spoils.size(); ++k) {
      Mixed m(n);
      spoils[k](m.record);
      const auto merged = m.verify(Checking::merged);
      EXPECT_FALSE(merged) << n << ", spoil " << k;
      EXPECT_EQ(verdict_of(merged), verdict_of(m.verify(Checking::exact))) << n << ", spoil " << k;
    }
  }
}

TEST(Merged, ADecryptionIsRefusedUnderTheSameNameAsExactly) {
  const Mixed m(7);
  const protocol::DecryptionStatement s{{}, ContestId{"c"}, TrusteeIndex{1}, m.Y, m.Y};
  const auto honest = protocol::make_decryption(s, m.rows, m.x, 1);
  for (int spoil = 0; spoil < 4; ++spoil) {
    auto d = honest;
    if (spoil == 1) d.factors[3] = d.factors[3] + Point::generator();
    if (spoil == 2) d.proof.z = d.proof.z + Scalar::of(1);
    if (spoil == 3) d.proof.B = d.proof.B + Point::generator();
    const auto merged = protocol::verify_decryption(s, m.rows, d, 1);
    EXPECT_EQ(merged.has_value(), spoil == 0);
    EXPECT_EQ(verdict_of(merged), verdict_of(protocol::verify_decryption(s, m.rows, d, 1, Checking::exact)));
  }
}

// Legal, though it looks odd: blocks of zeros, an opened point that is the identity, and a point that is not the first
// candidate of its block.
TEST(Merged, ContentsAreReadAsExactly) {
  std::vector<Point> points;
  const auto add = [&](const std::vector<primitives::SecretPoint>& row) {
    for (const auto& p : row) points.push_back(p.reveal());
  };
  add(protocol::encode_content({}, 3));  // zeros only
  add(protocol::encode_content(as_bytes("three points can hold more than this"), 3));
  add(protocol::encode_content(Bytes(88, 0xff), 3));
  for (int i = 0; i < 30; ++i) {  // no blocks, or later candidates
    for (int j = 0; j < 3; ++j) points.push_back(Point::base(primitives::SecretScalar::random()));
  }
  points.insert(points.end(), 3, Point{});
  add(protocol::encode_content(as_bytes("x"), 3));
  points.back() = Point{};
  // The second candidate of a block whose first is a point as well.
  ByteArray<32> b{};
  int seen = 0;
  for (unsigned k = 0; k < 128 && seen < 2; ++k) {
    b[0] = static_cast<std::uint8_t>(2 * k);
    if (const auto p = Point::decode(b)) {
      ++seen;
      if (seen == 2) points.insert(points.end(), 3, *p);
    }
  }
  ASSERT_EQ(seen, 2);
  const auto merged = protocol::decode_contents(points, 3, 2);
  ASSERT_EQ(merged.size(), points.size() / 3);
  std::size_t good = 0;
  for (std::size_t i = 0; i < merged.size(); ++i) {
    EXPECT_EQ(merged[i], protocol::decode_content(std::span(points).subspan(3 * i, 3))) << i;
    good += merged[i].has_value() ? 1 : 0;
  }
  EXPECT_GE(good, 3U);
  EXPECT_FALSE(merged.back());
}

TEST(Merged, AnOpenedIdentityIsLegal) {
  Mixed m(3, 1);
  // A row that opens to the identity: alpha = rG, beta = rY.
  const auto r = primitives::SecretScalar::random();
  m.rows[1][0] = {Point::base(r), r * m.Y};
  const auto d = protocol::make_decryption({{}, ContestId{"c"}, TrusteeIndex{1}, m.Y, m.Y}, m.rows, m.x, 1);
  const protocol::PartialDecryption part{TrusteeIndex{1}, d.factors};
  auto opened = protocol::combine(m.rows, {&part, 1}, 1);
  ASSERT_TRUE(opened[1].is_identity());
  EXPECT_TRUE(protocol::combines_to(opened, m.rows, {&part, 1}, 1));
  opened[1] = Point::generator();
  EXPECT_FALSE(protocol::combines_to(opened, m.rows, {&part, 1}, 1));
  opened.pop_back();
  EXPECT_FALSE(protocol::combines_to(opened, m.rows, {&part, 1}, 1));
}

// Ballots read with points that were decoded together: the same value, the same refusal.
TEST(Merged, BallotsAreDecodedAsOneByOne) {
  const Point Y = Point::base(primitives::SecretScalar::random());
  std::vector<Bytes> encoded;
  for (std::size_t i = 0; i < 20; ++i) {
    protocol::BallotBody b;
    b.box = BoxId{"main"};
    b.kiosk = KioskId{"K1"};
    for (const char* contest : {"a", "b"})
      b.contests.push_back(protocol::seal_contest(b, ContestId{contest}, Y, as_bytes("choice"), 2).contest);
    encoded.push_back(b.encode());
    if (i % 4 == 1) encoded.back()[primitives::random_below(static_cast<std::uint32_t>(encoded.back().size()))] ^= 1;
    if (i % 4 == 2) encoded.back().resize(primitives::random_below(static_cast<std::uint32_t>(encoded.back().size())));
  }
  const std::vector<ByteView> views(encoded.begin(), encoded.end());
  const protocol::DecodedPoints known(views);
  for (const Bytes& bytes : encoded)
    EXPECT_EQ(protocol::BallotBody::decode(bytes, known), protocol::BallotBody::decode(bytes));
}

}  // namespace
}  // namespace tuixuan
