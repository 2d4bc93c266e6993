// The bytes of every kind's body, held against a file of them that was written by the encoders before these: what is on
// a log keeps its bytes. Each is decoded and encoded again, and refused when a byte is missing or left over.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>

#include "crypto/codes/entries.h"
#include "tally/election/thread_bodies.h"

namespace tuixuan::election {
namespace {

template <class Id>
Id filled(std::uint8_t first) {
  Id out;
  for (std::size_t i = 0; i < out.bytes.size(); ++i) out.bytes[i] = static_cast<std::uint8_t>(first + i);
  return out;
}
const ObjectRef kObject{filled<Sha256>(1), 70000};
const primitives::Point kPoint = primitives::Point::generator();
const StageId kStage{"stage-1"};
const ContestId kContest{"contest_2"};
constexpr TrusteeIndex kTrustee{3};

tally::Attendance attendance() {
  tally::Attendance a;
  a.stage = kStage;
  a.registered = 120;
  a.probationary = 7;
  a.on_probation = 2;
  a.suspended = 1;
  a.with_vote = 110;
  a.excluded = {{"长期患病", 4, "18号", 90}, {"外出", 2, "", 0}};
  a.expected = 104;
  a.present = 98;
  a.absent = {{"病假", 5}, {"公出", 1}};
  a.written = {{kContest, 1, 3, 2}};
  return a;
}

using Samples = std::map<std::string, Bytes>;
Samples samples() {
  const auto key = filled<primitives::VerifyKey>(9);
  const auto other = filled<primitives::VerifyKey>(77);
  CloseBody close{
      kStage, 300, filled<Sha256>(4), 90, 2, 1, 3, {{BoxId{"main"}, 95, 94, 6, 3, 90}}, {{KioskId{"K1"}, 93}}, {}};
  close.struck = {17, 250};
  return {
      {"scheme", SchemeBody{kObject}.encode()},
      {"ceremony", CeremonyBody{2, kTrustee, to_bytes("message")}.encode()},
      {"complaint", ComplaintBody{2, kTrustee, TrusteeIndex{1}, primitives::Scalar::of(77)}.encode()},
      {"slips", SlipsBody{BoxId{"main"}, 4, kObject}.encode()},
      {"attendance", AttendanceBody{attendance()}.encode()},
      {"spellings", SpellingsBody{kStage, kContest, {{"王小名", "王小明"}, {"黃", "黄"}}}.encode()},
      {"opening", OpeningBody{kStage,
                              {{BoxId{"main"}, filled<Sha256>(30), 100}},
                              55,
                              filled<Sha256>(31),
                              filled<Hash64>(2),
                              kPoint,
                              {kPoint, kPoint}}
                      .encode()},
      {"agreement", AgreementBody{kStage, kTrustee, filled<Hash64>(5)}.encode()},
      {"ballot", BallotEntryBody{to_bytes("sealed"), filled<primitives::Signature>(6), to_bytes("open")}.encode()},
      {"void-slip", VoidSlipBody{kStage, key, "污损"}.encode()},
      {"kiosk-end", KioskEndBody{kStage, KioskId{"K.2"}, 41, "断电"}.encode()},
      {"close", close.encode()},
      {"mix", MixBody{kStage, kContest, MixPosition{2}, kTrustee, kObject}.encode()},
      {"decryption", DecryptionBody{kStage, kContest, kTrustee, kObject}.encode()},
      {"count", CountBody{kStage, {{kContest, {TrusteeIndex{1}, kTrustee}, kObject}}, kObject}.encode()},
      {"trustee-lost", TrusteeLostBody{kTrustee, "生病"}.encode()},
      {"enrolment", EnrolmentBody{KioskId{"K9"}, BoxId{"main"}, key, "加开"}.encode()},
      {"key-replaced", KeyReplacedBody{Role::supervisor, key, other, "遗失"}.encode()},
      {"superior-recommendation",
       SuperiorRecommendationBody{tally::CombinationId{"c"}, {{"丁", 40}, {"王", 100}}, "考察"}.encode()},
      {"shortlist", ShortlistBody{tally::CombinationId{"c"}, kObject}.encode()},
      {"candidates", CandidatesBody{kContest, "批复3号", {{"丁", "东村", ""}, {"王", "", "群众推荐"}}}.encode()},
      {"notice", NoticeBody{kStage, 29000000, 29007200, "村委会"}.encode()},
      {"objection", ObjectionBody{44, "籍贯"}.encode()},
      {"objection-answered", ObjectionAnsweredBody{45, true, "成立"}.encode()},
      {"reason", ReasonBody{kStage, "人少"}.encode()},
      {"base-confirmed", BaseConfirmedBody{kStage, kContest, tally::Base::present}.encode()},
      {"stage-added", StageAddedBody{kObject}.encode()},
      {"seats-reduced", SeatsReducedBody{kStage, kContest, 1, 60}.encode()},
      {"tie-decided", TieDecidedBody{kStage, kContest, {"丁", "王（东村）"}, "批复4号"}.encode()},
      {"report-up", ReportUpBody{kObject}.encode()},
      {"countersign", CountersignBody{99, true, "批复5号", ""}.encode()},
      {"audit", AuditBody{100, filled<Sha256>(8), false, "有疑问"}.encode()},
  };
}

std::map<std::string, std::string> golden() {
  std::ifstream in(std::string(std::getenv("TUIXUAN_SOURCE_DIR")) + "/tests/tally/data/entry_bodies.txt");
  std::map<std::string, std::string> out;
  for (std::string name, hex; in >> name >> hex;) out[name] = hex;
  return out;
}

template <class Body>
void reads_back(const std::string& name) {
  const Bytes bytes = from_hex(golden().at(name)).value();
  const auto body = Body::decode(bytes);
  ASSERT_TRUE(body) << name << ": " << body.error().text();
  EXPECT_EQ(to_hex(body->encode()), to_hex(bytes)) << name;
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    const auto cut = Body::decode(ByteView(bytes).first(n));
    ASSERT_FALSE(cut) << name << " of " << n << " bytes";
    EXPECT_EQ(cut.error().check, code::E02::encoding) << name;
  }
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(Body::decode(longer)) << name;
}

TEST(Bodies, HaveTheBytesTheyHad) {
  const auto old = golden();
  const Samples now = samples();
  EXPECT_EQ(old.size(), 32U);
  ASSERT_EQ(now.size(), old.size());
  for (const auto& [name, bytes] : now) EXPECT_EQ(to_hex(bytes), old.at(name)) << name;
}

TEST(Bodies, AreReadBackStrictly) {
  reads_back<SchemeBody>("scheme");
  reads_back<CeremonyBody>("ceremony");
  reads_back<ComplaintBody>("complaint");
  reads_back<SlipsBody>("slips");
  reads_back<AttendanceBody>("attendance");
  reads_back<SpellingsBody>("spellings");
  reads_back<OpeningBody>("opening");
  reads_back<AgreementBody>("agreement");
  reads_back<BallotEntryBody>("ballot");
  reads_back<VoidSlipBody>("void-slip");
  reads_back<KioskEndBody>("kiosk-end");
  reads_back<CloseBody>("close");
  reads_back<MixBody>("mix");
  reads_back<DecryptionBody>("decryption");
  reads_back<CountBody>("count");
  reads_back<TrusteeLostBody>("trustee-lost");
  reads_back<EnrolmentBody>("enrolment");
  reads_back<KeyReplacedBody>("key-replaced");
  reads_back<SuperiorRecommendationBody>("superior-recommendation");
  reads_back<ShortlistBody>("shortlist");
  reads_back<CandidatesBody>("candidates");
  reads_back<NoticeBody>("notice");
  reads_back<ObjectionBody>("objection");
  reads_back<ObjectionAnsweredBody>("objection-answered");
  reads_back<ReasonBody>("reason");
  reads_back<BaseConfirmedBody>("base-confirmed");
  reads_back<StageAddedBody>("stage-added");
  reads_back<SeatsReducedBody>("seats-reduced");
  reads_back<TieDecidedBody>("tie-decided");
  reads_back<ReportUpBody>("report-up");
  reads_back<CountersignBody>("countersign");
  reads_back<AuditBody>("audit");
}

// Fields that are not what they must be, one of each sort.
TEST(Bodies, RefuseWhatNoFieldCanBe) {
  const auto refused = [](const char* name, std::size_t at, std::uint8_t value, auto decode) {
    Bytes bytes = from_hex(golden().at(name)).value();
    bytes.at(at) = value;
    const auto body = decode(bytes);
    return !body && body.error().check == code::E02::encoding;
  };
  EXPECT_TRUE(refused("audit", 40, 2, AuditBody::decode)) << "a boolean is 0 or 1";
  EXPECT_TRUE(refused("key-replaced", 0, 6, KeyReplacedBody::decode)) << "there are five roles";
  EXPECT_TRUE(refused("key-replaced", 0, 0, KeyReplacedBody::decode));
  EXPECT_TRUE(refused("slips", 4, ' ', SlipsBody::decode)) << "a short name";
  EXPECT_TRUE(refused("scheme", 39, 1, SchemeBody::decode)) << "an object over 512 MiB";
  EXPECT_TRUE(refused("complaint", 43, 0xff, ComplaintBody::decode)) << "a scalar that is not canonical";
  EXPECT_TRUE(refused("base-confirmed", 24, 6, BaseConfirmedBody::decode)) << "there are six bases";
}

}  // namespace
}  // namespace tuixuan::election
