// Each step of the thread done wrong by people who hold the keys, put on the log by a dishonest server: tuixuan-verify
// refuses the record by the name that the fold gives.
#include "tally/scheme/proposal.h"
#include "tests/cheats/cheat.h"
#include "tests/support/thread_kit.h"

namespace tuixuan::cheats {
namespace {

using kit::kCommittee;
using kit::kElection;
using tally::FollowKind;

class ThreadCheats : public testing::Test {
 protected:
  // Forces the entry; what tuixuan-verify says of the record.
  static std::string verdict_with(kit::Thread& t, Bytes entry) {
    const auto honest = t.fold;
    t.force(std::move(entry));
    const std::string said = verdict_of(kit::record_files(t));
    t.log.pop_back();
    t.fold = honest;
    return said;
  }
  static kit::Thread ready(const std::function<void(kit::Thread&)>& steps) {
    kit::Thread t;
    t.begin();
    t.recommend();
    t.points();
    t.shortlist();
    steps(t);
    return t;
  }
  static void prepare(kit::Thread& t) {
    t.enter(kElection);
    t.slips();
    t.attendance();
  }
  static std::string opened(kit::Thread& t) {
    return verdict_with(t, t.by_supervisors(Kind::opening, t.opening_body()));
  }
};

TEST_F(ThreadCheats, HonestThreadVerifies) {
  kit::Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  t.hold(t.add(kCommittee, FollowKind::run_off, "run-off"), {{"李秀英"}, {"李秀英"}, {"张志强"}});
  t.decide_secretary();
  t.hold(kit::kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  t.report();
  t.countersign();
  EXPECT_EQ(verdict_of(kit::record_files(t)), "verified");
  EXPECT_EQ(verdict_with(t, t.by_superior(Kind::result_voided, t.reason_body(kElection))), "C07.ended");
}

TEST_F(ThreadCheats, OpenedBeforeItsTime) {
  kit::Thread t = ready([](auto&) {});
  prepare(t);
  EXPECT_EQ(opened(t), "C03.approval");
  t.decide();
  EXPECT_EQ(opened(t), "C04.missing");
  t.append(t.by_chair(Kind::notice, t.notice_body()));
  EXPECT_EQ(opened(t), "C04.period");
  t.minutes = t.day(5);
  t.append(t.by_chair(Kind::objection, election::ObjectionBody{t.log.size() - 1, "反映问题"}.encode()));
  EXPECT_EQ(opened(t), "C04.objections");
}

TEST_F(ThreadCheats, OpenedBeforeTheRecommendations) {
  kit::Thread t;
  t.begin();
  prepare(t);
  EXPECT_EQ(opened(t), "C05.after");
}

TEST_F(ThreadCheats, OpenedBeforeItsDay) {
  kit::Thread t([](tally::Scheme& s) { s.stages[0].not_before = "2025-02-21"; });
  t.begin();
  t.enter(kit::kMembers);
  t.slips();
  t.attendance();
  EXPECT_EQ(opened(t), "C05.not_before");
}

TEST_F(ThreadCheats, OpenedInASmallGroup) {
  kit::Thread t;
  t.begin();
  t.enter(kit::kMembers);
  t.slips();
  t.append(t.by_supervisors(Kind::attendance, election::AttendanceBody{t.everybody(2, 2)}.encode()));
  EXPECT_EQ(opened(t), "A03.small");
}

TEST_F(ThreadCheats, CandidatesAndShortlist) {
  kit::Thread t = ready([](auto&) {});
  const auto decided = [&](std::size_t at, election::DecidedCandidate who) {
    auto body = election::CandidatesBody::decode(t.committee_body()).value();
    body.candidates[at] = std::move(who);
    return verdict_with(t, t.by_superior(Kind::candidates, body.encode()));
  };
  EXPECT_EQ(decided(0, {"赵海涛", "", ""}), "C03.candidates");
  EXPECT_EQ(decided(0, {"周敏", "", "另有考虑"}), "C03.candidates");
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::candidates, t.committee_body())), "C03.sig");
  EXPECT_EQ(verdict_with(t, t.by_chair(Kind::shortlist, t.shortlist_body())), "C02.sig");
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::notice, t.notice_body())), "C04.sig");
}

TEST_F(ThreadCheats, ShortlistChanged) {
  kit::Thread t;
  t.begin();
  t.recommend();
  t.points();
  auto file = scheme::parse_proposal(
                  t.objects.load(election::ShortlistBody::decode(t.shortlist_body()).value().proposal).value())
                  .value();
  std::swap(file.result.persons[4].name, file.result.persons[5].name);
  const election::ShortlistBody body{kit::kShortlist, t.objects.put(scheme::write_proposal(file))};
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::shortlist, body.encode())), "C02.shortlist");
}

TEST_F(ThreadCheats, RunOffAndVoid) {
  kit::Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  auto added = t.following(kCommittee, FollowKind::run_off, "run-off");
  added.contests[0].candidates.push_back({"陈玉兰", ""});
  EXPECT_EQ(verdict_with(t, t.added_entry(added)), "C05.follows");
  added = t.following(kCommittee, FollowKind::run_off, "run-off");
  added.stage.round = 2;
  EXPECT_EQ(verdict_with(t, t.added_entry(added)), "C05.stage");
  EXPECT_EQ(
      verdict_with(t, t.by_superior(Kind::tie_decided,
                                    election::TieDecidedBody{kElection, kCommittee, {"李秀英"}, "文号"}.encode())),
      "C06.tie");
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::stage_voided, t.reason_body(kElection))), "C06.void");
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::result_voided, t.reason_body(kElection))), "C06.result_void_sig");
  EXPECT_EQ(verdict_with(t, t.by_superior(Kind::result_voided, t.reason_body(kit::kMembers))), "C06.void");
  EXPECT_EQ(verdict_with(t, t.by_chair(Kind::report_up, t.report_body())), "C07.open");
}

TEST_F(ThreadCheats, SeatsCutByOneOrByFew) {
  kit::Thread t;
  t.up_to_election();
  t.elect(kit::short_votes());
  const auto cut = [](std::uint32_t votes) {
    return election::SeatsReducedBody{kElection, kCommittee, 1, votes}.encode();
  };
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::seats_reduced, cut(3))), "C06.seats");
  EXPECT_EQ(verdict_with(t, t.entry(Kind::seats_reduced, cut(6), {&t.supervisors[0]})), "C06.seats_sig");
}

TEST_F(ThreadCheats, ReportAndAnswer) {
  kit::Thread t;
  t.up_to_election();
  t.elect(kit::clear_votes());
  t.decide_secretary();
  t.hold(kit::kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  auto outcome = election::outcome_of(t.fold.state());
  outcome.offices[0].elected.pop_back();
  const election::ReportUpBody wrong{t.objects.put(scheme::write_outcome(outcome))};
  EXPECT_EQ(verdict_with(t, t.by_chair(Kind::report_up, wrong.encode())), "C07.outcome");
  t.report();
  const election::CountersignBody answer{t.log.size() - 2, true, "文号", ""};
  EXPECT_EQ(verdict_with(t, t.by_superior(Kind::countersign, answer.encode())), "C07.report");
  t.append(t.by_superior(Kind::result_voided, t.reason_body(kit::kSecretary)));
  const election::CountersignBody late{t.log.size() - 2, true, "文号", ""};
  EXPECT_EQ(verdict_with(t, t.by_superior(Kind::countersign, late.encode())), "C07.open");
}

TEST_F(ThreadCheats, KeysAndKiosks) {
  kit::Thread t;
  t.begin();
  const auto key = primitives::SigningKey::random().verify_key();
  const election::EnrolmentBody taken{KioskId{"K7"}, BoxId{"main"}, t.desk.verify_key(), "加开"};
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::enrolment, taken.encode())), "C01.enrolment");
  const election::KeyReplacedBody own{election::Role::supervisor, t.supervisors[0].verify_key(), key, "遗失"};
  EXPECT_EQ(verdict_with(t, t.by_supervisors(Kind::key_replaced, own.encode())), "C01.key");
  const election::KeyReplacedBody one{election::Role::desk, t.desk.verify_key(), key, "遗失"};
  EXPECT_EQ(verdict_with(t, t.entry(Kind::key_replaced, one.encode(), {&t.supervisors[0]})), "C01.key_sig");
}

// The record of a rehearsal shown as that of a real congress, entry by entry.
TEST_F(ThreadCheats, RehearsalMarkTakenOff) {
  kit::Thread t;
  t.begin();
  EXPECT_EQ(verdict_with(t, election::sign_entry(Kind::small_group, {t.congress(), false}, t.minutes,
                                                 t.reason_body(kElection), {&t.supervisors[0], &t.supervisors[1]})),
            "E03.rehearsal");
}

}  // namespace
}  // namespace tuixuan::cheats
