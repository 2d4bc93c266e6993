// Honest congresses with what seldom happens: both verifiers must take these records, with the same results.
#include "tests/cheats/cheat.h"

namespace tuixuan::cheats {
namespace {

using kit::Congress;

std::string verdict_on(const Congress& c) { return verdict_of(kit::record_files(c)); }

Bytes ceremony_body(std::uint32_t i, const Bytes& message) {
  return election::CeremonyBody{1, TrusteeIndex{i}, message}.encode();
}

// Up to the second trustee's complaint about the first, whose share for it is changed or not.
Congress up_to_complaint(bool dealer_cheats) {
  Congress c;
  c.found();
  const protocol::CeremonyParameters p{c.congress(), c.size.trustees, c.size.threshold};
  std::vector<protocol::CeremonyCommit> commits;
  for (std::uint32_t i = 1; i <= c.size.trustees; ++i) {
    kit::TrusteeKeys& t = c.trustees[i - 1];
    t.ceremony = protocol::CeremonySecret::random(c.size.threshold);
    commits.push_back(protocol::make_commit(p, TrusteeIndex{i}, t.ceremony));
    c.append(c.entry(Kind::ceremony_commit, ceremony_body(i, commits.back().encode()), {&t.signing}));
  }
  auto share =
      protocol::make_share(p, protocol::ceremony_digest(p, commits), TrusteeIndex{1}, c.trustees[0].ceremony, commits);
  if (dealer_cheats) share.shares[0].encrypted = share.shares[0].encrypted + primitives::Scalar::of(1);
  c.append(c.entry(Kind::ceremony_share, ceremony_body(1, share.encode()), {&c.trustees[0].signing}));
  const election::ComplaintBody complaint{1, TrusteeIndex{2}, TrusteeIndex{1}, c.trustees[1].ceremony.e.publish()};
  c.append(c.entry(Kind::ceremony_complaint, complaint.encode(), {&c.trustees[1].signing}));
  return c;
}

TEST(Variety, ComplaintWithCause) { EXPECT_EQ(verdict_on(up_to_complaint(true)), "verified"); }
TEST(Variety, ComplaintWithoutCause) { EXPECT_EQ(verdict_on(up_to_complaint(false)), "verified"); }

TEST(Variety, NobodyVotes) {
  Congress c;
  c.run(0);
  EXPECT_EQ(verdict_on(c), "verified");
}

TEST(Variety, TrusteeAndKioskLost) {
  Congress c;
  c.found();
  c.ceremony();
  c.slips();
  const std::initializer_list<const primitives::SigningKey*> officers{&c.supervisors[0], &c.supervisors[1]};
  tally::Attendance there;
  there.stage = c.stage_id;
  there.registered = 14;
  there.suspended = 1;
  there.with_vote = 13;
  there.excluded.push_back({"病假", 1, "上级批复", 6});
  there.expected = 12;
  there.present = 11;
  c.append(c.entry(Kind::attendance, election::AttendanceBody{there}.encode(), officers));
  c.append(c.entry(Kind::opening, c.opening_body(), officers));
  for (std::uint32_t i = 1; i <= 2; ++i)
    c.append(c.entry(Kind::opening_agreed, election::AgreementBody{c.stage_id, TrusteeIndex{i}, c.stage().ctx}.encode(),
                     {&c.trustees[i - 1].signing}));
  c.append(c.entry(Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{3}, "住院"}.encode(), officers));
  c.vote(10);
  const KioskId broken = c.kiosks[1].id;
  c.append(c.entry(Kind::kiosk_lost, election::KioskEndBody{c.stage_id, broken, 5, "坏了"}.encode(), officers));
  c.append(c.entry(Kind::kiosk_final, election::KioskEndBody{c.stage_id, c.kiosks[0].id, 5, {}}.encode(),
                   {&c.kiosks[0].signing}));
  c.append(c.entry(Kind::close, c.close_body().encode(), officers));
  for (std::uint32_t i = 1; i <= 2; ++i)
    c.append(c.entry(Kind::close_agreed, election::AgreementBody{c.stage_id, TrusteeIndex{i}, c.stage().tctx}.encode(),
                     {&c.trustees[i - 1].signing}));
  c.mix();
  c.decrypt();
  c.count();
  EXPECT_EQ(verdict_on(c), "verified");
}

// A log of more than one tile and bundle.
TEST(Variety, ThreeHundredBallots) {
  Congress c({.slips = 300, .wide = false});
  c.run(300);
  EXPECT_EQ(verdict_on(c), "verified");
}

}  // namespace
}  // namespace tuixuan::cheats
