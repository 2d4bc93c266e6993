// Sums, points of prime order and claims by the path in use, against libsodium.
#include <gtest/gtest.h>
#include <sodium.h>

#include <set>

#include "crypto/batch/claims.h"
#include "crypto/batch/decode.h"
#include "crypto/batch/order.h"
#include "crypto/batch/sum.h"
#include "crypto/batch/weights.h"
#include "crypto/primitives/hash.h"
#include "tests/crypto/batch_points.h"

namespace tuixuan::batch {
namespace {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

// --- sums, by the path in use ----------------------------------------------------------------------------------------

Scalar random_scalar() { return SecretScalar::random().publish(); }
Scalar order_less_one() { return Scalar{} - Scalar::of(1); }

struct Terms {
  std::vector<Point> points;
  std::vector<Scalar> scalars;

  explicit Terms(std::size_t n) : points(n), scalars(n) {
    EXPECT_EQ(decode_points(random_encodings(n), points, 1), n);
    for (Scalar& s : scalars) s = random_scalar();
  }
  Point slow() const {
    Point sum;
    for (std::size_t i = 0; i < points.size(); ++i) sum += scalars[i] * points[i];
    return sum;
  }
  Sum sum() const {
    Sum out;
    for (std::size_t i = 0; i < points.size(); ++i) out.add(scalars[i], points[i]);
    return out;
  }
};

TEST(Sum, OfEverySmallSize) {
  for (std::size_t n = 0; n <= 70; ++n) {
    const Terms t(n);
    EXPECT_EQ(t.sum().value(1), t.slow()) << n;
    EXPECT_EQ(t.sum().value(2), t.slow()) << n;
    EXPECT_EQ(t.sum().is_identity(1), n == 0);
  }
}

TEST(Sum, OfSpecialScalarsAndPoints) {
  for (std::size_t n : {1U, 2U, 5U, 40U, 300U}) {
    Terms t(n);
    const Scalar special[] = {Scalar{}, Scalar::of(1), order_less_one(), Scalar::of(2), Scalar::of(~std::uint64_t{0})};
    for (std::size_t i = 0; i < n; ++i)
      if (i % 2 == 0) t.scalars[i] = special[(i / 2) % 5];
    if (n > 2) {
      t.points[n - 1] = t.points[0];            // the same point twice
      t.points[n - 2] = Point{} - t.points[0];  // and its opposite; coordinates not known
      t.points[1] = Point{};                    // the identity
    }
    EXPECT_EQ(t.sum().value(1), t.slow()) << n;
    Sum with_base = t.sum();
    with_base.add_base(t.scalars[0]);
    EXPECT_EQ(with_base.value(1), t.slow() + Point::base(t.scalars[0])) << n;
  }
}

TEST(Sum, OfPointsThatCancel) {
  for (const std::size_t n : {2U, 64U, 1000U}) {
    Terms t(n);
    Sum sum;
    for (std::size_t i = 0; i < n; ++i) {
      sum.add(t.scalars[i], t.points[i]);
      sum.add(Scalar{} - t.scalars[i], t.points[i]);
    }
    EXPECT_TRUE(sum.is_identity(2)) << n;
    EXPECT_TRUE(sum.value(1).is_identity()) << n;
    sum.add(Scalar::of(1), t.points[0]);
    EXPECT_FALSE(sum.is_identity(2)) << n;
    EXPECT_EQ(sum.value(1), t.points[0]) << n;
  }
}

// Of one point, so that the right sum is one product: the sizes around each change of the width of a window, and of the
// number of chunks.
TEST(Sum, AroundEveryChangeOfWindowAndChunk) {
  const Terms one(16);
  std::vector<std::size_t> sizes;
  for (std::size_t n = 64; n < 20'000; n += n / 6) sizes.push_back(n);
  for (const std::size_t chunk : {16384U, 32768U})
    for (std::size_t n = chunk - 1; n <= chunk + 1; ++n) sizes.push_back(n);
  for (const std::size_t n : sizes) {
    std::vector<Scalar> total(16);
    Sum sum;
    const Bytes random = random_bytes(16 * n);
    for (std::size_t i = 0; i < n; ++i) {
      Scalar s = Scalar::of_128(std::span(random).subspan(16 * i).first<16>());
      if (i % 3 != 0) s = s * s;
      sum.add(s, one.points[i % 16]);
      total[i % 16] = total[i % 16] + s;
    }
    Point expected;
    for (std::size_t k = 0; k < 16; ++k) expected += total[k] * one.points[k];
    ASSERT_EQ(sum.value(2), expected) << n;
  }
}

// --- points of prime order -------------------------------------------------------------------------------------------

TEST(Order, OneWithTorsionIsFoundAmongMany) {
  for (const std::size_t n : {1U, 5U, 132U, 133U, 600U}) {
    std::vector<ByteArray<32>> points(n);
    for (auto& p : points) p = random_edwards();
    const auto all_good = [&] {
      std::vector<Coordinates> c(n);
      std::vector<std::uint8_t> ok(n);
      engine().decode_edwards(points[0].data(), n, c.data(), ok.data());
      std::vector<const Coordinates*> at;
      for (const Coordinates& x : c) at.push_back(&x);
      return all_of_prime_order(at, 2);
    };
    EXPECT_TRUE(all_good()) << n;
    for (std::size_t t = 1; t < 8; ++t) {
      const ByteArray<32> good = points[n / 2];
      points[n / 2] = edwards_sum(good, small_order()[t]);
      EXPECT_FALSE(all_good()) << n << ", torsion " << t;
      if (n > 4) {  // two whose torsion cancels
        const ByteArray<32> other = points[1];
        crypto_core_ed25519_sub(points[1].data(), other.data(), small_order()[t].data());
        EXPECT_FALSE(all_good()) << n << ", torsion " << t;
        points[1] = other;
      }
      points[n / 2] = good;
    }
  }
}

TEST(Order, KeysAsTheExactCheckTakesThem) {
  std::vector<primitives::VerifyKey> keys;
  for (int i = 0; i < 300; ++i) keys.push_back(primitives::SigningKey::random().verify_key());
  EXPECT_TRUE(all_verify_keys(keys, 1));
  for (const ByteArray<32>& torsion : small_order()) {
    auto wrong = keys;
    wrong[17].bytes = edwards_sum(keys[17].bytes, torsion);
    EXPECT_EQ(all_verify_keys(wrong, 1), primitives::is_verify_key(wrong[17]));
    wrong[17].bytes = torsion;
    EXPECT_FALSE(all_verify_keys(wrong, 1));
    EXPECT_FALSE(primitives::is_verify_key(wrong[17]));
  }
  auto wrong = keys;
  wrong[299].bytes.fill(0xff);
  EXPECT_FALSE(all_verify_keys(wrong, 1));
}

// --- claims ----------------------------------------------------------------------------------------------------------

struct Item {
  primitives::SigningKey key = primitives::SigningKey::random();
  Bytes message = random_bytes(64);
  primitives::Signature signature = key.sign(message);
  SecretScalar x = SecretScalar::random();
  Point X = Point::base(x);
  SecretScalar a = SecretScalar::random();
  Point A = Point::base(a);
  Scalar c = random_scalar();
  Scalar z = (a + x * c).publish();

  bool exact() const { return primitives::verify(key.verify_key(), message, signature) && Point::base(z) == A + c * X; }
  Claims claims() const {
    Claims out;
    out.signature(key.verify_key(), message, signature);
    out.knowledge(z, A, c, X);
    return out;
  }
};

std::vector<bool> judged(const std::vector<Item>& items) {
  std::vector<Claims> claims;
  for (const Item& i : items) claims.push_back(i.claims());
  std::vector<const Claims*> at;
  for (const Claims& c : claims) at.push_back(&c);
  EXPECT_EQ(all_hold(at, 2), std::all_of(items.begin(), items.end(), [](const Item& i) { return i.exact(); }));
  return which_hold(at, 2);
}

TEST(Claims, HoldExactlyWhereTheExactCheckHolds) {
  std::vector<Item> items(40);
  for (const bool held : judged(items)) EXPECT_TRUE(held);
  items[3].message[0] ^= 1;
  items[20].z = items[20].z + Scalar::of(1);
  items[21].c = items[21].c + Scalar::of(1);
  items[39].signature.bytes[40] ^= 1;  // S
  items[38].signature.bytes[2] ^= 1;   // R
  const std::vector<bool> held = judged(items);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (held[i]) {
      EXPECT_TRUE(items[i].exact()) << i;
    }
    taken += held[i] ? 1 : 0;
  }
  EXPECT_GE(taken, 15U) << "most of the good ones are known to be good";
}

// Every fourth is wrong, so that halving is given up; one wrong at each place, so that every way down is gone.
TEST(Claims, NoneThatIsWrongIsTakenWhateverItsPlace) {
  std::vector<Item> items(64);
  for (std::size_t i = 0; i < items.size(); i += 4) items[i].z = items[i].z + Scalar::of(1);
  const std::vector<bool> many = judged(items);
  for (std::size_t i = 0; i < items.size(); i += 4) EXPECT_FALSE(many[i]) << i;
  for (std::size_t i = 0; i < items.size(); i += 4) items[i].z = items[i].z - Scalar::of(1);
  for (std::size_t wrong = 0; wrong < items.size(); ++wrong) {
    const Scalar right = std::exchange(items[wrong].z, items[wrong].z + Scalar::of(1));
    const std::vector<bool> held = judged(items);
    EXPECT_FALSE(held[wrong]);
    EXPECT_GE(std::count(held.begin(), held.end(), true), 56) << wrong << ": but the eight around it";
    items[wrong].z = right;
  }
}

// Two wrong equations whose errors cancel when both weigh the same.
TEST(Claims, ErrorsThatCancelUnderEqualWeightsAreRefused) {
  std::vector<Item> items(6);
  items[1].z = items[1].z + Scalar::of(7);
  items[4].z = items[4].z - Scalar::of(7);
  for (std::size_t i : {1U, 4U}) ASSERT_FALSE(items[i].exact());
  std::vector<Claims> claims;
  for (const Item& i : items) claims.push_back(i.claims());
  std::vector<const Claims*> at;
  for (const Claims& c : claims) at.push_back(&c);
  EXPECT_FALSE(all_hold(at, 1));
}

// R + (0, -1), and R with any other torsion: S B = R + k A fails, and the batch does not hold.
TEST(Claims, TorsionInANonceHasOneFate) {
  for (const ByteArray<32>& torsion : small_order()) {
    std::vector<Item> items(10);
    // A nonce r with R = rB + torsion, and S made for the k of that R: valid only up to the torsion.
    const Scalar r = random_scalar();
    ByteArray<32> R;
    ASSERT_EQ(crypto_scalarmult_ed25519_base_noclamp(R.data(), r.bytes().data()), 0);
    R = edwards_sum(R, torsion);
    ByteArray<64> hash;
    crypto_hash_sha512(hash.data(), items[5].key.seed().reveal().data(), 32);
    hash[0] &= 248;
    hash[31] &= 127;
    hash[31] |= 64;
    Hash64 wide{};
    std::copy_n(hash.begin(), 32, wide.bytes.begin());
    const Scalar secret = Scalar::reduce(wide);
    primitives::Sha512Stream h;
    h.add(R);
    h.add(items[5].key.verify_key().view());
    h.add(items[5].message);
    const Scalar s = r + Scalar::reduce(h.finish()) * secret;
    std::copy(R.begin(), R.end(), items[5].signature.bytes.begin());
    std::copy(s.bytes().begin(), s.bytes().end(), items[5].signature.bytes.begin() + 32);
    const bool plain = torsion == small_order()[0];
    EXPECT_EQ(items[5].exact(), plain) << to_hex(torsion);
    const std::vector<bool> held = judged(items);
    EXPECT_EQ(held[5], plain) << to_hex(torsion);
  }
}

TEST(Claims, AScalarOfASignatureThatIsNotBelowTheOrderIsForTheExactCheck) {
  std::vector<Item> items(5);
  // S + l: the same equation, refused by the strict rule.
  const Bytes order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += items[2].signature.bytes[32 + i] + order[i];
    items[2].signature.bytes[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(items[2].exact());
  EXPECT_FALSE(judged(items)[2]);
}

TEST(Weights, AreOf128BitsAndDiffer) {
  const std::vector<Scalar> w = draw_weights(1000);
  std::set<Scalar> different(w.begin(), w.end());
  EXPECT_EQ(different.size(), w.size());
  ByteArray<32> seen{};
  for (const Scalar& s : w)
    for (std::size_t i = 0; i < 32; ++i) seen[i] |= s.bytes()[i];
  for (std::size_t i = 0; i < 32; ++i) EXPECT_EQ(seen[i], i < 16 ? 0xff : 0) << i;
}

}  // namespace
}  // namespace tuixuan::batch
