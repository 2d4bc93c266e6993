// What people decided, in words: each kind of decision of a whole congress, in both languages; nothing for what is no
// decision.
#include <gmock/gmock.h>

#include "tally/election/decisions.h"
#include "tests/support/thread_kit.h"

namespace tuixuan {
namespace {

using election::Kind;
using kit::kCommittee;
using kit::kElection;
using kit::Thread;
using tally::FollowKind;
using testing::HasSubstr;

tally::Text words(const Thread& t, std::size_t at) {
  const auto said = election::decision_in_words(t.log.at(at), t.fold.state(), t.objects);
  return said ? *said : tally::Text{"none", "none"};
}
tally::Text last(const Thread& t) { return words(t, t.log.size() - 1); }

TEST(Decisions, EveryKindIsSaidInBothLanguages) {
  Thread t;
  t.up_to_election();
  t.elect(kit::short_votes());
  t.append(t.by_supervisors(Kind::seats_reduced, election::SeatsReducedBody{kElection, kCommittee, 1, 5}.encode()));
  t.append(t.by_superior(Kind::result_voided, t.reason_body(kElection)));
  t.hold(t.add(kCommittee, FollowKind::repeat, "again"), kit::tied_votes());
  t.hold(t.add(ContestId{"again"}, FollowKind::run_off, "run-off"), {{"李秀英"}, {"李秀英"}, {"张志强"}});
  t.decide_secretary();
  t.hold(kit::kSecretary, {{"丁文华"}, {"丁文华"}, {"丁文华"}, {"丁文华"}});
  t.report();
  t.countersign();
  std::map<Kind, tally::Text> said;
  for (std::size_t i = 0; i < t.log.size(); ++i) {
    const auto text = election::decision_in_words(t.log[i], t.fold.state(), t.objects);
    const auto kind = static_cast<Kind>(t.log[i][1]);
    EXPECT_EQ(text.has_value(), kind >= Kind::spellings) << i;
    if (text) said[kind] = *text;
    if (text) {
      EXPECT_FALSE(text->en.empty()) << i;
    }
  }
  EXPECT_THAT(said.at(Kind::superior_recommendation).zh, HasSubstr("丁文华 90、王建国 80；理由：考察意见"));
  EXPECT_THAT(said.at(Kind::shortlist).zh, HasSubstr("建议人选：丁文华、王建国"));
  EXPECT_THAT(said.at(Kind::candidates).zh, HasSubstr("候选人，柳发〔2025〕"));
  EXPECT_THAT(said.at(Kind::notice).zh, HasSubstr("异议请送：镇党委组织办"));
  EXPECT_THAT(said.at(Kind::seats_reduced).zh, HasSubstr("减少名额 1 名，赞成 5 人"));
  EXPECT_THAT(said.at(Kind::result_voided).zh, HasSubstr("的结果由上级宣布无效；理由：选票领发账目不清"));
  EXPECT_THAT(said.at(Kind::stage_added).zh, HasSubstr("对得票相同者重新投票，名额 1：李秀英、张志强"));
  EXPECT_THAT(said.at(Kind::stage_added).en, HasSubstr("run-off between the tied, seats 1: 李秀英, 张志强"));
  EXPECT_THAT(said.at(Kind::countersign).en, HasSubstr("accepted by the superior body"));
}

TEST(Decisions, OfPeopleAndMachines) {
  Thread t;
  t.begin();
  const auto put = [&](Kind kind, Bytes body) {
    t.append(t.by_supervisors(kind, std::move(body)));
    return last(t).zh;
  };
  EXPECT_EQ(put(Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{1}, "突发疾病"}.encode()),
            "第 1 位密钥保管人缺席；理由：突发疾病");
  const auto fresh = primitives::SigningKey::random().verify_key();
  EXPECT_EQ(put(Kind::enrolment, election::EnrolmentBody{KioskId{"K9"}, BoxId{"main"}, fresh, "替换 K1"}.encode()),
            "登记投票机 K9（票箱 main）；理由：替换 K1");
  EXPECT_EQ(put(Kind::small_group, t.reason_body(kElection, "支部只有六人")),
            "“" + t.scheme.stages[2].title.zh + "”人数较少，决定仍然开票；理由：支部只有六人");
  EXPECT_EQ(put(Kind::stage_voided, t.reason_body(kElection)),
            "“" + t.scheme.stages[2].title.zh + "”作废；理由：选票领发账目不清");
  const election::KeyReplacedBody replaced{election::Role::auditor, t.auditor.verify_key(), fresh, "遗失"};
  EXPECT_EQ(put(Kind::key_replaced, replaced.encode()), "更换审核人的密钥；理由：遗失");
}

TEST(Decisions, NothingIsSaidOfWhatCannotBeRead) {
  Thread t;
  t.begin();
  Bytes entry = t.by_supervisors(Kind::trustee_lost, election::TrusteeLostBody{TrusteeIndex{1}, "突发疾病"}.encode());
  EXPECT_TRUE(election::decision_in_words(entry, t.fold.state(), t.objects));
  EXPECT_FALSE(election::decision_in_words(entry, election::State{}, t.objects));
  entry.pop_back();
  EXPECT_FALSE(election::decision_in_words(entry, t.fold.state(), t.objects));
  EXPECT_FALSE(election::decision_in_words({}, t.fold.state(), t.objects));
  const Bytes unknown = t.by_supervisors(
      Kind::stage_added, election::StageAddedBody{election::ObjectRef::of(as_bytes("not on the log"))}.encode());
  EXPECT_FALSE(election::decision_in_words(unknown, t.fold.state(), t.objects));
}

}  // namespace
}  // namespace tuixuan
