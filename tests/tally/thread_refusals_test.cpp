// Each step of the thread up to the vote done wrong, and the check that refuses it. What is refused changes nothing:
// the same congress then takes the right step.
#include <gtest/gtest.h>

#include "tally/scheme/proposal.h"
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

// --- recommendations and candidates ----------------------------------------------------------------------------------

TEST(ThreadRefuses, ShortlistOutOfOrder) {
  Thread t;
  t.begin();
  const Bytes early = election::ShortlistBody{kit::kShortlist, t.objects.put(to_bytes("{}"))}.encode();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::shortlist, early)), "C02.shortlist");  // nothing is counted
  t.recommend();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::shortlist, early)), "C02.shortlist");  // without the superior body
  t.points();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::shortlist, early)), "C02.shortlist");  // not as computed
  t.shortlist();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::shortlist, t.shortlist_body())), "E07.order");
  EXPECT_EQ(t.offer(t.by_superior(Kind::superior_recommendation, t.points_body())), "E07.order");
}

// Right by the rule in all but the part of the superior body, which has not spoken.
TEST(ThreadRefuses, ShortlistWithoutTheSuperiorBody) {
  Thread t;
  t.begin();
  t.recommend();
  const election::State& s = t.fold.state();
  const tally::Combination& rule = s.plan->combinations.at(0);
  std::vector<tally::ContestResult> results;
  for (const tally::Source& source : rule.sources)
    results.push_back(election::settled_result_of(s, source.contest).value());
  const auto combined = tally::combine(rule, results, {});
  ASSERT_TRUE(combined) << combined.error().text();
  const scheme::ProposalFile file{s.plan->congress.id, s.plan->rehearsal, *combined};
  const election::ShortlistBody body{kit::kShortlist, t.objects.put(scheme::write_proposal(file))};
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::shortlist, body.encode())), "C02.shortlist");
}

TEST(ThreadRefuses, SuperiorsPoints) {
  Thread t;
  t.begin();
  const auto offer = [&](std::vector<tally::Points> points) {
    return t.offer(
        t.by_superior(Kind::superior_recommendation,
                      election::SuperiorRecommendationBody{kit::kShortlist, std::move(points), ""}.encode()));
  };
  EXPECT_EQ(offer({{"丁文华", 101}}), "C02.points");
  EXPECT_EQ(offer({{"王建国", 50}, {"丁文华", 50}}), "C02.points");
  EXPECT_EQ(offer({{"丁文华", 50}, {"丁文华", 50}}), "C02.points");
  EXPECT_EQ(offer({}), "C02.points");
  EXPECT_EQ(offer({{"丁文华", 100}, {"王建国", 0}}), "");
}

TEST(ThreadRefuses, Candidates) {
  Thread early;
  early.begin();
  EXPECT_EQ(early.offer(early.by_superior(Kind::candidates, early.committee_body())), "C03.candidates");

  Thread t = ready_for_candidates();
  const auto offer = [&](const std::function<void(election::CandidatesBody&)>& change) {
    return t.offer(t.by_superior(Kind::candidates, candidates_with(change, t)));
  };
  const election::DecidedCandidate stranger{"赵海涛", "", ""};
  EXPECT_EQ(offer([&](auto& b) { b.candidates[0] = stranger; }), "C03.candidates");
  EXPECT_EQ(offer([&](auto& b) { b.candidates[0] = b.candidates[1]; }), "C03.candidates");
  EXPECT_EQ(offer([&](auto& b) { b.candidates[0] = {"周敏", "", "另有考虑"}; }), "C03.candidates");
  EXPECT_EQ(offer([&](auto& b) { b.candidates.resize(3); }), "C03.candidates");  // three seats and one more
  for (const char* name : {"", " 赵海涛", "赵 ", "e\u0301"})  // no name, spaces around it, not in normal form
    EXPECT_EQ(offer([&](auto& b) { b.candidates[0] = {name, "", "组织推荐"}; }), "C03.candidates") << name;
  for (const std::string& name : {std::string("赵\u200b海涛"), std::string("\xff"), std::string(93, 'a')})
    EXPECT_EQ(offer([&](auto& b) { b.candidates[0] = {name, "", "组织推荐"}; }), "E02.encoding") << name;
  EXPECT_EQ(offer([&](auto& b) { b.reference.clear(); }), "C03.candidates");
  EXPECT_EQ(offer([&](auto& b) { b.contest = kit::kMembersContest; }), "C03.candidates");
  EXPECT_EQ(offer([&](auto& b) { b.candidates[0] = {"周敏", "第三组", "另有考虑"}; }), "");
  EXPECT_EQ(offer([&](auto& b) { b.candidates[0] = {"赵海涛", "", "组织推荐"}; }), "");
}

TEST(ThreadRefuses, SecretaryNotOfTheCommittee) {
  Thread t;
  t.up_to_election();
  const auto offer = [&](const char* first, const char* reason) {
    const election::CandidatesBody body{kit::kSecretaryContest, "文号", {{first, "", reason}, {"王建国", "", ""}}};
    return t.offer(t.by_superior(Kind::candidates, body.encode()));
  };
  EXPECT_EQ(offer("丁文华", ""), "C03.candidates");  // the committee is not elected
  t.elect(kit::clear_votes());
  EXPECT_EQ(offer("陈玉兰", "组织推荐"), "C03.candidates");
  EXPECT_EQ(offer("丁文华", ""), "");
}

// --- notice and opening ----------------------------------------------------------------------------------------------

TEST(ThreadRefuses, OpeningBeforeItsTime) {
  Thread t;
  t.begin();
  prepare_election(t);
  EXPECT_EQ(open_by_two(t), "C05.after");
  t.recommend();
  t.enter(kElection);
  EXPECT_EQ(open_by_two(t), "C03.approval");
  t.points();
  t.shortlist();
  EXPECT_EQ(open_by_two(t), "C03.approval");
  t.decide();
  EXPECT_EQ(open_by_two(t), "C04.missing");
  t.append(t.by_chair(Kind::notice, t.notice_body()));
  EXPECT_EQ(open_by_two(t), "C04.period");
  t.minutes = t.day(5) - 1;
  EXPECT_EQ(open_by_two(t), "C04.period");
  t.minutes += 1;
  EXPECT_EQ(open_by_two(t), "");
}

TEST(ThreadRefuses, OpeningBeforeItsDay) {
  Thread t([](tally::Scheme& s) { s.stages[0].not_before = "2025-02-21"; });
  t.begin();
  t.enter(kit::kMembers);
  t.slips();
  t.attendance();
  EXPECT_EQ(open_by_two(t), "C05.not_before");
  t.minutes = 29'000'040 - 6 * 60 + 24 * 60 - 1;  // 2025-02-20 23:59 in Beijing
  EXPECT_EQ(open_by_two(t), "C05.not_before");
  t.minutes += 1;
  EXPECT_EQ(open_by_two(t), "");
}

TEST(ThreadRefuses, Notices) {
  Thread t = ready_for_candidates();
  EXPECT_EQ(t.offer(t.by_chair(Kind::notice, t.notice_body())), "C04.notice");  // nothing is decided
  t.decide();
  EXPECT_EQ(t.offer(t.by_chair(Kind::notice, t.notice_body(4))), "C04.period");
  const auto offer = [&](std::uint32_t from, std::uint32_t until, const char* address) {
    return t.offer(t.by_chair(Kind::notice, election::NoticeBody{kElection, from, until, address}.encode()));
  };
  EXPECT_EQ(offer(t.minutes, t.day(5), ""), "C04.notice");
  EXPECT_EQ(offer(t.minutes, t.minutes - 1, "镇党委"), "C04.period");
  EXPECT_EQ(offer(t.minutes - 1441, t.day(9), "镇党委"), "C04.period");  // begun before it was made
  EXPECT_EQ(offer(~std::uint32_t{0} - 8000, ~std::uint32_t{0}, "镇党委"), "");
  EXPECT_EQ(offer(t.minutes, t.day(5), "镇党委"), "");
}

TEST(ThreadRefuses, ANewDecisionNeedsANewNotice) {
  Thread t;
  t.up_to_election();
  t.decide();
  prepare_election(t);
  EXPECT_EQ(open_by_two(t), "C04.missing");
  t.append(t.by_chair(Kind::notice, t.notice_body()));
  EXPECT_EQ(open_by_two(t), "C04.period");
}

TEST(ThreadRefuses, Objections) {
  Thread t = ready_for_candidates();
  t.decide();
  t.append(t.by_chair(Kind::notice, t.notice_body()));
  const std::uint64_t notice = t.log.size() - 1;
  t.minutes = t.day(5);
  const auto object = [&](std::uint64_t of, const char* what) {
    return t.offer(t.by_chair(Kind::objection, election::ObjectionBody{of, what}.encode()));
  };
  const auto answer = [&](std::uint64_t of, bool upheld, const char* what = "已核查") {
    return t.offer(t.by_chair(Kind::objection_answered, election::ObjectionAnsweredBody{of, upheld, what}.encode()));
  };
  EXPECT_EQ(object(notice - 1, "反映问题"), "C04.notice");
  EXPECT_EQ(object(notice, ""), "C04.notice");
  EXPECT_EQ(object(notice, "反映问题"), "");
  const std::uint64_t first = t.log.size() - 1;
  prepare_election(t);
  EXPECT_EQ(open_by_two(t), "C04.objections");
  EXPECT_EQ(answer(notice, false), "C04.notice");
  EXPECT_EQ(answer(first, false, ""), "C04.notice");
  EXPECT_EQ(answer(first, true), "");
  EXPECT_EQ(answer(first, false), "E07.order");
  EXPECT_EQ(open_by_two(t), "C04.objections");  // upheld, and not decided again
  t.decide();
  EXPECT_EQ(open_by_two(t), "C04.missing");
  t.append(t.by_chair(Kind::notice, t.notice_body()));
  t.minutes = t.day(5);
  EXPECT_EQ(open_by_two(t), "");
  EXPECT_EQ(object(notice, "又反映问题"), "E07.order");
}

TEST(ThreadRefuses, SmallGroup) {
  Thread t;
  t.begin();
  t.enter(kit::kMembers);
  t.slips();
  t.append(t.by_supervisors(Kind::attendance, election::AttendanceBody{t.everybody(2, 2)}.encode()));
  EXPECT_EQ(open_by_two(t), "A03.small");
  const auto decide = [&](const StageId& stage, const char* why) {
    return t.offer(t.by_supervisors(Kind::small_group, t.reason_body(stage, why)));
  };
  EXPECT_EQ(decide(kit::kMembers, ""), "A03.small");
  EXPECT_EQ(decide(StageId{"nowhere"}, "只有两名党员"), "A03.small");
  EXPECT_EQ(decide(kit::kMembers, "只有两名党员"), "");
  EXPECT_EQ(open_by_two(t), "");
}

TEST(ThreadRefuses, FewBallotsAreNotOpenedSilently) {
  Thread t;
  t.begin();
  t.enter(kit::kMembers);
  t.slips();
  t.attendance();
  t.open();
  t.vote_for({{"丁文华"}, {"丁文华"}});
  t.close();
  const election::MixBody body{kit::kMembers, kit::kMembersContest, MixPosition{1}, TrusteeIndex{1}, {}};
  EXPECT_EQ(t.offer(t.entry(Kind::mix, body.encode(), {&t.trustees[0].signing})), "A03.small");
  t.append(t.by_supervisors(Kind::small_group, t.reason_body(kit::kMembers, "只收回两张")));
  t.mix();
  t.decrypt();
  t.count();
  EXPECT_EQ(t.offer(t.by_supervisors(Kind::small_group, t.reason_body(kit::kMembers))), "A03.small");
}

// Who was declared lost may be somebody else with a found key.
TEST(ThreadRefuses, AgreementOfALostTrustee) {
  Thread t;
  t.up_to_election();
  t.append(t.by_supervisors(Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{1}, "设备被盗"}.encode()));
  t.enter(kElection);
  t.slips();
  t.attendance();
  t.append(t.by_supervisors(Kind::opening, t.opening_body()));
  const auto agreement = [&](std::uint32_t i) {
    return t.entry(Kind::opening_agreed, election::AgreementBody{kElection, TrusteeIndex{i}, t.stage().ctx}.encode(),
                   {&t.trustees[i - 1].signing});
  };
  EXPECT_EQ(t.offer(agreement(1)), "E05.author");
  t.append(agreement(2));
}

}  // namespace
}  // namespace tuixuan
