// The whole thread from two recommendations to the accepted report, on the roads that it may take: a tie, a new round,
// seats cut, a vote declared void and held again, a base confirmed, people and machines lost.
#include <gtest/gtest.h>

#include "crypto/codes/matters.h"
#include "tally/election/agenda.h"
#include "tally/scheme/outcome_file.h"
#include "tests/support/snapshot_kit.h"
#include "tests/support/thread_kit.h"

namespace tuixuan {
namespace {

using election::Kind;
using election::Phase;
using kit::kCommittee;
using kit::kElection;
using kit::kSecretary;
using kit::Thread;
using tally::FollowKind;

std::vector<std::string> elected(const Thread& t, const ContestId& id) {
  std::vector<std::string> out;
  for (const auto& person : t.standing(id).office.elected) out.push_back(person.name);
  return out;
}
using Names = std::vector<std::string>;

// The fold that wrote the log and the one that reads it come to the same state.
void expect_replays(const Thread& t) {
  election::Fold reader;
  for (const Bytes& entry : t.log) {
    const auto taken = reader.replay(entry, t.objects);
    ASSERT_TRUE(taken) << taken.error().text();
  }
  EXPECT_EQ(kit::through_snapshots(election::Fold(), t.log, t.objects), "");
  EXPECT_EQ(reader.state().tree.root(), t.fold.state().tree.root());
  EXPECT_EQ(*reader.state().plan, *t.fold.state().plan);
  EXPECT_EQ(election::outcome_of(reader.state()), election::outcome_of(t.fold.state()));
  EXPECT_EQ(election::is_over(reader.state()), election::is_over(t.fold.state()));
}

void end_well(Thread& t) {
  t.decide_secretary();
  t.hold(kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}, {"王建国"}});
  EXPECT_EQ(elected(t, kit::kSecretaryContest), Names{"丁文华"});
  t.report();
  EXPECT_FALSE(election::is_over(t.fold.state()));
  t.countersign();
  EXPECT_TRUE(election::is_over(t.fold.state()));
  EXPECT_TRUE(election::agenda(t.fold.state(), t.minutes).empty());
  const election::State& s = t.fold.state();
  EXPECT_EQ(t.offer(t.entry(Kind::audit, election::AuditBody{s.tree.size(), s.tree.root(), true, "复核无误"}.encode(),
                            {&t.auditor})),
            "");
  ASSERT_EQ(s.audits.size(), 1U);
  const election::Audit& audit = s.audits.begin()->second;
  EXPECT_EQ(audit.index, s.tree.size() - 1);
  EXPECT_EQ(audit.log_size, audit.index);
  EXPECT_EQ(audit.name, s.plan->auditors.at(0).name);
  EXPECT_TRUE(audit.holds);
  EXPECT_EQ(audit.findings, "复核无误");
  expect_replays(t);
}

TEST(Thread, EndsAccepted) {
  Thread t;
  t.up_to_election();
  t.elect(kit::clear_votes());
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "李秀英"}));
  end_well(t);
}

TEST(Thread, ShortlistHasItsOrder) {
  Thread t;
  t.begin();
  t.recommend();
  t.points();
  t.shortlist();
  const auto& persons = t.fold.state().proposals.at(kit::kShortlist).persons;
  ASSERT_EQ(persons.size(), 6U);
  EXPECT_EQ(persons[0].name, "丁文华");
  EXPECT_EQ(persons[5].name, "赵海涛");
  EXPECT_EQ(persons[5].proposal, tally::Proposal::not_proposed);
}

TEST(Thread, TieIsRunOff) {
  Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  EXPECT_EQ(t.standing(kCommittee).open.at(0).code, code::matter::run_off);
  t.hold(t.add(kCommittee, FollowKind::run_off, "run-off"), {{"李秀英"}, {"李秀英"}, {"张志强"}});
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "李秀英"}));
  end_well(t);
}

TEST(Thread, SecondTieIsTheSuperiorBodys) {
  Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  t.hold(t.add(kCommittee, FollowKind::run_off, "run-off"), {{"李秀英"}, {"张志强"}, {"李秀英"}, {"张志强"}});
  EXPECT_EQ(t.standing(kCommittee).open.at(0).code, code::matter::run_off);
  t.append(t.by_superior(
      Kind::tie_decided,
      election::TieDecidedBody{StageId{"run-off"}, ContestId{"run-off"}, {"张志强"}, "柳发〔2025〕10 号"}.encode()));
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "张志强"}));
  end_well(t);
}

TEST(Thread, RepeatedRunOffIsARunOff) {
  Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  const StageId first = t.add(kCommittee, FollowKind::run_off, "run-off");
  t.enter(first);
  t.slips();
  t.attendance();
  t.open();
  t.append(t.by_supervisors(Kind::stage_voided, t.reason_body(first)));
  t.hold(t.add(ContestId{"run-off"}, FollowKind::repeat, "again"), {{"李秀英"}, {"张志强"}, {"李秀英"}, {"张志强"}});
  EXPECT_EQ(
      t.offer(t.by_superior(
          Kind::tie_decided,
          election::TieDecidedBody{StageId{"again"}, ContestId{"again"}, {"李秀英"}, "柳发〔2025〕10 号"}.encode())),
      "");
  end_well(t);
}

TEST(Thread, SuperiorDecidesATie) {
  Thread t([](tally::Scheme& s) { s.contests[2].tie = tally::TieRule::superior; });
  t.up_to_election();
  t.elect(kit::tied_votes());
  EXPECT_EQ(t.standing(kCommittee).open.at(0).code, code::matter::tie);
  t.append(t.by_superior(Kind::tie_decided,
                         election::TieDecidedBody{kElection, kCommittee, {"李秀英"}, "柳发〔2025〕10 号"}.encode()));
  end_well(t);
}

TEST(Thread, NewRoundFillsTheSeat) {
  Thread t;
  t.up_to_election();
  t.elect(kit::short_votes());
  EXPECT_EQ(t.standing(kCommittee).open.at(0).code, code::matter::new_round);
  t.hold(t.add(kCommittee, FollowKind::new_round, "round-2"), {{"李秀英"}, {"李秀英"}, {"李秀英"}, {"李秀英"}});
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "李秀英"}));
  end_well(t);
}

TEST(Thread, SeatsAreCut) {
  Thread t;
  t.up_to_election();
  t.elect(kit::short_votes());
  t.append(t.by_supervisors(Kind::seats_reduced, election::SeatsReducedBody{kElection, kCommittee, 1, 5}.encode()));
  EXPECT_EQ(t.standing(kCommittee).office.reduced, 1U);
  EXPECT_TRUE(t.standing(kCommittee).open.empty());
  end_well(t);
}

TEST(Thread, NominatedAnew) {
  Thread t([](tally::Scheme& s) { s.contests[2].shortage = tally::ShortageRule::renominate; });
  t.up_to_election();
  t.elect(kit::short_votes());
  const StageId again = t.add(kCommittee, FollowKind::renominate, "nominated-anew");
  t.enter(again);
  t.slips();
  t.attendance();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::opening, t.opening_body())), "C03.approval");
  t.append(t.by_superior(
      Kind::candidates,
      election::CandidatesBody{ContestId{again.name}, "柳发〔2025〕11 号", {{"黄晓明", "", ""}, {"李秀英", "", ""}}}
          .encode()));
  t.open();
  t.vote_for({{"黄晓明"}, {"黄晓明"}, {"黄晓明"}, {"黄晓明"}});
  t.finish();
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "黄晓明"}));
  end_well(t);
}

TEST(Thread, VoidedVoteIsHeldAgain) {
  Thread t;
  t.up_to_election();
  t.enter(kElection);
  t.slips();
  t.attendance();
  t.open();
  t.vote_for({{"丁文华"}});
  t.append(t.by_supervisors(Kind::stage_voided, t.reason_body(kElection)));
  EXPECT_EQ(t.standing(kCommittee).open.at(0).code, code::matter::repeat);
  t.hold(t.add(kCommittee, FollowKind::repeat, "held-again"), kit::clear_votes());
  end_well(t);
}

TEST(Thread, VoidedResultIsHeldAgain) {
  Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  const StageId run_off = t.add(kCommittee, FollowKind::run_off, "run-off");  // planned, of a result that falls
  t.append(t.by_superior(Kind::result_voided, t.reason_body(kElection)));
  EXPECT_EQ(t.fold.state().stage(run_off)->phase, Phase::voided);
  t.hold(t.add(kCommittee, FollowKind::repeat, "held-again"), kit::clear_votes());
  end_well(t);
}

// The shortlist is made of the recommendation that stands; candidates decided by the old one fall.
TEST(Thread, VoidedRecommendationIsHeldAgain) {
  Thread t;
  t.up_to_election();
  t.append(t.by_superior(Kind::result_voided, t.reason_body(kit::kMasses)));
  EXPECT_FALSE(t.fold.state().approved.contains(kCommittee));
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::shortlist, election::ShortlistBody{kit::kShortlist, {}}.encode())),
            "E04.object");
  t.hold(t.add(kit::kMassesContest, FollowKind::repeat, "masses-again"),
         {{"丁文华", "王建国", "李秀英", "张志强", "陈玉兰"}, {"丁文华", "王建国"}, {"丁文华", "王建国"}});
  t.shortlist();
  t.enter(kElection);
  t.slips();
  t.attendance();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::opening, t.opening_body())), "C03.approval");
  t.decide();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::opening, t.opening_body())), "C04.missing");
  t.notice();
  t.open();
  t.vote_for(kit::clear_votes());
  t.finish();
  end_well(t);
}

// A stage that was opened on candidates of a recommendation that then falls: they are decided and put on notice again.
TEST(Thread, RepeatOfFallenCandidatesHasDecisionAndNotice) {
  Thread t;
  t.up_to_election();
  t.enter(kElection);
  t.slips();
  t.attendance();
  t.open();
  EXPECT_EQ(t.offer(t.by_superior(Kind::result_voided, t.reason_body(kit::kMasses))), "C06.void");
  t.append(t.by_supervisors(Kind::stage_voided, t.reason_body(kElection)));
  t.append(t.by_superior(Kind::result_voided, t.reason_body(kit::kMasses)));
  auto added = t.following(kCommittee, FollowKind::repeat, "held-again");
  EXPECT_TRUE(added.contests[0].approval);
  EXPECT_EQ(added.stage.notice_days, 5U);
  added.stage.notice_days = 0;
  EXPECT_EQ(t.offer(t.added_entry(added)), "C05.follows");
  const StageId again = t.add(kCommittee, FollowKind::repeat, "held-again");
  t.enter(again);
  t.slips();
  t.attendance();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::opening, t.opening_body())), "C05.after");
}

TEST(Thread, BaseIsConfirmed) {
  Thread t([](tally::Scheme& s) {
    s.contests[2].majority.base = tally::Base::expected;
    s.contests[2].alternative = tally::Base::present;
  });
  t.up_to_election();
  t.enter(kElection);
  t.slips();
  t.append(t.by_supervisors(Kind::attendance, election::AttendanceBody{t.everybody(6, 5)}.encode()));
  t.open();
  t.vote_for({{"丁文华", "王建国", "李秀英"},
              {"丁文华", "王建国", "李秀英"},
              {"丁文华", "王建国", "李秀英"},
              {"丁文华", "王建国"}});
  t.finish();
  EXPECT_EQ(t.standing(kCommittee).open.at(0).code, code::matter::confirm_base);
  EXPECT_EQ(
      t.offer(t.by_supervisors(Kind::seats_reduced, election::SeatsReducedBody{kElection, kCommittee, 1, 5}.encode())),
      "C06.base");
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::base_confirmed,
                                     election::BaseConfirmedBody{kElection, kCommittee, tally::Base::valid}.encode())),
            "C06.base");
  t.append(t.by_supervisors(Kind::base_confirmed,
                            election::BaseConfirmedBody{kElection, kCommittee, tally::Base::present}.encode()));
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "李秀英"}));
  EXPECT_EQ(
      t.offer(t.by_supervisors(Kind::base_confirmed,
                               election::BaseConfirmedBody{kElection, kCommittee, tally::Base::present}.encode())),
      "E07.order");
  end_well(t);
}

TEST(Thread, LostTrusteeAndKioskDoNotStopIt) {
  Thread t;
  t.up_to_election();
  t.append(t.by_supervisors(Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{1}, "突发疾病"}.encode()));
  t.absent.insert(1);
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{2}, "离场"}.encode())),
            "E07.order");
  t.enter(kElection);
  t.slips();
  t.attendance();
  t.open();
  t.vote_for({{"丁文华", "王建国", "李秀英"}, {"丁文华", "王建国", "李秀英"}});
  const KioskId lost = t.kiosks[0].id;
  t.append(t.by_supervisors(Kind::kiosk_lost, election::KioskEndBody{kElection, lost, 1, "主板烧坏"}.encode()));
  kit::KioskKeys fresh;
  fresh.id = KioskId{"K9"};
  t.append(t.by_supervisors(
      Kind::enrolment,
      election::EnrolmentBody{fresh.id, BoxId{"main"}, fresh.signing.verify_key(), "替换 K1"}.encode()));
  t.kiosks.push_back(std::move(fresh));
  for (std::size_t slip = 2; slip < 6; ++slip) {
    tally::Selection choice = tally::blank(t.fold.state().plan->contests[2]);
    for (std::size_t k = 0; k < 3; ++k) choice.marks[k] = tally::Mark::approve;
    t.append(t.cast_entry(t.seal(slip, 3, {choice}), slip));
  }
  t.finish();
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "李秀英"}));
  end_well(t);
}

TEST(Thread, SentBackAndReportedAgain) {
  Thread t;
  t.up_to_election();
  t.elect(kit::clear_votes());
  t.decide_secretary();
  t.hold(kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  t.report();
  t.countersign(false);
  EXPECT_FALSE(election::is_over(t.fold.state()));
  t.report();
  t.countersign();
  EXPECT_TRUE(election::is_over(t.fold.state()));
  expect_replays(t);
}

// What was reported is not what the log gives any more: it cannot be accepted, only sent back.
TEST(Thread, ReportOverAVoidedResultIsNotAccepted) {
  Thread t;
  t.up_to_election();
  t.elect(kit::clear_votes());
  t.decide_secretary();
  t.hold(kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  t.report();
  t.append(t.by_superior(Kind::result_voided, t.reason_body(kSecretary)));
  const std::uint64_t index = t.fold.state().reported->index;
  const auto answer = [&](bool accepted) {
    return t.by_superior(Kind::countersign, election::CountersignBody{index, accepted, "文号", "结果已变"}.encode());
  };
  EXPECT_EQ(t.offer(answer(true)), "C07.open");
  t.hold(t.add(kit::kSecretaryContest, FollowKind::repeat, "secretary-again"),
         {{"王建国"}, {"王建国"}, {"王建国"}, {"王建国"}});
  EXPECT_EQ(t.offer(answer(true)), "C07.outcome");
  t.append(answer(false));
  t.report();
  t.countersign();
  EXPECT_EQ(elected(t, kit::kSecretaryContest), Names{"王建国"});
}

// A congress without a superior body nominates anew by itself.
TEST(Thread, NominatedAnewWithoutASuperiorBody) {
  Thread t(kit::only_committee);
  t.begin();
  t.elect(kit::short_votes());
  auto added = t.following(kCommittee, FollowKind::renominate, "nominated-anew");
  EXPECT_FALSE(added.contests[0].approval);
  added.contests[0].candidates = {{"周敏", ""}, {"黄晓明", ""}};  // a supervisor
  EXPECT_EQ(t.offer(t.added_entry(added)), "C03.candidates");
  added.contests[0].candidates = {{"李秀英", ""}, {"黄晓明", ""}};
  t.append(t.added_entry(added));
  t.hold(added.stage.id, {{"黄晓明"}, {"黄晓明"}, {"黄晓明"}, {"黄晓明"}});
  EXPECT_EQ(elected(t, kCommittee), (Names{"丁文华", "王建国", "黄晓明"}));
  EXPECT_TRUE(election::is_over(t.fold.state()));
}

// Names under opposed candidates: a new round of few people has as many lines as people.
TEST(Thread, NewRoundWithNamesUnderOpposed) {
  Thread t([](tally::Scheme& s) { s.contests[2].write_ins = {tally::WriteInRule::under_opposed, 5, 45, {}}; });
  t.up_to_election();
  t.elect(kit::short_votes());
  const auto added = t.following(kCommittee, FollowKind::new_round, "round-2");
  EXPECT_LT(added.contests[0].candidates.size(), 5U);
  EXPECT_EQ(added.contests[0].write_ins.slots, added.contests[0].candidates.size());
  EXPECT_EQ(t.offer(t.added_entry(added)), "");
}

// Two venues of one chamber: each box has its own slips, kiosk and account, and one that does not balance stops the
// close.
TEST(Thread, TwoBoxesOfOneChamber) {
  Thread t([](tally::Scheme& s) {
    s.boxes.push_back({BoxId{"east"}, {"东片票箱", "east"}, tally::ChamberId{"members"}, {"东村", "east village"}});
    s.kiosks[1].box = BoxId{"east"};
    s.stages[2].boxes = {BoxId{"main"}, BoxId{"east"}};
  });
  t.kiosks[1].box = BoxId{"east"};
  t.up_to_election();
  t.enter(kElection);
  t.slips();
  t.attendance();
  t.open();
  // A kiosk takes the slips of its own box only.
  EXPECT_EQ(t.slip_boxes[0], BoxId{"main"});
  EXPECT_EQ(t.offer(t.cast_entry(t.seal(0, 1, {tally::blank(t.fold.state().plan->contests[2])}), 0)), "V08.kiosk");
  const kit::Ballots votes = kit::clear_votes();
  kit::Ballots all = votes;
  all.insert(all.end(), votes.begin(), votes.end());
  t.vote_for(all);
  EXPECT_EQ(t.stage().cast_of_box, (std::vector<std::uint64_t>{6, 6}));
  const auto offer_close = [&](const std::function<void(election::CloseBody&)>& change) {
    election::CloseBody body = t.close_body();
    change(body);
    return t.offer(t.by_supervisors(Kind::close, body.encode()));
  };
  for (std::size_t k = 0; k < 2; ++k)
    t.append(t.entry(Kind::kiosk_final, election::KioskEndBody{kElection, t.kiosks[k].id, 6, {}}.encode(),
                     {&t.kiosks[k].signing}));
  EXPECT_EQ(offer_close([](auto& b) { ++b.boxes[1].unused; }), "V12.slips");
  EXPECT_EQ(offer_close([](auto& b) {
              --b.boxes[0].cast;
              ++b.boxes[1].cast;
            }),
            "V12.cast");
  EXPECT_EQ(offer_close([](auto& b) { std::swap(b.boxes[0], b.boxes[1]); }), "V12.boxes");
  t.close();
  t.mix();
  t.decrypt();
  t.count();
  EXPECT_EQ(t.stage().results[0].ballots, 12U);
  end_well(t);
}

// A stage that is not to be held any more does not keep the congress from ending.
TEST(Thread, StageThatIsNotHeld) {
  Thread t;
  t.up_to_election();
  t.elect(kit::short_votes());
  const StageId extra = t.add(kCommittee, FollowKind::new_round, "round-2");
  t.append(t.by_supervisors(Kind::stage_voided, t.reason_body(extra, "凭条轮次写错")));
  t.hold(t.add(ContestId{extra.name}, FollowKind::repeat, "round-2b"),
         {{"李秀英"}, {"李秀英"}, {"李秀英"}, {"李秀英"}});
  end_well(t);
}

}  // namespace
}  // namespace tuixuan
