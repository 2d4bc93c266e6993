// Partial decryptions and the count: n60 to n73.
#include "crypto/protocol/decryption.h"
#include "tally/scheme/report.h"
#include "tests/cheats/cheat.h"

namespace tuixuan::cheats {
namespace {

using election::CountBody;
using election::DecryptionBody;
using primitives::Point;
using primitives::Scalar;
using protocol::DecryptionRecord;

class DecryptionCheats : public Cheat {
 protected:
  static DecryptionRecord record(std::size_t nth) {
    return DecryptionRecord::decode(c().objects.find(body<DecryptionBody>(Kind::decryption, nth).record.hash).value(),
                                    1)
        .value();
  }
  static void put_record(std::size_t nth, const Bytes& bytes) {
    DecryptionBody b = body<DecryptionBody>(Kind::decryption, nth);
    b.record = c().objects.put(bytes);
    put(Kind::decryption, b.encode(), {&c().trustees[b.trustee.value - 1].signing});
  }
  std::string with_record(const std::function<void(DecryptionRecord&)>& change) {
    DecryptionRecord d = record(1);
    change(d);
    before(Kind::decryption, 1);
    put_record(1, d.encode());
    return verdict();
  }
  std::string with_bytes(const std::function<void(Bytes&)>& change) {
    Bytes bytes = record(1).encode();
    change(bytes);
    before(Kind::decryption, 1);
    put_record(1, bytes);
    return verdict();
  }
  // A decryption by trustee 2 of the first contest, with this key and list.
  std::string decrypted_with(const primitives::SecretScalar& x, const std::vector<protocol::Row>& list) {
    before(Kind::decryption, 1);
    const DecryptionBody b = body<DecryptionBody>(Kind::decryption, 1);
    const auto d = protocol::make_decryption(
        {c().stage().tctx, b.contest, b.trustee, c().public_key(), c().stage().opening->trustee_keys[1]}, list, x, 1);
    put_record(1, d.encode());
    return verdict();
  }
};

TEST_F(DecryptionCheats, n60_OneShareOff) {
  EXPECT_EQ(with_record([](auto& d) { d.factors[2] += Point::base(Scalar::of(3)); }), "V14.proof");
}
TEST_F(DecryptionCheats, n61_ErrorsThatCancelInASum) {
  EXPECT_EQ(with_record([](auto& d) {
              const Point three = Point::base(Scalar::of(3));
              d.factors[0] += three;
              d.factors[1] = d.factors[1] - three;
            }),
            "V14.proof");
}
TEST_F(DecryptionCheats, n62_SharesOfTwoBallotsSwapped) {
  EXPECT_EQ(with_record([](auto& d) { std::swap(d.factors[0], d.factors[d.width]); }), "V14.proof");
}
TEST_F(DecryptionCheats, n63_OtherSecretKey) {
  before(Kind::decryption, 1);
  EXPECT_EQ(decrypted_with(primitives::SecretScalar::random(), c().stage().contests[0].list), "V14.proof");
}
TEST_F(DecryptionCheats, n64_AnotherTrusteesShare) {
  before(Kind::decryption, 1);
  EXPECT_EQ(decrypted_with(c().trustees[2].share, c().stage().contests[0].list), "V14.proof");
}
TEST_F(DecryptionCheats, n65_TooFewDecryptions) {
  CountBody b = body<CountBody>(Kind::count);
  b.contests[0].trustees.pop_back();
  before(Kind::count);
  put_by_supervisors(Kind::count, b.encode());
  EXPECT_EQ(verdict(), "V14.quorum");
}
TEST_F(DecryptionCheats, n66_SameTrusteeTwice) {
  CountBody b = body<CountBody>(Kind::count);
  b.contests[0].trustees[1] = b.contests[0].trustees[0];
  before(Kind::count);
  put_by_supervisors(Kind::count, b.encode());
  EXPECT_EQ(verdict(), "V14.trustee");
}
TEST_F(DecryptionCheats, n66_DecryptsTwice) {
  const Bytes first = c().log[at(Kind::decryption)];
  before(Kind::decryption, 1);
  c().force(first);
  EXPECT_EQ(verdict(), "V14.trustee");
}
TEST_F(DecryptionCheats, n66_CountNamesOneWhoDidNot) {
  CountBody b = body<CountBody>(Kind::count);
  b.contests[0].trustees[1] = TrusteeIndex{3};
  before(Kind::count);
  put_by_supervisors(Kind::count, b.encode());
  EXPECT_EQ(verdict(), "V14.trustee");
}
TEST_F(DecryptionCheats, n67_AnnouncementReplaced) {
  EXPECT_EQ(with_record([](auto& d) { d.proof.A += Point::generator(); }), "V14.proof");
}
TEST_F(DecryptionCheats, n68_ResponseReplaced) {
  EXPECT_EQ(with_record([](auto& d) { d.proof.z = d.proof.z + Scalar::of(1); }), "V14.proof");
}
TEST_F(DecryptionCheats, n69_EarlierListOfTheChain) {
  before(Kind::mix, 2);  // before the third mix of the first contest
  const auto earlier = c().stage().contests[0].list;
  TearDown();
  EXPECT_EQ(decrypted_with(c().trustees[1].share, earlier), "V14.proof");
}
TEST_F(DecryptionCheats, ShorterList) {
  EXPECT_EQ(with_record([](auto& d) { d.factors.resize(d.factors.size() - d.width); }), "V14.shape");
}
TEST_F(DecryptionCheats, CutShort) {
  EXPECT_EQ(with_bytes([](Bytes& b) { b.pop_back(); }), "V14.shape");
}
TEST_F(DecryptionCheats, ScalarNotBelowTheOrder) {
  EXPECT_EQ(with_bytes([](Bytes& b) { b.back() |= 0xf0; }), "V14.decode");
}
TEST_F(DecryptionCheats, SignedBySomebodyElse) {
  const DecryptionBody b = body<DecryptionBody>(Kind::decryption, 1);
  before(Kind::decryption, 1);
  put(Kind::decryption, b.encode(), {&c().trustees[2].signing});
  EXPECT_EQ(verdict(), "V14.sig");
}

class CountCheats : public Cheat {
 protected:
  void SetUp() override {
    Cheat::SetUp();
    before(Kind::count);
  }
  std::string with_opened(const std::function<void(Bytes&)>& change) {
    CountBody b = body<CountBody>(Kind::count);
    Bytes opened = c().objects.find(b.contests[0].opened.hash).value();
    change(opened);
    b.contests[0].opened = c().objects.put(opened);
    put_by_supervisors(Kind::count, b.encode());
    return verdict();
  }
  std::string with_report(const std::function<void(scheme::Report&)>& change) {
    CountBody b = body<CountBody>(Kind::count);
    auto report = scheme::parse_report(c().objects.find(b.report.hash).value()).value();
    change(report);
    b.report = c().objects.put(scheme::write_report(report));
    put_by_supervisors(Kind::count, b.encode());
    return verdict();
  }
};

TEST_F(CountCheats, n70_PlaintextPoint) {
  EXPECT_EQ(with_opened([](Bytes& o) {
              const auto p = Point::base(Scalar::of(5)).bytes();
              std::copy(p.begin(), p.end(), o.begin() + 8);
            }),
            "V15.points");
}
TEST_F(CountCheats, n71_WrittenName) {
  EXPECT_EQ(with_report([](auto& r) { r.contests[0].persons.back().name = "别人"; }), "V15.tally");
}
TEST_F(CountCheats, n72_OneVoteMore) {
  EXPECT_EQ(with_report([](auto& r) { ++r.contests[0].persons[0].approve; }), "V15.tally");
}
TEST_F(CountCheats, n72_AnotherOutcome) {
  EXPECT_EQ(with_report([](auto& r) {
              auto& p = r.contests[1].persons[0];
              p.outcome = p.outcome == tally::Outcome::elected ? tally::Outcome::not_elected : tally::Outcome::elected;
            }),
            "V15.tally");
}
TEST_F(CountCheats, n73_OneBallotLeftOut) {
  EXPECT_EQ(with_opened([](Bytes& o) { o.resize(o.size() - 32); }), "V15.count");
}
TEST_F(CountCheats, ContestLeftOut) {
  CountBody b = body<CountBody>(Kind::count);
  b.contests.pop_back();
  put_by_supervisors(Kind::count, b.encode());
  EXPECT_EQ(verdict(), "V15.contests");
}
TEST_F(CountCheats, OneSupervisorSigns) {
  put(Kind::count, body<CountBody>(Kind::count).encode(), {&c().supervisors[0]});
  EXPECT_EQ(verdict(), "V15.sig");
}
TEST_F(CountCheats, CountedTwice) {
  c().count();
  put_by_supervisors(Kind::count, body<CountBody>(Kind::count).encode());
  EXPECT_EQ(verdict(), "E07.order");
}

}  // namespace
}  // namespace tuixuan::cheats
