// Stages that the program drafts for what a result leaves open: the fold takes each as it is.
#include "tally/organiser/thread_steps.h"

#include <gtest/gtest.h>

#include "crypto/codes/ballot.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/organiser.h"
#include "tests/support/thread_kit.h"

namespace tuixuan::organiser {
namespace {

using kit::kCommittee;
using kit::kElection;
using kit::Thread;
using tally::FollowKind;

Result<scheme::AddedStage> draft(const Thread& t, std::vector<Following> list) {
  return draft_stage(t.fold.state(), StageId{"again"}, {"另行选举", ""}, list);
}

// The desk has printed slips for another round of the main box.
constexpr std::uint8_t kSpareRound = 9;
void spare_slips(Thread& t) {
  std::vector<primitives::VerifyKey> keys;
  for (int i = 0; i < 4; ++i) keys.push_back(primitives::SigningKey::random().verify_key());
  std::sort(keys.begin(), keys.end());
  Writer list;
  for (const auto& key : keys) list.fixed(key.view());
  const election::SlipsBody body{BoxId{"main"}, kSpareRound, t.objects.put(list.take())};
  t.append(t.entry(election::Kind::slips, body.encode(), {&t.desk}));
}

std::vector<std::string> names(const tally::Contest& c) {
  std::vector<std::string> out;
  for (const tally::Candidate& k : c.candidates) out.push_back(tally::label(k.name, k.note));
  return out;
}
using Names = std::vector<std::string>;

TEST(DraftStage, RunOffBetweenTheTied) {
  Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  EXPECT_EQ(draft(t, {{FollowKind::run_off, kCommittee, {}}}).error().check, code::step::slips);
  spare_slips(t);
  const auto added = draft(t, {{FollowKind::run_off, kCommittee, {}}});
  ASSERT_TRUE(added) << added.error().text();
  EXPECT_EQ(names(added->contests.at(0)), (Names{"李秀英", "张志强"}));
  EXPECT_EQ(added->contests[0].id.name, "committee-runoff");
  EXPECT_EQ(added->stage.round, kSpareRound);
  EXPECT_EQ(t.offer(t.added_entry(*added)), "");
}

TEST(DraftStage, NobodyIsNominatedWhereTheSuperiorBodyDecides) {
  Thread t([](tally::Scheme& s) { s.contests[2].shortage = tally::ShortageRule::renominate; });
  t.up_to_election();
  t.elect(kit::short_votes());
  spare_slips(t);
  EXPECT_EQ(draft(t, {{FollowKind::renominate, kCommittee, {"黄晓明"}}}).error().check, code::step::nominees);
  const auto added = draft(t, {{FollowKind::renominate, kCommittee, {}}});
  ASSERT_TRUE(added) << added.error().text();
  EXPECT_EQ(t.offer(t.added_entry(*added)), "");
}

// A stage that is voided before anybody decided on its candidates, and held again: they are those of the shortlist
// still.
TEST(DraftCandidates, OfARepeatAreThoseProposedForTheFirst) {
  Thread t = kit::ready_for_candidates();
  t.append(t.by_supervisors(election::Kind::stage_voided, t.reason_body(kElection)));
  t.add(kCommittee, FollowKind::repeat, "again");
  const auto body = draft_candidates(t.fold.state(), ContestId{"again"}, "批复1号", {});
  ASSERT_TRUE(body) << body.error().text();
  EXPECT_EQ(body->candidates.size(), 5U);
  EXPECT_EQ(t.offer(t.by_superior(election::Kind::candidates, body->encode())), "");
}

// Whichever brackets the note was typed in, it is the same person on the ballot.
TEST(DraftCandidates, ReadsNotesInBothKindsOfBrackets) {
  Thread t(kit::only_committee);
  t.begin();
  t.elect(kit::short_votes());
  spare_slips(t);
  const auto added = draft(t, {{FollowKind::renominate, kCommittee, {"黄晓明(第三组)"}}});
  ASSERT_TRUE(added) << added.error().text();
  EXPECT_EQ(added->contests.at(0).candidates.at(0), (tally::Candidate{"黄晓明", "第三组"}));
  EXPECT_EQ(names(added->contests[0]), (Names{"黄晓明（第三组）"}));
  EXPECT_EQ(draft(t, {{FollowKind::renominate, kCommittee, {"黄\x01明"}}}).error().check, code::ballot::name);
}

TEST(DraftStage, NomineesOfACongressWithoutASuperiorBody) {
  Thread t(kit::only_committee);
  t.begin();
  t.elect(kit::short_votes());
  spare_slips(t);
  EXPECT_EQ(draft(t, {{FollowKind::renominate, kCommittee, {}}}).error().check, code::step::nominees);
  const auto added = draft(t, {{FollowKind::renominate, kCommittee, {"黄晓明", "李秀英（第三组）"}}});
  ASSERT_TRUE(added) << added.error().text();
  EXPECT_EQ(names(added->contests.at(0)), (Names{"李秀英（第三组）", "黄晓明"}));  // by strokes
  EXPECT_EQ(t.offer(t.added_entry(*added)), "");
}

TEST(DraftStage, SaysWhatIsMissing) {
  Thread t;
  t.up_to_election();
  t.elect(kit::clear_votes());
  EXPECT_EQ(draft(t, {}).error().check, code::step::contest);
  EXPECT_EQ(draft(t, {{FollowKind::run_off, ContestId{"nobody"}, {}}}).error().check, code::step::contest);
  EXPECT_EQ(draft(t, {{FollowKind::run_off, kCommittee, {}}}).error().check, code::C05::follows);
}

}  // namespace
}  // namespace tuixuan::organiser
