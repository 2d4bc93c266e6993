// Ballots, voided slips, challenges: n13 to n40c. Each stands at the end of the honest voting, unless it says
// otherwise.
#include "crypto/proofs/shuffle.h"
#include "crypto/proofs/transcript.h"
#include "tests/cheats/cheat.h"

namespace tuixuan::cheats {
namespace {

using primitives::Point;
using primitives::Scalar;
using protocol::BallotBody;

constexpr std::size_t kFreeSlip = 9;

class BallotCheats : public Cheat {
 protected:
  void SetUp() override {
    Cheat::SetUp();
    before(Kind::kiosk_final);
  }
  static kit::HeldBallot sealed(std::size_t slip = kFreeSlip, std::size_t kiosk = 0) {
    return c().seal(slip, kiosk, c().some_selections(4));
  }
  // A ballot made by the rules, changed by its kiosk before it signs.
  std::string inside(const std::function<void(kit::HeldBallot&)>& change) {
    kit::HeldBallot held = sealed();
    change(held);
    put_cast(std::move(held), kFreeSlip, 0);
    return verdict();
  }
  // The bytes of an encoded ballot changed, its kiosk and slip sign the new ones.
  std::string bytes_inside(const std::function<void(Bytes&, std::size_t first_alpha)>& change) {
    const kit::HeldBallot held = sealed();
    Bytes bytes = held.ballot.encode();
    const auto alpha = held.ballot.contests[0].row[0].alpha.bytes();
    const auto found = std::search(bytes.begin(), bytes.end(), alpha.begin(), alpha.end());
    change(bytes, static_cast<std::size_t>(found - bytes.begin()));
    const Hash64 hash = proofs::Framed("ballot").add(bytes).finish();
    const auto signature = c().kiosks[0].signing.sign(protocol::kiosk_statement(hash).view());
    const auto slip = c().credential(kFreeSlip);
    put(Kind::cast, election::BallotEntryBody{bytes, signature, {}}.encode(), {&slip});
    return verdict();
  }
};

// --- one ballot changed ----------------------------------------------------------------------------------------------

TEST_F(BallotCheats, n13_CiphertextChangedByTheServer) {
  before(Kind::cast, 2);
  auto b = body<election::BallotEntryBody>(Kind::cast, 2);
  BallotBody changed = ballot(2);
  changed.contests[0].row[0].beta += Point::generator();
  b.ballot = changed.encode();
  election::Envelope e = entry(Kind::cast, 2);
  e.body = b.encode();
  c().force(e.encode());
  EXPECT_EQ(verdict(), "V08.ksig");
}
TEST_F(BallotCheats, n14_BallotReplacedUnderTheOldSlipSignature) {
  const kit::HeldBallot first = sealed();
  const kit::HeldBallot other = sealed();
  election::Envelope e = election::Envelope::decode(c().cast_entry(first, kFreeSlip)).value();
  e.body = election::BallotEntryBody{other.ballot.encode(), other.kiosk_signature, {}}.encode();
  c().force(e.encode());
  EXPECT_EQ(verdict(), "V09.sig");
}
TEST_F(BallotCheats, n15_CiphertextChangedByAnInsider) {
  EXPECT_EQ(inside([](auto& h) { h.ballot.contests[0].row[0].beta += Point::generator(); }), "V08.pok");
}
TEST_F(BallotCheats, n16_CopiedToAnotherSlip) {
  EXPECT_EQ(inside([](auto& h) { h.ballot.contests = ballot(0).contests; }), "V08.pok");
}
TEST_F(BallotCheats, n17_CopiedAndReencrypted) {
  EXPECT_EQ(inside([](auto& h) {
              h.ballot.contests = ballot(0).contests;
              for (auto& contest : h.ballot.contests)
                for (auto& ct : contest.row) {
                  const Scalar r = primitives::SecretScalar::random().publish();
                  ct.alpha += Point::base(r);
                  ct.beta += r * c().public_key();
                }
            }),
            "V08.pok");
}
TEST_F(BallotCheats, n18_FivefoldPower) {
  EXPECT_EQ(inside([](auto& h) {
              h.ballot.contests = ballot(0).contests;
              const Scalar five = Scalar::of(5);
              for (auto& contest : h.ballot.contests) {
                for (auto& ct : contest.row) ct = {five * ct.alpha, five * ct.beta};
                for (auto& A : contest.A) A = five * A;
                for (auto& z : contest.z) z = five * z;
              }
            }),
            "V08.pok");
}
TEST_F(BallotCheats, n19_ProofsSwappedBetweenContests) {
  EXPECT_EQ(inside([](auto& h) {
              auto& a = h.ballot.contests[0];
              auto& b = h.ballot.contests[1];
              std::swap(a.A[0], b.A[0]);
              std::swap(a.z[0], b.z[0]);
            }),
            "V08.pok");
}

// --- bytes that are not the canonical ones ---------------------------------------------------------------------------

constexpr ByteArray<32> kFieldPrime = {0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                       0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                       0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};
constexpr ByteArray<32> kGroupOrder = {0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
                                       0xa2, 0xde, 0xf9, 0xde, 0x14, 0,    0,    0,    0,    0,    0,
                                       0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

// out = a + b or a - b over 256 bits.
ByteArray<32> sum(const ByteArray<32>& a, const ByteArray<32>& b) {
  ByteArray<32> out{};
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += static_cast<unsigned>(a[i]) + b[i];
    out[i] = static_cast<std::uint8_t>(carry);
    carry >>= 8U;
  }
  return out;
}
ByteArray<32> difference(const ByteArray<32>& a, ByteArray<32> b) {
  for (auto& x : b) x = static_cast<std::uint8_t>(~x);
  ByteArray<32> one{1};
  return sum(sum(a, b), one);
}

TEST_F(BallotCheats, n20_NonCanonicalPoint) {
  EXPECT_EQ(bytes_inside([](Bytes& b, std::size_t at) { std::copy(kFieldPrime.begin(), kFieldPrime.end(), &b[at]); }),
            "V08.point");
}
TEST_F(BallotCheats, n21_NegativeEncoding) {
  EXPECT_EQ(bytes_inside([](Bytes& b, std::size_t at) {
              ByteArray<32> s{};
              std::copy_n(&b[at], 32, s.begin());
              const ByteArray<32> negative = difference(kFieldPrime, s);
              std::copy(negative.begin(), negative.end(), &b[at]);
            }),
            "V08.point");
}
TEST_F(BallotCheats, n21b_HighBitSet) {
  EXPECT_EQ(bytes_inside([](Bytes& b, std::size_t at) { b[at + 31] |= 0x80; }), "V08.point");
}
TEST_F(BallotCheats, n22_IdentityAsAlpha) {
  EXPECT_EQ(bytes_inside([](Bytes& b, std::size_t at) { std::fill_n(&b[at], 32, std::uint8_t{0}); }), "V08.point");
}
TEST_F(BallotCheats, n23_ScalarPlusOrder) {
  EXPECT_EQ(bytes_inside([](Bytes& b, std::size_t) {
              ByteArray<32> z{};  // the ballot ends with the last scalar of its last contest
              std::copy_n(b.end() - 32, 32, z.begin());
              const ByteArray<32> more = sum(z, kGroupOrder);
              std::copy(more.begin(), more.end(), b.end() - 32);
            }),
            "V08.scalar");
}

// --- a ballot of another form ----------------------------------------------------------------------------------------

TEST_F(BallotCheats, n24_WrongWidth) {
  EXPECT_EQ(inside([](auto& h) {
              h.ballot.contests[0] = protocol::seal_contest(h.ballot, h.ballot.contests[0].contest, c().public_key(),
                                                            as_bytes("x"), h.ballot.contests[0].row.size() + 1)
                                         .contest;
            }),
            "V08.width");
}
TEST_F(BallotCheats, n25_ContestLeftOut) {
  EXPECT_EQ(inside([](auto& h) { h.ballot.contests.pop_back(); }), "V08.contests");
}
TEST_F(BallotCheats, n25_ContestsInAnotherOrder) {
  EXPECT_EQ(inside([](auto& h) { std::swap(h.ballot.contests[0], h.ballot.contests[1]); }), "V08.contests");
}
TEST_F(BallotCheats, n26_OtherBallotStyle) {
  EXPECT_EQ(inside([](auto& h) { h.ballot.box = BoxId{"other"}; }), "V08.style");
}
TEST_F(BallotCheats, n27_SlipThatIsNotListed) {
  kit::HeldBallot held = sealed();
  const auto stranger = primitives::SigningKey::random();
  held.ballot.credential = stranger.verify_key();
  held.kiosk_signature = c().kiosks[0].signing.sign(protocol::kiosk_statement(held.ballot.hash()).view());
  put(Kind::cast, election::BallotEntryBody{held.ballot.encode(), held.kiosk_signature, {}}.encode(), {&stranger});
  EXPECT_EQ(verdict(), "V08.cred");
}
TEST_F(BallotCheats, n28_UnknownKiosk) {
  EXPECT_EQ(inside([](auto& h) { h.ballot.kiosk = KioskId{"K9"}; }), "V08.kiosk");
}
TEST_F(BallotCheats, n29_BallotOfAnotherElection) {
  EXPECT_EQ(inside([](auto& h) { h.ballot.ctx.bytes[0] ^= 1; }), "V08.ctx");
}
TEST_F(BallotCheats, TimeThatPlacesAVoter) {
  const kit::HeldBallot held = sealed();
  ++c().minutes;
  c().force(c().cast_entry(held, kFreeSlip));
  --c().minutes;
  EXPECT_EQ(verdict(), "E06.time");
}

// --- ballots against each other --------------------------------------------------------------------------------------

TEST_F(BallotCheats, n30_SecondCastOfASlip) {
  c().force(c().cast_entry(sealed(0, 1), 0));
  EXPECT_EQ(verdict(), "V09.second");
}
TEST_F(BallotCheats, n31_SameEntryTwice) {
  c().force(Bytes(c().log[at(Kind::cast, 1)]));
  EXPECT_EQ(verdict(), "V09.twice");
}
TEST_F(BallotCheats, n32_ChallengedBallotAlsoCast) {
  const auto challenged = body<election::BallotEntryBody>(Kind::challenge);
  const auto slip = c().credential(7);
  put(Kind::cast, election::BallotEntryBody{challenged.ballot, challenged.kiosk_signature, {}}.encode(), {&slip});
  EXPECT_EQ(verdict(), "V09.twice");
}
TEST_F(BallotCheats, n33_ChallengedCiphertextWithAFreshProof) {
  const auto challenged = body<election::BallotEntryBody>(Kind::challenge);
  const auto shown = BallotBody::decode(challenged.ballot).value();
  const auto opening = protocol::BallotOpening::decode(challenged.opening).value();
  kit::HeldBallot held = sealed();
  for (std::size_t i = 0; i < shown.contests.size(); ++i) {
    auto& contest = held.ballot.contests[i];
    contest.row = shown.contests[i].row;
    contest.A.clear();
    contest.z.clear();
    std::vector<Scalar> a;
    for (std::size_t j = 0; j < contest.row.size(); ++j) {
      a.push_back(primitives::SecretScalar::random().publish());
      contest.A.push_back(Point::base(a[j]));
    }
    proofs::Framed t("ballot/pok");
    t.add(held.ballot.ctx.view())
        .text(contest.contest.name)
        .add(held.ballot.credential.view())
        .text(held.ballot.kiosk.name)
        .u64(held.ballot.seq)
        .point(c().public_key());
    proofs::add_rows(t, {&contest.row, 1});
    const Scalar challenge = t.points(contest.A).challenge();
    for (std::size_t j = 0; j < contest.row.size(); ++j)
      contest.z.push_back(a[j] + challenge * opening.contests[i].r[j]);
  }
  put_cast(std::move(held), kFreeSlip, 0);
  EXPECT_EQ(verdict(), "V09.replay");
}
TEST_F(BallotCheats, n34_BallotInTheMiddleDropped) {
  std::vector<Bytes> later;
  for (std::size_t i = at(Kind::cast, 2) + 1; i < at(Kind::kiosk_final); ++i) later.push_back(c().log[i]);
  before(Kind::cast, 2);
  for (Bytes& e : later) c().force(std::move(e));
  EXPECT_EQ(verdict(), "V09.seq");
}
TEST_F(BallotCheats, n35_LastBallotOfAKioskDropped) {
  before(Kind::abandon);
  c().append(entry(Kind::void_slip).encode());
  // The kiosk's own final says one ballot more; the cheating server changes the number in it.
  auto end = body<election::KioskEndBody>(Kind::kiosk_final);
  election::Envelope e = entry(Kind::kiosk_final);
  --end.last;
  e.body = end.encode();
  c().force(e.encode());
  EXPECT_EQ(verdict(), "V12.kiosk_sig");
}

// --- voided, challenged, given up ------------------------------------------------------------------------------------

TEST_F(BallotCheats, n36_VoidAfterCast) {
  put_by_supervisors(Kind::void_slip,
                     election::VoidSlipBody{c().stage_id, c().credential(0).verify_key(), "late"}.encode());
  EXPECT_EQ(verdict(), "V10.used");
}
TEST_F(BallotCheats, n37_VoidByOneOfficer) {
  const election::VoidSlipBody b{c().stage_id, c().credential(kFreeSlip).verify_key(), "spoiled"};
  put(Kind::void_slip, b.encode(), {&c().supervisors[1]});
  EXPECT_EQ(verdict(), "V10.sig");
}
TEST_F(BallotCheats, n37_VoidByOneOfficerWrittenTwice) {
  const election::VoidSlipBody b{c().stage_id, c().credential(kFreeSlip).verify_key(), "spoiled"};
  election::Envelope e =
      election::Envelope::decode(c().entry(Kind::void_slip, b.encode(), {&c().supervisors[1]})).value();
  e.signatures.push_back(e.signatures[0]);
  c().force(e.encode());
  EXPECT_EQ(verdict(), "E02.encoding");
}
TEST_F(BallotCheats, VoidOfAnUnknownSlip) {
  put_by_supervisors(
      Kind::void_slip,
      election::VoidSlipBody{c().stage_id, primitives::SigningKey::random().verify_key(), "spoiled"}.encode());
  EXPECT_EQ(verdict(), "V10.known");
}
TEST_F(BallotCheats, n38_OpenedContentChanged) {
  kit::HeldBallot held = sealed();
  protocol::BallotOpening opening = protocol::publish(held.secrets);
  opening.contests[0].content[0] ^= 1;
  const auto slip = c().credential(kFreeSlip);
  put(Kind::challenge, election::BallotEntryBody{held.ballot.encode(), held.kiosk_signature, opening.encode()}.encode(),
      {&slip});
  EXPECT_EQ(verdict(), "V11.open");
}
TEST_F(BallotCheats, n39_OpenedRandomnessChanged) {
  kit::HeldBallot held = sealed();
  protocol::BallotOpening opening = protocol::publish(held.secrets);
  opening.contests[1].r[0] = opening.contests[1].r[0] + Scalar::of(1);
  const auto slip = c().credential(kFreeSlip);
  put(Kind::challenge, election::BallotEntryBody{held.ballot.encode(), held.kiosk_signature, opening.encode()}.encode(),
      {&slip});
  EXPECT_EQ(verdict(), "V11.open");
}
TEST_F(BallotCheats, n39b_OpeningSpoiledByTheServer) {
  before(Kind::challenge);
  election::Envelope e = entry(Kind::challenge);
  auto b = body<election::BallotEntryBody>(Kind::challenge);
  auto opening = protocol::BallotOpening::decode(b.opening).value();
  opening.contests[0].content[0] ^= 1;
  b.opening = opening.encode();
  e.body = b.encode();
  c().force(e.encode());
  EXPECT_EQ(verdict(), "V09.sig");
}
TEST_F(BallotCheats, n40_CastTurnedIntoAbandon) {
  election::Envelope e = election::Envelope::decode(c().cast_entry(sealed(), kFreeSlip)).value();
  e.kind = Kind::abandon;
  c().force(e.encode());
  EXPECT_EQ(verdict(), "V09.sig");
}
TEST_F(BallotCheats, n40b_KioskFinalBeyondTheLog) {
  auto end = body<election::KioskEndBody>(Kind::kiosk_final);
  ++end.last;
  put(Kind::kiosk_final, end.encode(), {&c().kiosks[0].signing});
  EXPECT_EQ(verdict(), "V12.kiosk_final");
}
TEST_F(BallotCheats, n40c_CastWithAVoidedSlip) {
  c().force(c().cast_entry(sealed(10), 10));
  EXPECT_EQ(verdict(), "V09.voided");
}
TEST_F(BallotCheats, BallotAfterTheKiosksLast) {
  c().append(
      c().entry(Kind::kiosk_final, body<election::KioskEndBody>(Kind::kiosk_final).encode(), {&c().kiosks[0].signing}));
  c().force(c().cast_entry(sealed(), kFreeSlip));
  EXPECT_EQ(verdict(), "V09.seq");
}

// An entry without effect may stay on the log if the close names it; the record verifies, and says which and why.
TEST_F(BallotCheats, StruckByTheCloseTheRecordVerifiesAndCountsWithoutIt) {
  c().force(c().cast_entry(sealed(0, 1), 0));
  ASSERT_EQ(c().stage().struck.size(), 1U);
  c().close();
  c().mix();
  c().decrypt();
  c().count();
  EXPECT_EQ(verdict(), "verified");
  EXPECT_EQ(c().stage().cast, 8U);
}
TEST_F(BallotCheats, StruckButCounted) {
  c().force(c().cast_entry(sealed(0, 1), 0));
  for (std::size_t k = 0; k < 2; ++k)
    c().append(c().entry(Kind::kiosk_final, body<election::KioskEndBody>(Kind::kiosk_final, k).encode(),
                         {&c().kiosks[k].signing}));
  election::CloseBody b = c().close_body();
  b.struck.clear();
  put_by_supervisors(Kind::close, b.encode());
  EXPECT_EQ(verdict(), "V09.second");
}
TEST_F(BallotCheats, AnotherBallotStruckInItsPlace) {
  c().force(c().cast_entry(sealed(0, 1), 0));
  for (std::size_t k = 0; k < 2; ++k)
    c().append(c().entry(Kind::kiosk_final, body<election::KioskEndBody>(Kind::kiosk_final, k).encode(),
                         {&c().kiosks[k].signing}));
  election::CloseBody b = c().close_body();
  b.struck = {at(Kind::cast)};
  put_by_supervisors(Kind::close, b.encode());
  EXPECT_EQ(verdict(), "V09.second");
}
TEST_F(BallotCheats, GoodBallotStruck) {
  for (std::size_t k = 0; k < 2; ++k)
    c().append(c().entry(Kind::kiosk_final, body<election::KioskEndBody>(Kind::kiosk_final, k).encode(),
                         {&c().kiosks[k].signing}));
  election::CloseBody b = c().close_body();
  b.struck.push_back(at(Kind::cast));
  put_by_supervisors(Kind::close, b.encode());
  EXPECT_EQ(verdict(), "V12.struck");
}

}  // namespace
}  // namespace tuixuan::cheats
