// Groups, scalars and signatures against RFC 9496 and RFC 8032, and the places where libsodium 1.0.18 is laxer than we
// are.
#include <gtest/gtest.h>
#include <sodium.h>

#include <cstdio>
#include <filesystem>

#include "crypto/codes/base.h"
#include "crypto/primitives/base64.h"
#include "crypto/primitives/point.h"
#include "crypto/primitives/random.h"
#include "crypto/primitives/seal.h"
#include "crypto/primitives/sign.h"
#include "tests/crypto/rfc9496.h"

namespace tuixuan::primitives {
namespace {

Bytes hex(std::string_view s) { return from_hex(s).value(); }

TEST(Point, MultiplesOfTheGenerator) {  // RFC 9496, A.1

  Point sum;
  for (std::uint64_t i = 0; i < 16; ++i) {
    EXPECT_EQ(to_hex(sum.bytes()), rfc9496::kMultiples[i]) << i;
    EXPECT_EQ(Point::base(Scalar::of(i)), sum);
    EXPECT_EQ(Scalar::of(i) * Point::generator(), sum);
    if (i > 0) {
      EXPECT_EQ(Point::decode(sum.view()).value(), sum);
      EXPECT_EQ(sum - Point::generator(), Point::base(Scalar::of(i - 1)));
    }
    sum += Point::generator();
  }
}

TEST(Point, RefusesBadEncodings) {  // RFC 9496, A.2

  for (const char* text : rfc9496::kBadEncodings)
    EXPECT_EQ(Point::decode(hex(text)).error().check, code::plain::point) << text;
}

TEST(Point, HashToGroup) {  // RFC 9496, A.3
  const std::pair<const char*, const char*> vectors[] = {
      {"5d1be09e3d0c82fc538112490e35701979d99e06ca3e2b5b54bffe8b4dc772c14d98b696a1bbfb5ca32c436cc61c16563790306c79eaca7"
       "705668b47dffe5bb6",
       "3066f82a1a747d45120d1740f14358531a8f04bbffe6a819f86dfe50f44a0a46"},
      {"f116b34b8f17ceb56e8732a60d913dd10cce47a6d53bee9204be8b44f6678b270102a56902e2488c46120e9276cfe54638286b9e4b3cdb4"
       "70b542d46c2068d38",
       "f26e5b6f7d362d2d2a94c5d0e7602cb4773c95a2e5c31a64f133189fa76ed61b"}};
  for (const auto& [in, out] : vectors)
    EXPECT_EQ(to_hex(Point::from_hash(Hash64{array_from_hex<64>(in).value()}).bytes()), out);
}

// libsodium 1.0.18 takes every valid point with bit 255 set as the same element: each point would have two spellings.
TEST(Point, RefusesBit255) {
  for (int i = 0; i < 50; ++i) {
    Bytes bytes = to_bytes(Point::base(SecretScalar::random()).view());
    EXPECT_TRUE(Point::decode(bytes));
    bytes[31] |= 0x80;
    EXPECT_EQ(Point::decode(bytes).error().check, code::plain::point);
  }
}

TEST(Point, IdentityIsNoPublishedPointButALegalProduct) {
  EXPECT_FALSE(Point::decode(Bytes(32)));
  EXPECT_TRUE(Point::base(Scalar{}).is_identity());
  EXPECT_TRUE((Scalar{} * Point::generator()).is_identity());
  EXPECT_TRUE((Scalar::of(5) * Point{}).is_identity());
  EXPECT_EQ(Point{} + Point::generator(), Point::generator());
  EXPECT_FALSE(Point::decode(Bytes(31)));
  EXPECT_FALSE(Point::decode(Bytes(33)));
}

// Against libsodium, which reduces as if the operands were any numbers.
TEST(Scalar, SumsAndDifferencesAreThoseOfLibsodium) {
  std::vector<Scalar> values{Scalar{}, Scalar::of(1), Scalar{} - Scalar::of(1), Scalar{} - Scalar::of(2),
                             Scalar::of(~std::uint64_t{0})};
  for (int i = 0; i < 60; ++i) values.push_back(SecretScalar::random().publish());
  for (const Scalar& a : values)
    for (const Scalar& b : values) {
      ByteArray<32> expected;
      crypto_core_ristretto255_scalar_add(expected.data(), a.bytes().data(), b.bytes().data());
      ASSERT_EQ(to_hex((a + b).bytes()), to_hex(expected));
      crypto_core_ristretto255_scalar_sub(expected.data(), a.bytes().data(), b.bytes().data());
      ASSERT_EQ(to_hex((a - b).bytes()), to_hex(expected));
    }
}

TEST(Scalar, RefusesTheOrderAndAbove) {
  const Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  EXPECT_EQ(Scalar::decode(order).error().check, code::plain::scalar);
  Bytes below = order;
  below[0] -= 1;
  EXPECT_EQ(Scalar::decode(below).value() + Scalar::of(1), Scalar{});
  EXPECT_FALSE(Scalar::decode(Bytes(32, 0xff)));
  EXPECT_FALSE(Scalar::decode(Bytes(31)));
  EXPECT_TRUE(Scalar::decode(Bytes(32)).value().is_zero());
}

TEST(Scalar, Field) {
  for (int i = 0; i < 20; ++i) {
    const Scalar a = SecretScalar::random().publish();
    const Scalar b = SecretScalar::random().publish();
    EXPECT_EQ(a * a.inverse(), Scalar::of(1));
    EXPECT_EQ((a + b) - b, a);
    EXPECT_EQ(Point::base(a * b), a * Point::base(b));
    EXPECT_EQ(Point::base(a + b), Point::base(a) + Point::base(b));
  }
}

TEST(Sign, Rfc8032) {
  const struct {
    const char *seed, *key, *message, *signature;
  } vectors[] = {{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25b"
                  "f5f0595bbe24655141438e7a100b"},
                 {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b"
                  "2eaeb4302aeeb00d291612bb0c00"}};
  for (const auto& v : vectors) {
    const SigningKey key(array_from_hex<32>(v.seed).value());
    EXPECT_EQ(key.verify_key().hex(), v.key);
    EXPECT_TRUE(is_verify_key(key.verify_key()));
    Signature s = key.sign(hex(v.message));
    EXPECT_EQ(s.hex(), v.signature);
    EXPECT_TRUE(verify(key.verify_key(), hex(v.message), s));
    s.bytes[0] ^= 1;
    EXPECT_FALSE(verify(key.verify_key(), hex(v.message), s));
  }
}

// A signature with S + l verifies under the equation; it must not under the rule.
TEST(Sign, RefusesSecondSpellingsAndSmallOrder) {
  const SigningKey key = SigningKey::random();
  const Bytes message = to_bytes("a ballot");
  Signature s = key.sign(message);
  const Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += s.bytes[32 + i] + unsigned{order[i]};
    s.bytes[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(verify(key.verify_key(), message, s));
  const char* small_order[] = {"0100000000000000000000000000000000000000000000000000000000000000",
                               "0000000000000000000000000000000000000000000000000000000000000000",
                               "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                               "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                               "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"};
  for (const char* text : small_order) {
    const VerifyKey small{array_from_hex<32>(text).value()};
    EXPECT_FALSE(is_verify_key(small)) << text;
    Signature of_nothing{};
    std::copy(small.bytes.begin(), small.bytes.end(), of_nothing.bytes.begin());
    EXPECT_FALSE(verify(small, message, of_nothing)) << text;
    EXPECT_FALSE(verify(key.verify_key(), message, of_nothing)) << text;
  }
  const VerifyKey not_canonical{
      array_from_hex<32>("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f").value()};
  EXPECT_FALSE(is_verify_key(not_canonical));
}

TEST(Seal, OpensOnlyWithPassphraseAndContext) {
  const Bytes secret = to_bytes("the key of a trustee");
  const SealStrength weak{1, 1U << 20U};
  const Bytes sealed = seal(secret, as_bytes("correct horse"), as_bytes("trustee 1"), weak).value();
  EXPECT_TRUE(equal(open_seal(sealed, as_bytes("correct horse"), as_bytes("trustee 1")).value().reveal(), secret));
  EXPECT_EQ(open_seal(sealed, as_bytes("wrong"), as_bytes("trustee 1")).error().check, code::seal::open);
  EXPECT_EQ(open_seal(sealed, as_bytes("correct horse"), as_bytes("trustee 2")).error().check, code::seal::open);
  for (std::size_t i = 0; i < sealed.size(); i += 7) {
    Bytes changed = sealed;
    changed[i] ^= 0x20;
    EXPECT_FALSE(open_seal(changed, as_bytes("correct horse"), as_bytes("trustee 1"))) << i;
  }
  EXPECT_EQ(open_seal(std::span(sealed).first(40), as_bytes("x"), {}).error().check, code::seal::format);
  EXPECT_EQ(strength_of(sealed)->operations, 1U);
  EXPECT_EQ(strength_of(sealed)->memory, 1U << 20U);
  EXPECT_EQ(strength_of(std::span(sealed).first(40)).error().check, code::seal::format);
  EXPECT_EQ(seal(secret, as_bytes("correct horse"), {}, {1, 1ULL << 43U}).error().check, code::seal::memory);
}

TEST(Base64, OneSpelling) {
  EXPECT_EQ(to_base64(as_bytes("log")), "bG9n");
  EXPECT_EQ(as_text(from_base64("bG8=").value()), "lo");
  for (const char* bad : {"bG8", "bG9=", "bG 8=", "bG8=\n", "bG8==", "*Gg="}) EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Random, CoversItsRange) {
  std::array<int, 5> seen{};
  for (int i = 0; i < 500; ++i) ++seen[random_below(5)];
  for (const int n : seen) EXPECT_GT(n, 0);
}

// What tests draw follows from the seed of their run (tests/support/seed.h), and differs from run to run without one.
std::string drawn_with(const char* seed) {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  const std::string command = std::string(seed) + " " + self + " --gtest_filter=Seed.Draws | grep DREW";
  std::FILE* out = ::popen(command.c_str(), "r");
  char line[200] = "";
  EXPECT_NE(std::fgets(line, sizeof line, out), nullptr) << command;
  ::pclose(out);
  return line;
}

TEST(Seed, Draws) { std::printf("DREW %s\n", SigningKey::random().verify_key().hex().c_str()); }

TEST(Seed, DrawsTheSameAgain) {
  const std::string once = drawn_with("TUIXUAN_SEED=5");
  EXPECT_EQ(once, drawn_with("TUIXUAN_SEED=5"));
  EXPECT_NE(once, drawn_with("TUIXUAN_SEED=6"));
  EXPECT_NE(drawn_with("env -u TUIXUAN_SEED"), drawn_with("env -u TUIXUAN_SEED"));
}

}  // namespace
}  // namespace tuixuan::primitives
