// The fixed values of tests/crypto/data/protocol-vectors.json, which an independent program made: hashing, generators,
// encodings, one proof of knowledge, a small shuffle, a decryption.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "crypto/codes/entries.h"
#include "crypto/proofs/generators.h"
#include "crypto/proofs/transcript.h"
#include "crypto/protocol/ballot.h"
#include "crypto/protocol/ceremony.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"

namespace tuixuan::protocol {
namespace {

using primitives::Point;
using primitives::Scalar;
namespace json = boost::json;

const json::value& vectors() {
  static const json::value v = [] {
    std::ifstream in(std::string(std::getenv("TUIXUAN_SOURCE_DIR")) + "/tests/crypto/data/protocol-vectors.json");
    std::stringstream text;
    text << in.rdbuf();
    return json::parse(text.str());
  }();
  return v;
}

std::string text(const json::value& v) { return std::string(v.as_string()); }
Bytes bytes(const json::value& v) { return from_hex(text(v)).value(); }
Hash64 hash(const json::value& v) { return Hash64{array_from_hex<64>(text(v)).value()}; }
Point point(const json::value& v) { return Point::decode(bytes(v)).value(); }
Scalar scalar(const json::value& v) { return Scalar::decode(bytes(v)).value(); }
std::vector<Point> points(const json::value& v) {
  std::vector<Point> out;
  for (const auto& p : v.as_array()) out.push_back(point(p));
  return out;
}
std::vector<Scalar> scalars(const json::value& v) {
  std::vector<Scalar> out;
  for (const auto& s : v.as_array()) out.push_back(scalar(s));
  return out;
}
Row row(const json::value& v) {
  Row out;
  for (const auto& ct : v.as_array()) out.push_back({point(ct.at(0)), point(ct.at(1))});
  return out;
}
std::vector<Row> rows(const json::value& v) {
  std::vector<Row> out;
  for (const auto& r : v.as_array()) out.push_back(row(r));
  return out;
}

TEST(Vectors, Hashing) {
  const auto H = [](std::initializer_list<std::string_view> items) {
    proofs::Framed f("t");
    for (const auto& x : items) f.text(x);
    return f;
  };
  EXPECT_EQ(H({"ab", ""}).finish(), hash(vectors().at("H('t','ab','')")));
  EXPECT_EQ(H({"a", "b"}).finish(), hash(vectors().at("H('t','a','b')")));
  EXPECT_EQ(H({"a"}).challenge(), scalar(vectors().at("HS('t','a')")));
}

TEST(Vectors, Generators) {
  const auto expected = points(vectors().at("gen"));
  const auto known = proofs::generators(expected.size() - 1, 2);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(proofs::generator(i), expected[i]);
    EXPECT_EQ((*known)[i], expected[i]);
  }
}

TEST(Vectors, Encodings) {
  for (const auto& v : vectors().at("encode").as_array()) {
    const Bytes block = bytes(v.at("block"));
    const auto encoded = encode_block(std::span<const std::uint8_t, 30>(block.data(), 30));
    EXPECT_EQ(encoded.reveal(), point(v.at("point")));
    EXPECT_TRUE(equal(decode_block(point(v.at("point"))).value(), block));
  }
  for (const auto& v : vectors().at("message").as_array()) {
    const auto expected = points(v.at("points"));
    const auto encoded = encode_content(bytes(v.at("content")), static_cast<std::size_t>(v.at("w").as_int64()));
    ASSERT_EQ(encoded.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(encoded[i].reveal(), expected[i]);
    EXPECT_EQ(decode_content(expected).value(), bytes(v.at("content")));
  }
}

TEST(Vectors, ProofOfKnowledge) {
  const auto& v = vectors().at("pok");
  BallotBody ballot;
  ballot.ctx = hash(v.at("ctx"));
  ballot.credential.bytes = array_from_hex<32>(text(v.at("cred"))).value();
  ballot.kiosk = KioskId{text(v.at("kiosk"))};
  ballot.box = BoxId{"main"};
  ballot.seq = static_cast<std::uint64_t>(v.at("seq").as_int64());
  ballot.contests.push_back({ContestId{text(v.at("contest"))}, row(v.at("ct")), points(v.at("A")), scalars(v.at("z"))});
  EXPECT_TRUE(verify_possession(ballot, point(v.at("Y"))));
  ballot.contests[0].z[0] = ballot.contests[0].z[0] + Scalar::of(1);
  EXPECT_EQ(verify_possession(ballot, point(v.at("Y"))).error().check, code::V08::pok);
}

MixRecord mix_of(const json::value& v) {
  MixRecord m;
  m.output = rows(v.at("out"));
  m.proof.c = points(v.at("c"));
  m.proof.c_hat = points(v.at("chat"));
  m.proof.t1 = point(v.at("t1"));
  m.proof.t2 = point(v.at("t2"));
  m.proof.t3 = point(v.at("t3"));
  m.proof.t4 = row(v.at("t4"));
  m.proof.t_hat = points(v.at("that"));
  m.proof.s1 = scalar(v.at("s1"));
  m.proof.s2 = scalar(v.at("s2"));
  m.proof.s3 = scalar(v.at("s3"));
  m.proof.s4 = scalars(v.at("s4"));
  m.proof.s_hat = scalars(v.at("shat"));
  m.proof.s_prime = scalars(v.at("sp"));
  return m;
}

TEST(Vectors, Shuffle) {
  const auto& v = vectors().at("shuffle");
  const auto input = rows(v.at("in"));
  const MixRecord m = mix_of(v);
  const MixStatement s{hash(v.at("tctx")), ContestId{text(v.at("contest"))}, MixPosition{1}, TrusteeIndex{2},
                       point(vectors().at("pok").at("Y"))};
  const auto verified = verify_mix(s, input, m, 1);
  EXPECT_TRUE(verified) << verified.error().text();
  const proofs::ShuffleStatement plain{s.tctx, s.contest.name, 1, 2, s.public_key, input, m.output};
  const Hash64 S = proofs::shuffle_digest(plain, m.proof.c);
  EXPECT_EQ(S, hash(v.at("stmt")));
  EXPECT_EQ(proofs::shuffle_weights(S, 3, 1), scalars(v.at("u")));
  EXPECT_EQ(proofs::shuffle_challenge(S, m.proof), scalar(v.at("challenge")));
  EXPECT_EQ(MixRecord::decode(m.encode(), 1).value(), m);
}

TEST(Vectors, Decryption) {
  const auto& v = vectors().at("decrypt");
  const auto& shuffle = vectors().at("shuffle");
  const auto list = rows(shuffle.at("out"));
  DecryptionRecord d;
  d.width = 2;
  for (const auto& r : v.at("D").as_array())
    for (const Point& p : points(r)) d.factors.push_back(p);
  d.proof = {point(v.at("A")), point(v.at("B")), scalar(v.at("z"))};
  const DecryptionStatement s{hash(shuffle.at("tctx")), ContestId{text(shuffle.at("contest"))}, TrusteeIndex{1},
                              point(vectors().at("pok").at("Y")), point(v.at("X"))};
  EXPECT_TRUE(verify_decryption(s, list, d, 1));
  const PartialDecryption alone{TrusteeIndex{1}, d.factors};
  const auto opened = combine(list, {&alone, 1}, 1);
  for (std::size_t i = 0; i < list.size(); ++i)
    EXPECT_EQ(as_text(decode_content(std::span(opened).subspan(2 * i, 2)).value()), text(v.at("plain").at(i)));
}

TEST(Vectors, LagrangeAndShareEncryption) {
  const TrusteeIndex who[] = {TrusteeIndex{1}, TrusteeIndex{3}};
  const auto expected = scalars(vectors().at("lagrange").at("2of{1,3}"));
  EXPECT_EQ(lagrange(who, who[0]), expected[0]);
  EXPECT_EQ(lagrange(who, who[1]), expected[1]);
  const auto& v = vectors().at("dkg_kem");
  const Scalar e = scalar(v.at("e"));
  EXPECT_EQ(Point::base(e), point(v.at("E")));
  const Hash64 mask = share_mask(hash(v.at("Gam")), TrusteeIndex{1}, TrusteeIndex{2}, point(v.at("E")),
                                 point(v.at("R")), e * point(v.at("R")));
  EXPECT_EQ(Scalar::reduce(mask), scalar(v.at("mask")));
}

}  // namespace
}  // namespace tuixuan::protocol
