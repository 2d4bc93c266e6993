// A congress on paper over its rounds: offices that exclude each other while one of them is open, seats cut, decisions
// that their rules do not allow, rounds that do not follow.
#include <gtest/gtest.h>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/organiser.h"
#include "crypto/codes/reasons.h"
#include "tally/paper/paper_count.h"
#include "tally/paper/rounds.h"

namespace tuixuan::paper {
namespace {

using tally::Contest;

Contest office(const char* id, std::vector<tally::Candidate> candidates) {
  Contest c;
  c.id = ContestId{id};
  c.title = {id, ""};
  c.candidates = std::move(candidates);
  c.max_choices = 2;
  return c;
}

// 40 expected; 王一 and 赵三 are tied as secretary, and 王一 has the majority as deputy.
tally::Scheme two_offices() {
  tally::Scheme s;
  s.congress.id = std::string("c");
  s.boxes = {{BoxId{"b"}, {"票箱", ""}, {}, {}}};
  Contest secretary = office("secretary", {{"王一", ""}, {"赵三", ""}});
  secretary.excludes = {ContestId{"deputy"}};
  Contest deputy = office("deputy", {{"李四", ""}, {"王一", ""}});
  deputy.shortage = tally::ShortageRule::renominate;
  s.contests = {secretary, deputy};
  tally::Stage stage;
  stage.id = StageId{"vote"};
  stage.boxes = {BoxId{"b"}};
  stage.contests = {secretary.id, deputy.id};
  s.stages = {stage};
  return s;
}

tally::Attendance meeting(const StageId& stage) {
  tally::Attendance a;
  a.stage = stage;
  a.registered = a.with_vote = a.expected = a.present = 40;
  a.boxes = {{BoxId{"b"}, 40, 40, 40, 0, 0, 40, 40, 0}};
  return a;
}

scheme::Report counted(const PaperCongress& congress, const StageId& id, const std::string& table) {
  const tally::Scheme& s = congress.scheme();
  const tally::Attendance a = meeting(id);
  for (const tally::Stage& stage : s.stages) {
    if (stage.id != id) continue;
    PaperCount count(s, stage, &a, {});
    Table csv(text_source(table));
    const auto done = read_ballots(s, stage, csv, [&](const PaperBallot& b) { return count.add(b); });
    EXPECT_TRUE(done) << done.error().text();
    EXPECT_TRUE(count.imbalances().empty());
    return count.report(congress.settled(id));
  }
  ADD_FAILURE() << "no stage " << id.name;
  return {};
}

const char* const kFirst =
    "secretary/王一,secretary/赵三,deputy/李四,deputy/王一,张数\n○,○,,○,22\n○,,○,,3\n,○,○,,3\n,,○,,12\n";

std::vector<std::string> codes(const PaperCongress& c) {
  std::vector<std::string> out;
  for (const PaperMatter& m : c.open()) out.push_back(m.contest.name + " " + std::string(name_of(m.code)));
  return out;
}
std::vector<std::string> names(const scheme::Office& office) {
  std::vector<std::string> out;
  for (const scheme::Elected& e : office.elected) out.push_back(e.name);
  return out;
}

PaperCongress after_run_off(const std::string& table) {
  PaperCongress c(two_offices(), {});
  EXPECT_TRUE(c.add_report(counted(c, StageId{"vote"}, kFirst)));
  EXPECT_EQ(codes(c), (std::vector<std::string>{"secretary run_off", "deputy office"}));
  const auto round = c.draft(ContestId{"secretary"}, {}, "again");
  EXPECT_TRUE(round) << round.error().text();
  EXPECT_TRUE(c.add_round(*round));
  EXPECT_EQ(codes(c), (std::vector<std::string>{"again count", "deputy office"}));
  EXPECT_TRUE(c.add_report(counted(c, StageId{"again"}, table)));
  return c;
}

// Who loses the run-off keeps the seat that waited.
TEST(PaperRounds, ASeatWaitsForTheOfficeThatExcludesIt) {
  const PaperCongress c = after_run_off("王一,赵三,张数\n○,,18\n,○,22\n");
  EXPECT_TRUE(c.open().empty());
  EXPECT_EQ(names(c.outcome().offices[0]), (std::vector<std::string>{"赵三"}));
  EXPECT_EQ(names(c.outcome().offices[1]), (std::vector<std::string>{"王一"}));
}

// Who wins it does not: the stage is counted again with the report of the run-off, and nominations follow.
TEST(PaperRounds, ASeatIsLostToTheOfficeThatExcludesIt) {
  const PaperCongress c = after_run_off("王一,赵三,张数\n○,,22\n,○,18\n");
  EXPECT_EQ(codes(c), (std::vector<std::string>{"deputy recount"}));
  const scheme::Report again = counted(c, StageId{"vote"}, kFirst);
  EXPECT_EQ(again.contests[1].persons[1].reason.code, code::reason::exclusive_office);
  EXPECT_EQ(again.contests[1].vacant, 1U);
  ASSERT_EQ(again.contests[1].next.size(), 1U);
  EXPECT_EQ(again.contests[1].next[0].kind, tally::NextKind::renominate);
}

TEST(PaperRounds, NothingIsHeldThatDoesNotFollow) {
  PaperCongress c(two_offices(), {});
  ASSERT_TRUE(c.add_report(counted(c, StageId{"vote"}, kFirst)));
  EXPECT_EQ(c.draft(ContestId{"deputy"}, {}, "x").error().check, code::round::none);
  EXPECT_EQ(c.draft(ContestId{"secretary"}, {{"周六", ""}}, "x").error().check, code::round::nominated);
  const auto round = c.draft(ContestId{"secretary"}, {}, "again");
  ASSERT_TRUE(round);
  scheme::AddedStage other = *round;
  other.contests[0].candidates.push_back({"周六", ""});
  EXPECT_EQ(c.add_round(other).error().check, code::round::follows) << "another name";
  other = *round;
  other.contests[0].seats = other.contests[0].max_choices = 2;
  EXPECT_EQ(c.add_round(other).error().check, code::round::follows) << "another number of seats";
  other = *round;
  other.stage.id = StageId{"vote"};
  EXPECT_EQ(c.add_round(other).error().check, code::round::stage);
  EXPECT_TRUE(c.add_round(*round));
  other = *round;
  other.stage.id = StageId{"third"};
  other.contests[0].id = ContestId{"third"};
  other.stage.contests = {ContestId{"third"}};
  EXPECT_EQ(c.add_round(other).error().check, code::round::follows) << "held already";
  EXPECT_EQ(c.add_report(counted(c, StageId{"vote"}, kFirst)).error().check, code::round::report) << "a second report";
}

std::vector<PaperDecision> decisions_of(const std::string& rows) {
  Table csv(text_source("项目,决定,内容,票数,依据,签署人\n" + rows));
  const auto out = read_decisions(csv);
  EXPECT_TRUE(out) << out.error().text();
  return out.value_or(std::vector<PaperDecision>{});
}

TEST(PaperRounds, DecisionsThatTheirRulesDoNotAllow) {
  for (const char* row : {"secretary,减少名额,1,30,,甲、乙\n",        // no seat is empty
                          "secretary,上级决定,王一,,文号,甲、乙\n",   // the scheme asks for a run-off first
                          "secretary,退出,周六,,,甲、乙\n",           // no candidate
                          "nobody,重新投票,,,,甲、乙\n",              // no such contest
                          "secretary,确认基数,实到,30,,甲、乙\n"}) {  // the scheme has one base
    PaperCongress c(two_offices(), decisions_of(row));
    ASSERT_TRUE(c.add_report(counted(c, StageId{"vote"}, kFirst)));
    const auto done = c.check_decisions();
    ASSERT_FALSE(done) << row;
    EXPECT_EQ(done.error().check, code::decision::form) << row;
  }
  for (const char* bad :
       {"secretary,同意,1,,,甲、乙\n", "secretary,减少名额,一,,,甲、乙\n", "secretary,减少名额,1,,,甲\n",
        "secretary,重新投票,是,,,甲、乙\n", "secretary,退出,,,,甲、乙\n", "secretary,退出,王一,,,甲、甲\n"}) {
    Table csv(text_source(std::string("项目,决定,内容,票数,依据,签署人\n") + bad));
    const auto out = read_decisions(csv);
    ASSERT_FALSE(out) << bad;
    EXPECT_EQ(out.error().check, code::decision::form);
    EXPECT_NE(out.error().what.find("row 2"), std::string::npos) << out.error().what;
  }
}

// E-4: a base that the meeting confirms is the one that counts, and the report must be counted by it.
TEST(PaperRounds, AConfirmedBaseCountsWhenTheStageIsCountedAgain) {
  tally::Scheme s = two_offices();
  for (Contest& c : s.contests) c.alternative = tally::Base::voters;
  PaperCongress before(s, {});
  const scheme::Report old = counted(before, StageId{"vote"}, kFirst);
  PaperCongress after(s, decisions_of("secretary,确认基数,投票,30,记录,甲、乙\ndeputy,确认基数,投票,30,记录,甲、乙\n"));
  const scheme::Report fresh = counted(after, StageId{"vote"}, kFirst);
  EXPECT_EQ(after.scheme().contests[0].majority.base, tally::Base::voters);
  EXPECT_FALSE(after.scheme().contests[0].alternative);
  EXPECT_TRUE(after.add_report(fresh));
  EXPECT_TRUE(after.check_decisions());
  EXPECT_TRUE(before.add_report(old));
}

TEST(PaperRounds, WhoWithdrewIsNotOnTheRepeatedPaper) {
  PaperCongress c(two_offices(), decisions_of("secretary,退出,赵三,,本人说明,甲、乙\n"));
  ASSERT_TRUE(c.add_report(counted(c, StageId{"vote"}, kFirst)));
  const auto round = c.draft(ContestId{"secretary"}, {}, "again");
  ASSERT_TRUE(round) << round.error().text();
  EXPECT_EQ(round->contests[0].follows->kind, tally::FollowKind::repeat);
  ASSERT_EQ(round->contests[0].candidates.size(), 1U);
  EXPECT_EQ(round->contests[0].candidates[0].name, "王一");
  EXPECT_TRUE(c.add_round(*round));
}

}  // namespace
}  // namespace tuixuan::paper
