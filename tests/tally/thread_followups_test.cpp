// What follows a result, the report, and who may sign what: each done wrong, and the check that refuses it.
#include <gtest/gtest.h>

#include "crypto/codes/catalogue.h"
#include "tests/support/thread_kit.h"

namespace tuixuan {
namespace {

using election::Kind;
using kit::candidates_with;
using kit::kCommittee;
using kit::kElection;
using kit::open_by_two;
using kit::prepare_election;
using kit::ready_for_candidates;
using kit::Thread;
using tally::FollowKind;

// --- what follows ----------------------------------------------------------------------------------------------------

std::string offer_changed(Thread& t, scheme::AddedStage added, const std::function<void(scheme::AddedStage&)>& change) {
  change(added);
  return t.offer(t.added_entry(added));
}

TEST(ThreadRefuses, AnotherRunOff) {
  Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  const scheme::AddedStage right = t.following(kCommittee, FollowKind::run_off, "run-off");
  const auto offer = [&](const std::function<void(scheme::AddedStage&)>& change) {
    return offer_changed(t, right, change);
  };
  using A = scheme::AddedStage&;
  EXPECT_EQ(offer([](A a) { a.contests[0].candidates.push_back({"陈玉兰", ""}); }), "C05.follows");
  EXPECT_EQ(offer([](A a) { a.contests[0].candidates[0] = {"陈玉兰", ""}; }), "C05.follows");
  EXPECT_EQ(offer([](A a) { a.contests[0].seats = 2; }), "C05.follows");
  EXPECT_EQ(offer([](A a) {
              a.contests[0].majority = {1, 2, tally::Comparison::more_than, tally::Base::present};
            }),
            "C05.follows");
  EXPECT_EQ(offer([](A a) { a.contests[0].tie = tally::TieRule::superior; }), "C05.follows");
  EXPECT_EQ(offer([](A a) {
              a.stage.quorum = {1, 2, tally::Comparison::at_least, tally::Base::expected};
            }),
            "C05.follows");
  EXPECT_EQ(offer([](A a) { a.stage.boxes = {BoxId{"masses"}}; }), "C05.follows");
  EXPECT_EQ(offer([](A a) { a.stage.min_ballots = 1; }), "C05.follows");
  EXPECT_EQ(offer([](A a) { a.stage.notice_days = 3; }), "C05.follows");
  EXPECT_EQ(offer([](A a) { a.stage.round = 2; }), "C05.stage");
  EXPECT_EQ(offer([](A a) { a.stage.id = kElection; }), "C05.stage");
  EXPECT_EQ(offer([](A a) { a.stage.after = {kElection}; }), "C05.stage");
  EXPECT_EQ(offer([](A a) { a.stage.kind = tally::Kind::preelection; }), "C05.stage");
  EXPECT_EQ(offer([](A a) { a.contests.clear(); }), "C05.stage");
  EXPECT_EQ(offer([](A a) { a.contests[0].id = kCommittee; }), "C05.stage");
  EXPECT_EQ(offer([](A a) { a.contests[0].follows.reset(); }), "C05.follows");
  EXPECT_EQ(offer([](A a) { a.contests[0].follows->kind = FollowKind::new_round; }), "C05.follows");
  EXPECT_EQ(offer([](A a) { a.contests[0].follows->kind = FollowKind::repeat; }), "C05.follows");
  EXPECT_EQ(offer([](A a) { std::swap(a.contests[0].candidates[0], a.contests[0].candidates[1]); }), "");
  EXPECT_EQ(offer([](A a) {
              a.stage.id = StageId{"run-off-2"};
              a.stage.round = 9;
              a.contests[0].id = ContestId{"run-off-2"};
              a.stage.contests = {a.contests[0].id};
            }),
            "E07.order");
  const auto tie = [&](std::vector<std::string> names) {
    return t.offer(t.by_superior(Kind::tie_decided,
                                 election::TieDecidedBody{kElection, kCommittee, std::move(names), "文号"}.encode()));
  };
  EXPECT_EQ(tie({"李秀英"}), "E07.order");  // it is voted on again
}

TEST(ThreadRefuses, TieDecidedWrongly) {
  Thread t([](tally::Scheme& s) { s.contests[2].tie = tally::TieRule::superior; });
  t.up_to_election();
  const auto decide = [&](std::vector<std::string> names, const char* reference) {
    return t.offer(t.by_superior(
        Kind::tie_decided, election::TieDecidedBody{kElection, kCommittee, std::move(names), reference}.encode()));
  };
  EXPECT_EQ(decide({"李秀英"}, "文号"), "E07.order");
  t.elect(kit::tied_votes());
  EXPECT_EQ(decide({"陈玉兰"}, "文号"), "C06.tie");
  EXPECT_EQ(decide({"张志强", "李秀英"}, "文号"), "C06.tie");
  EXPECT_EQ(decide({}, "文号"), "C06.tie");
  EXPECT_EQ(decide({"李秀英"}, ""), "C06.tie");
  EXPECT_EQ(decide({"李秀英"}, "文号"), "");
  EXPECT_EQ(decide({"张志强"}, "文号"), "E07.order");
}

TEST(ThreadRefuses, TieThatTheSchemeVotesOn) {
  Thread t;
  t.up_to_election();
  t.elect(kit::tied_votes());
  EXPECT_EQ(t.offer(t.by_superior(Kind::tie_decided,
                                  election::TieDecidedBody{kElection, kCommittee, {"李秀英"}, "文号"}.encode())),
            "C06.tie");
}

TEST(ThreadRefuses, SeatsCutWrongly) {
  Thread t;
  t.up_to_election();
  const auto cut = [&](std::uint32_t seats, std::uint32_t votes) {
    return t.offer(t.by_supervisors(Kind::seats_reduced,
                                    election::SeatsReducedBody{kElection, kCommittee, seats, votes}.encode()));
  };
  EXPECT_EQ(cut(1, 6), "E07.order");
  t.elect(kit::short_votes());
  EXPECT_EQ(cut(0, 6), "C06.seats");
  EXPECT_EQ(cut(2, 6), "C06.seats");
  EXPECT_EQ(cut(1, 3), "C06.seats");  // half is not more than half
  EXPECT_EQ(cut(1, 7), "C06.seats");
  EXPECT_EQ(cut(1, 4), "");
  EXPECT_EQ(cut(1, 4), "C06.seats");
}

TEST(ThreadRefuses, SeatsCutAfterANewRound) {
  Thread t;
  t.up_to_election();
  t.elect(kit::short_votes());
  t.add(kCommittee, FollowKind::new_round, "round-2");
  EXPECT_EQ(
      t.offer(t.by_supervisors(Kind::seats_reduced, election::SeatsReducedBody{kElection, kCommittee, 1, 5}.encode())),
      "E07.order");
}

TEST(ThreadRefuses, Voiding) {
  Thread t;
  t.up_to_election();
  const auto void_stage = [&](const StageId& s, const char* why = "账目不清") {
    return t.offer(t.by_supervisors(Kind::stage_voided, t.reason_body(s, why)));
  };
  const auto void_result = [&](const StageId& s, const char* why = "账目不清") {
    return t.offer(t.by_superior(Kind::result_voided, t.reason_body(s, why)));
  };
  EXPECT_EQ(void_stage(kit::kMasses), "C06.void");  // it has a result: the superior body's
  EXPECT_EQ(void_result(kElection), "C06.void");    // it has none
  EXPECT_EQ(void_stage(StageId{"nowhere"}), "C06.void");
  EXPECT_EQ(void_result(kit::kMasses, ""), "C06.void");
  t.elect(kit::tied_votes());
  EXPECT_EQ(void_result(kit::kMasses), "C06.void");  // the election rests on it
  const StageId run_off = t.add(kCommittee, FollowKind::run_off, "run-off");
  t.hold(run_off, {{"李秀英"}, {"李秀英"}, {"张志强"}});
  EXPECT_EQ(void_result(kElection), "C06.void");  // the run-off rests on it
  t.decide_secretary();
  t.enter(kit::kSecretary);
  t.slips();
  t.attendance();
  t.open();
  EXPECT_EQ(void_result(run_off), "C06.void");  // the secretary is of the committee it made
  EXPECT_EQ(void_stage(kit::kSecretary), "");
  EXPECT_EQ(void_stage(kit::kSecretary), "E07.order");
  EXPECT_EQ(void_result(run_off), "");
  EXPECT_FALSE(t.fold.state().approved.contains(kit::kSecretaryContest));
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::small_group, t.reason_body(run_off))), "A03.small");
}

TEST(ThreadRefuses, SecondRepeat) {
  Thread t;
  t.up_to_election();
  prepare_election(t);
  t.open();
  t.append(t.by_supervisors(Kind::stage_voided, t.reason_body(kElection)));
  const scheme::AddedStage first = t.following(kCommittee, FollowKind::repeat, "again");
  auto run_off = first;
  run_off.contests[0].follows->kind = FollowKind::run_off;
  EXPECT_EQ(t.offer(t.added_entry(run_off)), "C05.follows");
  EXPECT_EQ(t.offer(t.added_entry(first)), "");
  EXPECT_EQ(offer_changed(t, first,
                          [](auto& a) {
                            a.stage.id = StageId{"again-2"};
                            a.stage.round = 9;
                            a.contests[0].id = ContestId{"again-2"};
                            a.stage.contests = {a.contests[0].id};
                          }),
            "E07.order");
  EXPECT_EQ(open_by_two(t), "E07.order");  // the voided one stays so
}

// A planned stage that is voided does not shed its notice or what comes before it.
TEST(ThreadRefuses, RepeatOfAPlannedStageKeepsItsConditions) {
  Thread t;
  t.begin();
  t.append(t.by_supervisors(Kind::stage_voided, t.reason_body(kElection)));
  auto added = t.following(kCommittee, FollowKind::repeat, "again");
  EXPECT_TRUE(added.contests[0].approval);
  EXPECT_EQ(added.stage.notice_days, 5U);
  EXPECT_EQ(offer_changed(t, added, [](auto& a) { a.stage.notice_days = 0; }), "C05.follows");
  t.append(t.added_entry(added));
  t.enter(added.stage.id);
  t.slips();
  t.attendance();
  EXPECT_EQ(open_by_two(t), "C05.after");
  t.recommend();
  t.enter(added.stage.id);
  EXPECT_EQ(open_by_two(t), "C03.approval");
  t.points();
  t.shortlist();
  const auto decide = [&](const char* name) {
    return t.offer(t.by_superior(Kind::candidates, candidates_with(
                                                       [&](auto& b) {
                                                         b.contest = ContestId{"again"};
                                                         b.candidates[0].name = name;
                                                       },
                                                       t)));
  };
  EXPECT_EQ(decide("赵海涛"), "C03.candidates");
  EXPECT_EQ(decide("丁文华"), "");
  EXPECT_EQ(open_by_two(t), "C04.missing");
}

// --- report ----------------------------------------------------------------------------------------------------------

// What is settled in every office may yet have a vote to come: a motion that was planned and not held.
TEST(ThreadRefuses, AReportBeforeAPlannedVoteWasHeld) {
  Thread t([](tally::Scheme& scheme) {
    tally::Contest motion = scheme.contests[0];
    motion.id = ContestId{"later"};
    tally::Stage later = scheme.stages[0];
    later.id = StageId{"later"};
    later.round = 4;
    later.contests = {motion.id};
    scheme.contests.push_back(std::move(motion));
    scheme.stages.push_back(std::move(later));
  });
  t.up_to_election();
  t.elect(kit::clear_votes());
  t.decide_secretary();
  t.hold(kit::kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  EXPECT_TRUE(election::open_matters(t.fold.state()).empty());
  EXPECT_EQ(t.offer(t.by_chair(Kind::report_up, t.report_body())), "C07.open");
  t.append(t.by_supervisors(Kind::stage_voided, t.reason_body(StageId{"later"})));
  EXPECT_EQ(t.offer(t.by_chair(Kind::report_up, t.report_body())), "");
}

TEST(ThreadRefuses, Reports) {
  Thread t;
  t.up_to_election();
  EXPECT_EQ(t.offer(t.by_chair(Kind::report_up, t.report_body())), "C07.open");
  t.elect(kit::clear_votes());
  EXPECT_EQ(t.offer(t.by_chair(Kind::report_up, t.report_body())), "C07.open");
  t.decide_secretary();
  t.hold(kit::kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  auto outcome = election::outcome_of(t.fold.state());
  outcome.offices[1].elected[0].name = "王建国";
  EXPECT_EQ(t.offer(t.by_chair(Kind::report_up,
                               election::ReportUpBody{t.objects.put(scheme::write_outcome(outcome))}.encode())),
            "C07.outcome");
  const auto answer = [&](std::uint64_t report, bool accepted, const char* reference, const char* reason) {
    return t.offer(
        t.by_superior(Kind::countersign, election::CountersignBody{report, accepted, reference, reason}.encode()));
  };
  EXPECT_EQ(answer(0, true, "文号", ""), "E07.order");
  t.report();
  const std::uint64_t index = t.log.size() - 1;
  EXPECT_EQ(t.offer(t.by_chair(Kind::report_up, t.report_body())), "E07.order");
  EXPECT_EQ(answer(index - 1, true, "文号", ""), "C07.report");
  EXPECT_EQ(answer(index, true, "", "好"), "C07.report");
  EXPECT_EQ(answer(index, false, "文号", ""), "C07.report");
  EXPECT_EQ(answer(index, true, "文号", ""), "");
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::small_group, t.reason_body(kElection))), "C07.ended");
  EXPECT_EQ(t.offer(t.by_superior(Kind::result_voided, t.reason_body(kElection))), "C07.ended");
  const election::State& s = t.fold.state();
  const auto audit = [&](std::uint64_t size, const Sha256& root) {
    return t.offer(t.entry(Kind::audit, election::AuditBody{size, root, false, "有疑问"}.encode(), {&t.auditor}));
  };
  EXPECT_EQ(audit(s.tree.size() - 1, s.tree.root()), "C07.audit");
  EXPECT_EQ(audit(s.tree.size() + 1, s.tree.root()), "C07.audit");
  EXPECT_TRUE(s.audits.empty());
  EXPECT_EQ(audit(s.tree.size(), s.tree.root()), "");
  EXPECT_EQ(audit(s.tree.size(), s.tree.root()), "");
  ASSERT_EQ(s.audits.size(), 1U);  // the last one
  EXPECT_EQ(s.audits.begin()->second.index, s.tree.size() - 1);
  EXPECT_FALSE(s.audits.begin()->second.holds);
}

// --- who may sign ----------------------------------------------------------------------------------------------------

// Every kind of the thread, signed by nobody's key, by one supervisor where two must, and by each wrong role.
TEST(ThreadRefuses, WrongSigners) {
  Thread t = ready_for_candidates();
  const primitives::SigningKey stranger = primitives::SigningKey::random();
  const primitives::VerifyKey key = primitives::SigningKey::random().verify_key();
  const StageId& e = kElection;
  const std::vector<std::pair<Kind, Bytes>> bodies = {
      {Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{1}, "离场"}.encode()},
      {Kind::spellings, election::SpellingsBody{e, kCommittee, {}}.encode()},
      {Kind::enrolment, election::EnrolmentBody{KioskId{"K7"}, BoxId{"main"}, key, "加开"}.encode()},
      {Kind::key_replaced, election::KeyReplacedBody{election::Role::desk, t.desk.verify_key(), key, "遗失"}.encode()},
      {Kind::small_group, t.reason_body(e)},
      {Kind::stage_voided, t.reason_body(e)},
      {Kind::result_voided, t.reason_body(kit::kMasses)},
      {Kind::base_confirmed, election::BaseConfirmedBody{e, kCommittee, tally::Base::present}.encode()},
      {Kind::superior_recommendation, t.points_body()},
      {Kind::shortlist, t.shortlist_body()},
      {Kind::candidates, t.committee_body()},
      {Kind::notice, t.notice_body()},
      {Kind::objection, election::ObjectionBody{1, "反映问题"}.encode()},
      {Kind::objection_answered, election::ObjectionAnsweredBody{1, false, "已核查"}.encode()},
      {Kind::stage_added, election::StageAddedBody{}.encode()},
      {Kind::seats_reduced, election::SeatsReducedBody{e, kCommittee, 1, 6}.encode()},
      {Kind::tie_decided, election::TieDecidedBody{e, kCommittee, {"李秀英"}, "文号"}.encode()},
      {Kind::report_up, election::ReportUpBody{}.encode()},
      {Kind::countersign, election::CountersignBody{1, true, "文号", ""}.encode()},
      {Kind::audit, election::AuditBody{}.encode()}};
  const std::vector<std::pair<election::Signers, const primitives::SigningKey*>> roles = {
      {election::Signers::organiser, &t.organiser},
      {election::Signers::desk, &t.desk},
      {election::Signers::trustee, &t.trustees[0].signing},
      {election::Signers::kiosk, &t.kiosks[0].signing},
      {election::Signers::chair, &t.chair},
      {election::Signers::superior, &t.superior},
      {election::Signers::auditor, &t.auditor},
      {election::Signers::credential, &stranger},
      {election::Signers::two_supervisors, &t.supervisors[0]}};
  for (const auto& [kind, body] : bodies) {
    const election::KindInfo& info = election::info(kind);
    for (const auto& [role, signer] : roles) {
      const bool right = role == info.signers && role != election::Signers::two_supervisors;
      if (!right) {
        EXPECT_EQ(t.offer(t.entry(kind, body, {signer})), name_of(info.signature_check)) << info.name;
      }
      EXPECT_EQ(t.offer(t.entry(kind, body, {signer, &t.log_key})), name_of(info.signature_check)) << info.name;
      auto broken = election::Envelope::decode(t.entry(kind, body, {signer})).value();
      broken.signatures[0].signature.bytes[40] ^= 1;
      EXPECT_EQ(t.offer(broken.encode()), name_of(info.signature_check)) << info.name;
    }
    if (info.signers != election::Signers::two_supervisors) {
      EXPECT_EQ(t.offer(t.by_supervisors(kind, body)), name_of(info.signature_check)) << info.name;
    }
  }
}

TEST(ThreadRefuses, RehearsalAndRealAreNotMixed) {
  Thread t;
  t.begin();
  const auto real = election::sign_entry(Kind::small_group, {t.congress(), false}, t.minutes, t.reason_body(kElection),
                                         {&t.supervisors[0], &t.supervisors[1]});
  EXPECT_EQ(t.offer(real), "E03.rehearsal");
}

// --- people who come in ----------------------------------------------------------------------------------------------

TEST(ThreadRefuses, Enrolment) {
  Thread t;
  t.begin();
  const auto enrol = [&](const char* id, const char* box, const primitives::VerifyKey& key) {
    return t.offer(
        t.by_supervisors(Kind::enrolment, election::EnrolmentBody{KioskId{id}, BoxId{box}, key, "加开"}.encode()));
  };
  const primitives::VerifyKey key = primitives::SigningKey::random().verify_key();
  EXPECT_EQ(enrol("K1", "main", key), "C01.enrolment");
  EXPECT_EQ(enrol("K7", "nowhere", key), "C01.enrolment");
  for (const auto* holder : {&t.desk, &t.organiser, &t.log_key, &t.chair, &t.superior, &t.auditor, &t.supervisors[1],
                             &t.trustees[2].signing, &t.kiosks[2].signing})
    EXPECT_EQ(enrol("K7", "main", holder->verify_key()), "C01.enrolment");
  EXPECT_EQ(enrol("K7", "main", primitives::VerifyKey{}), "C01.enrolment");
  EXPECT_EQ(enrol("K7", "main", key), "");
  EXPECT_EQ(enrol("K8", "main", key), "C01.enrolment");
}

TEST(ThreadRefuses, KeyReplacement) {
  Thread t;
  t.begin();
  using election::Role;
  const auto replace = [&](Role role, const primitives::VerifyKey& old, const primitives::VerifyKey& fresh,
                           const char* why = "遗失") {
    return t.offer(t.by_supervisors(Kind::key_replaced, election::KeyReplacedBody{role, old, fresh, why}.encode()));
  };
  const primitives::SigningKey fresh = primitives::SigningKey::random();
  EXPECT_EQ(replace(Role::chair, t.desk.verify_key(), fresh.verify_key()), "C01.key");
  EXPECT_EQ(replace(Role::supervisor, t.supervisors[0].verify_key(), fresh.verify_key()), "C01.key");  // a signer's
  EXPECT_EQ(replace(Role::chair, t.chair.verify_key(), t.desk.verify_key()), "C01.key");
  EXPECT_EQ(replace(Role::chair, t.chair.verify_key(), fresh.verify_key(), ""), "C01.key");
  EXPECT_EQ(replace(Role::chair, t.chair.verify_key(), fresh.verify_key()), "");
  const Bytes objection = election::ObjectionBody{0, "反映问题"}.encode();
  EXPECT_EQ(t.offer(t.by_chair(Kind::objection, objection)), "C04.objection_sig");  // the old key
  EXPECT_EQ(t.offer(t.entry(Kind::objection, objection, {&fresh})), "C04.notice");  // signed rightly, of no notice
  for (const auto& [role, old] :
       {std::pair{Role::organiser, t.organiser.verify_key()}, std::pair{Role::desk, t.desk.verify_key()},
        std::pair{Role::auditor, t.auditor.verify_key()}})
    EXPECT_EQ(replace(role, old, primitives::SigningKey::random().verify_key()), "");
}

TEST(ThreadRefuses, Spellings) {
  Thread t([](tally::Scheme& s) {
    s.contests[0].write_ins = {tally::WriteInRule::free_lines, 2, 45, {}};
    s.contests[0].max_choices = 5;
  });
  t.begin();
  t.enter(kit::kMembers);
  t.slips();
  t.attendance();
  t.open();
  t.vote_for({{"丁文华"}, {"丁文华"}, {"丁文华"}});
  using Names = std::vector<std::pair<std::string, std::string>>;
  const auto merge = [&](Names names, const ContestId& contest = kit::kMembersContest) {
    return t.offer(
        t.by_supervisors(Kind::spellings, election::SpellingsBody{t.stage_id, contest, std::move(names)}.encode()));
  };
  EXPECT_EQ(merge({{"王小名", "王小明"}}), "E07.order");  // it is open
  t.close();
  EXPECT_EQ(merge({{"王小名", "王小明"}}, kCommittee), "V15.spellings");
  EXPECT_EQ(merge({{"丁文华", "王小明"}}), "V15.spellings");
  EXPECT_EQ(merge({{"王小名", "丁文华"}}), "V15.spellings");
  EXPECT_EQ(merge({{"王小明", "王小明"}}), "V15.spellings");
  EXPECT_EQ(merge({{"王小名", "王小明"}, {"王小名", "王晓明"}}), "V15.spellings");
  EXPECT_EQ(merge({{"王小名", "王小明"}, {"王小明", "王晓明"}}), "V15.spellings");
  EXPECT_EQ(merge({{"王 小名 ", "王小明"}}), "V15.spellings");
  EXPECT_EQ(merge({{"王小名", "王小明"}}), "");
  t.mix();
  t.decrypt();
  t.count();
  EXPECT_EQ(merge({{"王小名", "王小明"}}), "E07.order");
}

}  // namespace
}  // namespace tuixuan
