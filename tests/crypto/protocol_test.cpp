// Round trips of the protocol, and that every single change of a record is refused by the check that should.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/protocol/ballot.h"
#include "crypto/protocol/ceremony_secret.h"
#include "crypto/protocol/decryption.h"
#include "crypto/protocol/mix.h"
#include "crypto/protocol/slip.h"

namespace tuixuan::protocol {
namespace {

using primitives::Point;
using primitives::Scalar;
using primitives::SecretScalar;

const SecretScalar& x() {
  static const SecretScalar value = SecretScalar::random();
  return value;
}
const Point& Y() {
  static const Point value = Point::base(x());
  return value;
}
const Point& other_point() { return Y(); }

BallotBody ballot_with(std::size_t width, std::vector<ContestSecret>* secrets = nullptr) {
  BallotBody b;
  b.ctx.bytes.fill(7);
  b.box = BoxId{"main"};
  b.kiosk = KioskId{"K1"};
  b.credential = primitives::SigningKey::random().verify_key();
  b.seq = 3;
  for (const char* id : {"committee", "secretary"}) {
    Sealed s = seal_contest(b, ContestId{id}, Y(), as_bytes("a selection"), width);
    b.contests.push_back(std::move(s.contest));
    if (secrets != nullptr) secrets->push_back(std::move(s.secret));
  }
  return b;
}

TEST(Labels, DifferAndNoneIsMissing) {
  const auto labels = proofs::all_labels();
  EXPECT_EQ(std::set<std::string_view>(labels.begin(), labels.end()).size(), labels.size());
}

TEST(Encoding, RefusesWhatIsNotTheFirstEncoding) {
  ByteArray<30> block{};
  const Point first = encode_block(block).reveal();
  EXPECT_TRUE(decode_block(first));
  ByteArray<32> later = first.bytes();
  for (later[0] = static_cast<std::uint8_t>(later[0] + 2); !Point::decode(later);
       later[0] = static_cast<std::uint8_t>(later[0] + 2)) {
  }
  EXPECT_EQ(decode_block(Point::decode(later).value()).error().check, code::plain::undecodable);
}

TEST(Encoding, RefusesDirtyPaddingAndWildLengths) {
  ByteArray<30> block{};
  block[5] = 1;  // behind a content of length 0
  const Point dirty = encode_block(block).reveal();
  EXPECT_EQ(decode_content({&dirty, 1}).error().check, code::plain::undecodable);
  ByteArray<30> long_one{};
  long_one[0] = 29;
  const Point wild = encode_block(long_one).reveal();
  EXPECT_EQ(decode_content({&wild, 1}).error().check, code::plain::undecodable);
  EXPECT_EQ(decode_content({}).error().check, code::plain::undecodable);
  for (std::size_t n = 0; n <= 58; ++n) {
    const Bytes content(n, 0x5a);
    std::vector<Point> points;
    for (const auto& p : encode_content(content, 2)) points.push_back(p.reveal());
    EXPECT_EQ(decode_content(points).value(), content);
    EXPECT_EQ(points_for(n), n <= 28 ? 1U : 2U);
  }
}

TEST(Ballot, RoundTripAndProof) {
  const BallotBody b = ballot_with(2);
  EXPECT_TRUE(verify_possession(b, Y()));
  EXPECT_EQ(BallotBody::decode(b.encode()).value(), b);
  EXPECT_EQ(BallotBody::decode(b.encode()).value().hash(), b.hash());
  EXPECT_EQ(tracker(b.hash()).size(), 26U + 6U);
}

// n16 to n20: the proof is bound to stage, contest, slip, kiosk, number, and to every byte of the row.
TEST(Ballot, ProofIsBoundToEverything) {
  const BallotBody good = ballot_with(1);
  const auto refused = [&](auto change) {
    BallotBody b = good;
    change(b);
    const auto result = verify_possession(b, Y());
    return !result && result.error().check == code::V08::pok;
  };
  EXPECT_TRUE(refused([](BallotBody& b) { b.ctx.bytes[0] ^= 1; }));
  EXPECT_TRUE(refused([](BallotBody& b) { b.credential.bytes[0] ^= 1; }));
  EXPECT_TRUE(refused([](BallotBody& b) { b.kiosk.name = "K2"; }));
  EXPECT_TRUE(refused([](BallotBody& b) { b.seq = 4; }));
  EXPECT_TRUE(refused([](BallotBody& b) { b.contests[0].contest.name = "other"; }));
  EXPECT_TRUE(refused([](BallotBody& b) { b.contests[0].row[0].beta += Point::generator(); }));
  EXPECT_TRUE(refused([](BallotBody& b) { b.contests[0].row[0].alpha += Point::generator(); }));
  EXPECT_TRUE(refused([](BallotBody& b) { b.contests[0].A[0] += Point::generator(); }));
  EXPECT_TRUE(refused([](BallotBody& b) { std::swap(b.contests[0].row, b.contests[1].row); }));
  EXPECT_TRUE(refused([](BallotBody& b) {  // n18: the fifth power with a scaled proof
    const Scalar five = Scalar::of(5);
    auto& c = b.contests[0];
    c.row[0] = {five * c.row[0].alpha, five * c.row[0].beta};
    c.A[0] = five * c.A[0];
    c.z[0] = five * c.z[0];
  }));
}

TEST(Ballot, StrictBytes) {
  const BallotBody b = ballot_with(1);
  const Bytes good = b.encode();
  const std::size_t row = 64 + 4 + 4 + 32 + 4 + 2 + 8 + 4 + 4 + 9 + 4;  // first point
  const auto check_after = [&](std::size_t at, std::initializer_list<std::uint8_t> put) {
    Bytes bytes = good;
    std::copy(put.begin(), put.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    const auto decoded = BallotBody::decode(bytes);
    return decoded ? std::string("accepted") : std::string(name_of(decoded.error().check));
  };
  EXPECT_EQ(check_after(row + 31, {static_cast<std::uint8_t>(good[row + 31] | 0x80)}), "V08.point");  // n21b
  EXPECT_EQ(check_after(row, {static_cast<std::uint8_t>(good[row] | 1)}), "V08.point");  // n21: a negative encoding
  Bytes identity = good;
  std::fill_n(identity.begin() + static_cast<std::ptrdiff_t>(row), 32, 0);
  EXPECT_EQ(BallotBody::decode(identity).error().check, code::V08::point);  // n22
  EXPECT_EQ(check_after(row + 96 + 31, {0xff}), "V08.scalar");              // n23
  EXPECT_EQ(check_after(row - 4, {0}), "E02.encoding");
  EXPECT_EQ(check_after(row - 4, {65}), "E02.encoding");
  for (std::size_t n = 0; n < good.size(); n += 13) EXPECT_FALSE(BallotBody::decode(std::span(good).first(n))) << n;
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_EQ(BallotBody::decode(longer).error().check, code::E02::encoding);
}

TEST(Opening, ShowsWhatWasSealedAndNothingElse) {
  std::vector<ContestSecret> secrets;
  const BallotBody b = ballot_with(2, &secrets);
  const BallotOpening good = publish(secrets);
  EXPECT_TRUE(verify_opening(b, BallotOpening::decode(good.encode()).value(), Y()));
  const auto refused = [&](auto change) {
    BallotOpening o = good;
    change(o);
    return verify_opening(b, o, Y()).error().check == code::V11::open;
  };
  EXPECT_TRUE(refused([](BallotOpening& o) { o.contests[0].content[0] ^= 1; }));            // n38
  EXPECT_TRUE(refused([](BallotOpening& o) { o.contests[0].r[0] = o.contests[0].r[1]; }));  // n39
  EXPECT_TRUE(refused([](BallotOpening& o) { o.contests.pop_back(); }));
  EXPECT_TRUE(refused([](BallotOpening& o) { o.contests[0].r.pop_back(); }));
  EXPECT_TRUE(refused([](BallotOpening& o) { o.contests[0].content.resize(59); }));
}

TEST(Slip, FindsTypingErrors) {
  const Slip slip = Slip::random();
  const std::string text = slip.text();
  const Hash64 congress = draft_digest(as_bytes("a scheme"));
  const auto key = [&](const Slip& s, std::uint8_t round) { return s.credential(congress, round).verify_key(); };
  EXPECT_EQ(key(Slip::parse(text).value(), 1), key(slip, 1));
  EXPECT_NE(key(slip, 1), key(slip, 2));
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
  std::erase(lower, '-');
  EXPECT_EQ(key(Slip::parse(lower).value(), 1), key(slip, 1));
  int found = 0;
  int tried = 0;
  for (std::size_t i = 4; i < text.size(); ++i) {
    if (text[i] == '-') continue;
    std::string wrong = text;
    wrong[i] = wrong[i] == 'A' ? 'B' : 'A';
    ++tried;
    if (!Slip::parse(wrong)) ++found;
  }
  EXPECT_GE(found, tried - 1);  // one in a thousand slips through
  for (const char* bad : {"", "TX1", "TX2-AAAA", "hello"}) EXPECT_EQ(Slip::parse(bad).error().check, code::plain::slip);
}

class Mix : public testing::TestWithParam<std::pair<std::size_t, std::size_t>> {
 protected:
  void SetUp() override {
    const auto [n, w] = GetParam();
    const BallotBody b;
    for (std::size_t i = 0; i < n; ++i)
      input.push_back(seal_contest(b, ContestId{"c"}, Y(), as_bytes("vote " + std::to_string(i)), w).contest.row);
    record = make_mix(statement, input, 2);
  }
  std::string check(const MixRecord& m) const {
    const auto result = verify_mix(statement, input, m, 1);
    return result ? "accepted" : std::string(name_of(result.error().check));
  }
  std::string after(const std::function<void(MixRecord&)>& change) const {
    MixRecord m = record;
    change(m);
    return check(m);
  }
  MixStatement statement{{}, ContestId{"c"}, MixPosition{1}, TrusteeIndex{1}, Y()};
  std::vector<Row> input;
  MixRecord record;
};

TEST_P(Mix, VerifiesAndDecryptsToTheSameVotes) {
  EXPECT_EQ(check(record), "accepted");
  EXPECT_EQ(MixRecord::decode(record.encode(), 2).value(), record);
  const DecryptionStatement s{{}, ContestId{"c"}, TrusteeIndex{1}, Y(), Y()};
  const DecryptionRecord d = make_decryption(s, record.output, x(), 2);
  EXPECT_TRUE(verify_decryption(s, record.output, d, 1));
  const PartialDecryption part{TrusteeIndex{1}, d.factors};
  const auto opened = combine(record.output, {&part, 1}, 1);
  std::multiset<std::string> votes;
  const std::size_t w = input[0].size();
  for (std::size_t i = 0; i < input.size(); ++i)
    votes.emplace(as_text(decode_content(std::span(opened).subspan(i * w, w)).value()));
  for (std::size_t i = 0; i < input.size(); ++i) EXPECT_EQ(votes.count("vote " + std::to_string(i)), 1U);
}

// n46 to n54: each list changed in one place.
TEST_P(Mix, EveryChangeIsRefusedByItsEquation) {
  const std::size_t last = input.size() - 1;
  const auto bump = [](Point& p) { p += other_point(); };
  const auto bump_scalar = [](Scalar& s) { s = s + Scalar::of(1); };
  EXPECT_EQ(after([&](MixRecord& m) { bump(m.proof.t1); }), "V13.E1");
  EXPECT_EQ(after([&](MixRecord& m) { bump_scalar(m.proof.s1); }), "V13.E1");
  EXPECT_EQ(after([&](MixRecord& m) { bump_scalar(m.proof.s2); }), "V13.E2");
  EXPECT_EQ(after([&](MixRecord& m) { bump_scalar(m.proof.s3); }), "V13.E3");
  EXPECT_EQ(after([&](MixRecord& m) { bump_scalar(m.proof.s4[0]); }), "V13.E4");
  EXPECT_EQ(after([&](MixRecord& m) { bump_scalar(m.proof.s_hat[last]); }), "V13.E5");
  EXPECT_EQ(after([&](MixRecord& m) { bump_scalar(m.proof.s_prime[last]); }), "V13.E3");
  for (Point proofs::ShuffleProof::*t : {&proofs::ShuffleProof::t2, &proofs::ShuffleProof::t3})
    EXPECT_EQ(after([&](MixRecord& m) { bump(m.proof.*t); }), "V13.E1");  // in the challenge
  EXPECT_EQ(after([&](MixRecord& m) { bump(m.proof.t4[0].beta); }), "V13.E1");
  EXPECT_EQ(after([&](MixRecord& m) { bump(m.proof.t_hat[0]); }), "V13.E1");
  EXPECT_EQ(after([&](MixRecord& m) { bump(m.proof.c[0]); }), "V13.E1");
  EXPECT_EQ(after([&](MixRecord& m) { bump(m.proof.c_hat[0]); }), "V13.E1");
  EXPECT_NE(after([&](MixRecord& m) { bump(m.output[0][0].beta); }), "accepted");
}

TEST_P(Mix, IsBoundToItsStatement) {
  const auto refused = [&](auto change) {
    MixStatement s = statement;
    change(s);
    return !verify_mix(s, input, record, 1);
  };
  EXPECT_TRUE(refused([](MixStatement& s) { s.tctx.bytes[0] ^= 1; }));
  EXPECT_TRUE(refused([](MixStatement& s) { s.contest.name = "d"; }));  // of contest A offered for B
  EXPECT_TRUE(refused([](MixStatement& s) { s.position.value = 2; }));
  EXPECT_TRUE(refused([](MixStatement& s) { s.mixer.value = 2; }));
  EXPECT_TRUE(refused([](MixStatement& s) { s.public_key += Point::generator(); }));
}

TEST_P(Mix, ShapeComesFirst) {
  EXPECT_EQ(after([](MixRecord& m) { m.proof.t_hat.clear(); }), "V13.shape");  // n57b
  EXPECT_EQ(after([](MixRecord& m) { m.proof.t_hat.pop_back(); }), "V13.shape");
  EXPECT_EQ(after([](MixRecord& m) { m.proof.t4.clear(); }), "V13.shape");  // n57d
  EXPECT_EQ(after([](MixRecord& m) { m.output.pop_back(); }), "V13.shape");
  EXPECT_EQ(after([](MixRecord& m) { m.output[0].pop_back(); }), "V13.shape");
  EXPECT_EQ(after([](MixRecord& m) { m.proof.s4.push_back({}); }), "V13.shape");
  EXPECT_EQ(after([](MixRecord& m) { m.proof.c.push_back(Y()); }), "V13.shape");
  const Bytes good = record.encode();
  Bytes shorter(good.begin(), good.end() - 32);
  EXPECT_EQ(MixRecord::decode(shorter, 1).error().check, code::V13::shape);
  Bytes more = good;
  more[0] ^= 1;
  EXPECT_EQ(MixRecord::decode(more, 1).error().check, code::V13::shape);
  Bytes scalar = good;
  scalar.back() = 0xff;  // n58
  EXPECT_EQ(MixRecord::decode(scalar, 1).error().check, code::V13::decode);
  Bytes bit = good;
  bit[8 + 31] |= 0x80;
  EXPECT_EQ(MixRecord::decode(bit, 1).error().check, code::V13::decode);
}

INSTANTIATE_TEST_SUITE_P(Sizes, Mix,
                         testing::Values(std::pair{1U, 1U}, std::pair{2U, 1U}, std::pair{5U, 2U}, std::pair{40U, 3U}));

// A cheating mixer with its own prover state: outputs swapped for others after an honest proof.
TEST(MixCheats, ReplacedDuplicatedAndCrossedBallots) {
  const BallotBody b;
  std::vector<Row> input;
  for (int i = 0; i < 4; ++i)
    input.push_back(seal_contest(b, ContestId{"c"}, Y(), as_bytes(std::to_string(i)), 2).contest.row);
  const MixStatement s{{}, ContestId{"c"}, MixPosition{1}, TrusteeIndex{1}, Y()};
  const MixRecord good = make_mix(s, input, 1);
  const auto refused = [&](auto change) {
    MixRecord m = good;
    change(m);
    return !verify_mix(s, input, m, 1);
  };
  EXPECT_TRUE(refused(
      [&](MixRecord& m) { m.output[0] = seal_contest(b, ContestId{"c"}, Y(), as_bytes("x"), 2).contest.row; }));  // n46
  EXPECT_TRUE(refused([](MixRecord& m) { m.output[0] = m.output[1]; }));                                          // n47
  EXPECT_TRUE(refused([](MixRecord& m) { std::swap(m.output[0][1], m.output[1][1]); }));                          // n49
  EXPECT_TRUE(refused([](MixRecord& m) { std::swap(m.output[0], m.output[1]); }));
}

class Decryption : public testing::Test {
 protected:
  void SetUp() override {
    const BallotBody b;
    for (int i = 0; i < 3; ++i) list.push_back(seal_contest(b, ContestId{"c"}, Y(), as_bytes("v"), 2).contest.row);
    record = make_decryption(statement, list, x(), 1);
  }
  std::string after(const std::function<void(DecryptionRecord&)>& change) const {
    DecryptionRecord d = record;
    change(d);
    const auto result = verify_decryption(statement, list, d, 1);
    return result ? "accepted" : std::string(name_of(result.error().check));
  }
  DecryptionStatement statement{{}, ContestId{"c"}, TrusteeIndex{1}, Y(), Y()};
  std::vector<Row> list;
  DecryptionRecord record;
};

TEST_F(Decryption, EveryLieIsFound) {
  EXPECT_EQ(after([](DecryptionRecord&) {}), "accepted");
  const Point three = Point::base(Scalar::of(3));
  EXPECT_EQ(after([&](DecryptionRecord& d) { d.factors[0] += three; }), "V14.proof");  // n60
  EXPECT_EQ(after([&](DecryptionRecord& d) {                                           // n61
              d.factors[0] += three;
              d.factors[1] = d.factors[1] - three;
            }),
            "V14.proof");
  EXPECT_EQ(after([](DecryptionRecord& d) { std::swap(d.factors[0], d.factors[2]); }), "V14.proof");  // n62
  EXPECT_EQ(after([](DecryptionRecord& d) { d.proof.A += Y(); }), "V14.proof");                       // n67
  EXPECT_EQ(after([](DecryptionRecord& d) { d.proof.B += Y(); }), "V14.proof");
  EXPECT_EQ(after([](DecryptionRecord& d) { d.proof.z = d.proof.z + Scalar::of(1); }), "V14.proof");  // n68
  EXPECT_EQ(after([](DecryptionRecord& d) { d.factors.pop_back(); }), "V14.shape");
  EXPECT_EQ(after([](DecryptionRecord& d) { d.width = 1; }), "V14.shape");
  const DecryptionRecord wrong_key = make_decryption(statement, list, SecretScalar::random(), 1);  // n63
  EXPECT_EQ(verify_decryption(statement, list, wrong_key, 1).error().check, code::V14::proof);
}

TEST_F(Decryption, IsBoundToItsStatementAndList) {
  const auto refused = [&](auto change) {
    DecryptionStatement s = statement;
    change(s);
    return verify_decryption(s, list, record, 1).error().check == code::V14::proof;
  };
  EXPECT_TRUE(refused([](DecryptionStatement& s) { s.trustee.value = 2; }));  // n64
  EXPECT_TRUE(refused([](DecryptionStatement& s) { s.contest.name = "d"; }));
  EXPECT_TRUE(refused([](DecryptionStatement& s) { s.tctx.bytes[9] ^= 1; }));
  EXPECT_TRUE(refused([](DecryptionStatement& s) { s.trustee_key += Y(); }));
  auto earlier = list;  // n69
  std::swap(earlier[0], earlier[1]);
  EXPECT_EQ(verify_decryption(statement, earlier, record, 1).error().check, code::V14::proof);
}

TEST_F(Decryption, StrictBytes) {
  const Bytes good = record.encode();
  EXPECT_EQ(DecryptionRecord::decode(good, 1).value(), record);
  Bytes bad = good;
  bad[8 + 31] |= 0x80;
  EXPECT_EQ(DecryptionRecord::decode(bad, 1).error().check, code::V14::decode);
  bad = good;
  bad.back() = 0xff;
  EXPECT_EQ(DecryptionRecord::decode(bad, 1).error().check, code::V14::decode);
  EXPECT_EQ(DecryptionRecord::decode(std::span(good).first(good.size() - 1), 1).error().check, code::V14::shape);
}

struct Ceremony {
  CeremonyParameters p{Hash64{}, 3, 2};
  std::vector<CeremonySecret> secrets;
  std::vector<CeremonyCommit> commits;
  Hash64 gamma;
  std::vector<CeremonyShare> shares;

  Ceremony() {
    for (std::uint32_t i = 1; i <= 3; ++i) {
      secrets.push_back(CeremonySecret::random(2));
      commits.push_back(make_commit(p, TrusteeIndex{i}, secrets.back()));
    }
    gamma = ceremony_digest(p, commits);
    for (std::uint32_t i = 1; i <= 3; ++i)
      shares.push_back(make_share(p, gamma, TrusteeIndex{i}, secrets[i - 1], commits));
  }
};

TEST(CeremonyTest, AnyTwoOfThreeDecrypt) {
  Ceremony c;
  std::vector<SecretScalar> x_of;
  std::vector<CeremonyConfirm> confirms;
  const Hash64 T1 = transcript_digest(c.gamma, c.shares);
  for (std::uint32_t i = 1; i <= 3; ++i) {
    EXPECT_TRUE(verify_commit(c.p, CeremonyCommit::decode(c.commits[i - 1].encode()).value()));
    EXPECT_TRUE(verify_share(c.p, c.gamma, c.commits[i - 1], CeremonyShare::decode(c.shares[i - 1].encode()).value()));
    auto opened = open_shares(c.gamma, TrusteeIndex{i},
                              CeremonySecret::decode(c.secrets[i - 1].encode().reveal()).value(), c.commits, c.shares);
    ASSERT_TRUE(opened);
    x_of.push_back(std::move(*opened));
    confirms.push_back(make_confirm(T1, TrusteeIndex{i}, x_of.back()));
    EXPECT_TRUE(verify_confirm(c.p, T1, c.shares, CeremonyConfirm::decode(confirms.back().encode()).value()));
  }
  const ElectionKey key = election_key(c.shares, confirms);
  const Row row = seal_contest({}, ContestId{"c"}, key.public_key, as_bytes("secret"), 1).contest.row;
  for (const auto& [a, b] : {std::pair{1U, 2U}, {1U, 3U}, {2U, 3U}}) {
    std::vector<Point> D[2] = {{x_of[a - 1] * row[0].alpha}, {x_of[b - 1] * row[0].alpha}};
    const PartialDecryption parts[] = {{TrusteeIndex{a}, D[0]}, {TrusteeIndex{b}, D[1]}};
    const auto opened = combine({&row, 1}, parts, 1);
    EXPECT_EQ(as_text(decode_content(opened).value()), "secret");
  }
}

TEST(CeremonyTest, EveryLieIsNamed) {
  Ceremony c;
  CeremonyCommit foreign = c.commits[0];
  foreign.ephemeral = c.commits[1].ephemeral;
  EXPECT_EQ(verify_commit(c.p, foreign).error().check, code::V03::popE);  // n06
  foreign = c.commits[0];
  foreign.trustee.value = 4;
  EXPECT_EQ(verify_commit(c.p, foreign).error().check, code::V03::index);
  const auto share_check = [&](auto change) {
    CeremonyShare m = c.shares[0];
    CeremonyCommit commit = c.commits[0];
    change(m, commit);
    const auto result = verify_share(c.p, c.gamma, commit, m);
    return result ? std::string("accepted") : std::string(name_of(result.error().check));
  };
  EXPECT_EQ(share_check([](auto& m, auto&) { m.coefficients[0] += Point::generator(); }), "V04.commit");  // n07
  EXPECT_EQ(share_check([&](auto& m, auto& commit) {                                                      // n08
              m.coefficients[0] = m.coefficients[0] - c.shares[1].coefficients[0];
              commit.commitment = coefficient_commitment(c.p, TrusteeIndex{1}, m.coefficients);
            }),
            "V04.pop");
  EXPECT_EQ(share_check([](auto& m, auto&) { m.coefficients.push_back(Point::generator()); }), "V04.degree");  // n09
  EXPECT_EQ(share_check([](auto& m, auto&) { m.shares.pop_back(); }), "V04.shares");
  EXPECT_EQ(share_check([](auto& m, auto&) { m.shares[0].to = TrusteeIndex{1}; }), "V04.shares");
  EXPECT_EQ(share_check([](auto& m, auto&) { m.shares[1].to = m.shares[0].to; }), "V04.shares");
  const Hash64 T1 = transcript_digest(c.gamma, c.shares);
  auto opened = open_shares(c.gamma, TrusteeIndex{1}, c.secrets[0], c.commits, c.shares);
  CeremonyConfirm confirm = make_confirm(T1, TrusteeIndex{1}, *opened);
  confirm.public_key += Point::generator();
  EXPECT_EQ(verify_confirm(c.p, T1, c.shares, confirm).error().check, code::V05::X);  // n10
  confirm = make_confirm(c.gamma, TrusteeIndex{1}, *opened);                          // under another transcript
  EXPECT_EQ(verify_confirm(c.p, T1, c.shares, confirm).error().check, code::V05::pop);
}

TEST(CeremonyTest, AWrongShareIsFoundAndJudged) {
  Ceremony c;
  CeremonyShare cheat = c.shares[1];
  cheat.shares[0].encrypted = cheat.shares[0].encrypted + Scalar::of(1);  // for trustee 1
  auto all = c.shares;
  all[1] = cheat;
  const auto opened = open_shares(c.gamma, TrusteeIndex{1}, c.secrets[0], c.commits, all);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().dealer, TrusteeIndex{2});
  const Scalar e1 = c.secrets[0].e.publish();
  EXPECT_TRUE(judge_complaint(c.gamma, c.commits[0], cheat, TrusteeIndex{1}, e1));
  EXPECT_FALSE(judge_complaint(c.gamma, c.commits[0], c.shares[1], TrusteeIndex{1}, e1));  // the share was right
  EXPECT_FALSE(judge_complaint(c.gamma, c.commits[0], cheat, TrusteeIndex{1}, e1 + Scalar::of(1)));  // not its key
}

}  // namespace
}  // namespace tuixuan::protocol
