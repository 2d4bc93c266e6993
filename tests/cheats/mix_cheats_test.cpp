// Mixes: n46 to n59. The mixer signs; where the proof is its own, the mixer made the best proof it could.
#include <numeric>

#include "crypto/protocol/decryption.h"
#include "tests/cheats/cheat.h"
#include "tests/support/cheating_mix.h"

namespace tuixuan::cheats {
namespace {

using election::MixBody;
using primitives::Point;
using primitives::Scalar;
using proofs::Row;
using proofs::ShuffleProof;
using protocol::MixRecord;

class MixCheats : public Cheat {
 protected:
  static MixRecord record(std::size_t nth) {
    return MixRecord::decode(c().objects.find(body<MixBody>(Kind::mix, nth).record.hash).value(), 1).value();
  }
  // The nth mix with another record, signed by its mixer.
  static void put_record(std::size_t nth, const Bytes& bytes) {
    MixBody b = body<MixBody>(Kind::mix, nth);
    b.record = c().objects.put(bytes);
    put(Kind::mix, b.encode(), {&c().trustees[b.mixer.value - 1].signing});
  }
  std::string with_record(const std::function<void(MixRecord&)>& change, std::size_t nth = 1) {
    MixRecord m = record(nth);
    change(m);
    before(Kind::mix, nth);
    put_record(nth, m.encode());
    return verdict();
  }
  std::string with_bytes(const std::function<void(Bytes&)>& change, std::size_t nth = 1) {
    Bytes bytes = record(nth).encode();
    change(bytes);
    before(Kind::mix, nth);
    put_record(nth, bytes);
    return verdict();
  }
  std::string with_prover(const std::vector<std::size_t>& psi, const std::function<void(std::vector<Row>&)>& spoil) {
    before(Kind::mix, 1);
    const MixBody b = body<MixBody>(Kind::mix, 1);
    const auto m = kit::cheating_mix({c().stage().tctx, b.contest, b.position, b.mixer, c().public_key()},
                                     c().stage().contests[0].list, psi, spoil);
    put_record(1, m.encode());
    return verdict();
  }
  static std::vector<std::size_t> backwards() {
    std::vector<std::size_t> psi(8);
    std::iota(psi.rbegin(), psi.rend(), 0U);
    return psi;
  }
  static Point stranger() { return Point::base(primitives::SecretScalar::random()); }
};

TEST_F(MixCheats, TheCheatingProverIsAMixerWhenItDoesNotCheat) {
  EXPECT_EQ(with_prover(backwards(), [](auto&) {}), "verified");
}
TEST_F(MixCheats, n46_OneOutputReplaced) {
  EXPECT_EQ(with_prover(backwards(), [](auto& out) { out[3][0].beta += Point::generator(); }), "V13.E4");
}
TEST_F(MixCheats, n47_OneDuplicatedOneDropped) {
  EXPECT_EQ(with_prover(backwards(), [](auto& out) { out[2] = out[5]; }), "V13.E4");
}
TEST_F(MixCheats, n48_CommitmentToNoPermutation) {
  std::vector<std::size_t> psi = backwards();
  psi[1] = psi[0];
  EXPECT_EQ(with_prover(psi, [](auto&) {}), "V13.E2");
}
TEST_F(MixCheats, n49_ColumnsExchangedBetweenBallots) {
  EXPECT_EQ(with_prover(backwards(), [](auto& out) { std::swap(out[0][1], out[1][1]); }), "V13.E4");
}

TEST_F(MixCheats, n50_t1) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.t1 = stranger(); }), "V13.E1");
}
TEST_F(MixCheats, n50_t2) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.t2 = stranger(); }), "V13.E1");
}
TEST_F(MixCheats, n50_t3) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.t3 = stranger(); }), "V13.E1");
}
TEST_F(MixCheats, n50_s1) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.s1 = Scalar::of(7); }), "V13.E1");
}
TEST_F(MixCheats, n50_s2) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.s2 = Scalar::of(7); }), "V13.E2");
}
TEST_F(MixCheats, n50_s3) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.s3 = Scalar::of(7); }), "V13.E3");
}
TEST_F(MixCheats, n51_c) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.c[4] = stranger(); }), "V13.E1");
}
TEST_F(MixCheats, n51_c_hat) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.c_hat[4] = stranger(); }), "V13.E1");
}
TEST_F(MixCheats, n51_t_hat) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.t_hat[4] = stranger(); }), "V13.E1");
}
TEST_F(MixCheats, n51_s4) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.s4[1] = Scalar::of(7); }), "V13.E4");
}
TEST_F(MixCheats, n51_s_hat) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.s_hat[4] = Scalar::of(7); }), "V13.E5");
}
TEST_F(MixCheats, n51_s_prime) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.s_prime[4] = Scalar::of(7); }), "V13.E3");
}
TEST_F(MixCheats, n52_t4) {
  EXPECT_EQ(with_record([](auto& m) { m.proof.t4[0].beta = stranger(); }), "V13.E1");
}

TEST_F(MixCheats, n53_OutputChangedNotSigned) {
  MixRecord m = record(1);
  m.output[0][0].beta += Point::generator();
  election::Envelope e = entry(Kind::mix, 1);
  MixBody b = body<MixBody>(Kind::mix, 1);
  b.record = c().objects.put(m.encode());
  e.body = b.encode();
  before(Kind::mix, 1);
  c().force(e.encode());
  EXPECT_EQ(verdict(), "V13.sig");
}
TEST_F(MixCheats, ObjectIsNotTheNamedOne) {
  kit::Files files = kit::record_files(c());
  files.at("object/" + body<MixBody>(Kind::mix, 1).record.hash.hex()).back() ^= 1;
  EXPECT_EQ(verdict_of(files), "E04.object");
}
TEST_F(MixCheats, ObjectIsMissing) {
  kit::Files files = kit::record_files(c());
  files.erase("object/" + body<MixBody>(Kind::mix, 1).record.hash.hex());
  EXPECT_EQ(verdict_of(files), "E04.object");
}
TEST_F(MixCheats, n54_TwoMixesExchanged) {
  MixBody second = body<MixBody>(Kind::mix, 1);
  second.position = MixPosition{1};
  before(Kind::mix, 0);
  put(Kind::mix, second.encode(), {&c().trustees[second.mixer.value - 1].signing});
  EXPECT_EQ(verdict(), "V13.E1");
}
TEST_F(MixCheats, n54_MixOutOfItsPosition) {
  const Bytes second = c().log[at(Kind::mix, 1)];
  before(Kind::mix, 0);
  c().force(second);
  EXPECT_EQ(verdict(), "V13.position");
}
TEST_F(MixCheats, n55_OneMixerTwice) {
  before(Kind::mix, 1);
  MixBody b = body<MixBody>(Kind::mix, 1);
  b.mixer = TrusteeIndex{1};
  const auto m = protocol::make_mix({c().stage().tctx, b.contest, b.position, b.mixer, c().public_key()},
                                    c().stage().contests[0].list, 1);
  b.record = c().objects.put(m.encode());
  put(Kind::mix, b.encode(), {&c().trustees[0].signing});
  EXPECT_EQ(verdict(), "V13.mixers");
}
TEST_F(MixCheats, n56_FewerThanMinMixers) {
  before(Kind::mix, 2);  // two of three have mixed the first contest
  const election::ContestState& contest = c().stage().contests[0];
  const ContestId id{"committee"};
  const auto record = protocol::make_decryption(
      {c().stage().tctx, id, TrusteeIndex{1}, c().public_key(), c().stage().opening->trustee_keys[0]}, contest.list,
      c().trustees[0].share, 1);
  put(Kind::decryption,
      election::DecryptionBody{c().stage_id, id, TrusteeIndex{1}, c().objects.put(record.encode())}.encode(),
      {&c().trustees[0].signing});
  EXPECT_EQ(verdict(), "V13.mixers");
}

// Lists have their lengths from the two numbers at the front, so a shorter list is a record of the wrong size.
TEST_F(MixCheats, n57_AllListsOneShort) {
  EXPECT_EQ(with_record([](auto& m) {
              m.output.pop_back();
              for (auto* list : {&m.proof.c, &m.proof.c_hat, &m.proof.t_hat}) list->pop_back();
              for (auto* list : {&m.proof.s_hat, &m.proof.s_prime}) list->pop_back();
            }),
            "V13.shape");
}
TEST_F(MixCheats, n57b_NoChainAnnouncement) {
  EXPECT_EQ(with_bytes([](Bytes& b) { b.erase(b.end() - 64 * 8, b.end() - 32 * 8); }), "V13.shape");
}
TEST_F(MixCheats, n57c_ChainAnnouncementOneShort) {
  EXPECT_EQ(with_bytes([](Bytes& b) { b.erase(b.end() - 32, b.end()); }), "V13.shape");
}
TEST_F(MixCheats, n57d_RowsOfAnotherWidth) {
  EXPECT_EQ(with_record([](auto& m) {
              for (auto& row : m.output) row.pop_back();
              m.proof.t4.pop_back();
              m.proof.s4.pop_back();
            }),
            "V13.shape");
}
TEST_F(MixCheats, n57_CountsThatDoNotFit) {
  EXPECT_EQ(with_bytes([](Bytes& b) { b[3] = 0xff; }), "V13.shape");
}
TEST_F(MixCheats, n58_ScalarNotBelowTheOrder) {
  EXPECT_EQ(with_bytes([](Bytes& b) { b.back() |= 0xf0; }), "V13.decode");
}
TEST_F(MixCheats, n58_PointNotCanonical) {
  EXPECT_EQ(with_bytes([](Bytes& b) { b[8 + 31] |= 0x80; }), "V13.decode");
}
TEST_F(MixCheats, n59_ContestNotMixed) {
  const election::CountBody b = body<election::CountBody>(Kind::count);
  std::vector<Bytes> of_first;
  for (std::size_t i = 0; i < 2; ++i) of_first.push_back(c().log[at(Kind::decryption, i)]);
  before(Kind::mix, 3);
  for (const Bytes& e : of_first) c().append(e);
  put_by_supervisors(Kind::count, b.encode());
  EXPECT_EQ(verdict(), "V13.contests");
}
TEST_F(MixCheats, ContestThatIsNotOfTheStage) {
  MixBody b = body<MixBody>(Kind::mix, 0);
  b.contest.name = "mayor";
  before(Kind::mix, 0);
  put(Kind::mix, b.encode(), {&c().trustees[0].signing});
  EXPECT_EQ(verdict(), "V13.contests");
}

}  // namespace
}  // namespace tuixuan::cheats
