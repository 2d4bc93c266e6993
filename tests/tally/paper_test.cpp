#include <gtest/gtest.h>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/documents.h"
#include "crypto/codes/reasons.h"
#include "tests/tally/paper_kit.h"

namespace tuixuan::paper {
namespace {

using tally::Mark;
// --- ballots ---------------------------------------------------------------------------------------------------------

Result<std::vector<PaperBallot>> ballots_of(const tally::Scheme& s, std::string text) {
  Table csv(text_source(std::move(text)));
  std::vector<PaperBallot> out;
  TUIXUAN_CHECK(read_ballots(s, s.stages[0], csv, [&](const PaperBallot& b) -> Result<void> {
    out.push_back(b);
    return {};
  }));
  return out;
}

const std::string kHead = "票箱,甲,乙,丙（教师）,另选1,另选2,张数,整票无效\n";

TEST(PaperBallots, signs_words_and_names_written_in) {
  const auto b = ballots_of(small_scheme(), kHead + "b1,○,×,,丁○,戊,3,\n二号票箱,赞成,不赞成,?,,,,污损\n");
  ASSERT_TRUE(b) << b.error().text();
  ASSERT_EQ(b->size(), 2U);
  EXPECT_EQ((*b)[0].selections[0].marks, (std::vector{Mark::approve, Mark::oppose, Mark::abstain}));
  EXPECT_EQ((*b)[0].selections[0].write_ins, (std::vector<tally::WriteIn>{{"丁", 0}}));
  EXPECT_EQ((*b)[0].copies, 3U);
  EXPECT_EQ((*b)[0].unmarked, (std::vector<std::uint64_t>{1}));
  EXPECT_EQ((*b)[1].box, 1U);
  EXPECT_EQ((*b)[1].copies, 1U);
  EXPECT_EQ((*b)[1].invalid, "污损");
  EXPECT_EQ((*b)[1].selections[0].marks[2], Mark::unreadable);
}

TEST(PaperBallots, a_name_in_the_place_of_an_opposed_candidate) {
  const auto b =
      ballots_of(small_scheme(tally::WriteInRule::under_opposed), "票箱,甲,乙,丙（教师）,另选@乙\nb1,○,×,,丁○\n");
  ASSERT_TRUE(b) << b.error().text();
  EXPECT_EQ((*b)[0].selections[0].write_ins, (std::vector<tally::WriteIn>{{"丁", 2}}));
}

TEST(PaperBallots, refusals_say_where_what_and_what_may_stand_there) {
  struct Bad {
    std::string text, check, part;
  };
  const std::vector<Bad> all{
      {"", "paper.row", "empty"},
      {"票箱,甲,乙\n", "paper.column", "丙（教师）"},
      {"票箱,甲,乙,丙（教师）,丁\n", "paper.column", "row 1, column E"},
      {"票箱,甲,乙,丙（教师）,甲\n", "paper.column", "is listed twice"},
      {"票箱,甲,乙,丙（教师）,另选3\n", "paper.column", "2 places"},
      {"甲,乙,丙（教师）\n", "paper.box", "several boxes"},
      {kHead + "b1,○,√,,,,,\n", "paper.mark", "row 2, column C: \"√\" is no sign of this ballot; allowed: ○ ×"},
      {kHead + "b1,○,缓议,,,,,\n", "paper.mark", "row 2, column C"},
      {kHead + "b3,○,,,,,,\n", "paper.box", "\"b3\""},
      {kHead + ",○,,,,,,\n", "paper.box", "row 2, column A"},
      {kHead + "b1,○,,,,,0,\n", "paper.copies", "row 2, column G"},
      {kHead + "b1,○,,,,,1000001,\n", "paper.copies", "row 2, column G"},
      {kHead + "b1,○,,,○,,1,\n", "paper.write_in", "row 2, column E"},
      {kHead + "b1,○\n", "table.row", "2 cells where the heading has 8"}};
  for (const Bad& bad : all) {
    const auto b = ballots_of(small_scheme(), bad.text);
    ASSERT_FALSE(b) << bad.text;
    EXPECT_EQ(name_of(b.error().check), bad.check) << b.error().what;
    EXPECT_NE(b.error().what.find(bad.part), std::string::npos) << b.error().what;
  }
}

// --- the count -------------------------------------------------------------------------------------------------------

TEST(PaperCount, boxes_and_the_whole_and_papers_that_do_not_balance) {
  const tally::Scheme s = small_scheme();
  tally::Attendance a;
  a.stage = s.stages[0].id;
  a.registered = a.with_vote = a.expected = a.present = 10;
  a.boxes = {{BoxId{"b1"}, 6, 6, 6, 0, 0, 6, 6}, {BoxId{"b2"}, 4, 4, 4, 0, 0, 4, 4}};
  PaperCount count(s, s.stages[0], &a, {{"丁一", "丁"}});
  const auto add = [&](const std::string& rows) {
    Table csv(text_source(kHead + rows));
    const auto done = read_ballots(s, s.stages[0], csv, [&](const PaperBallot& b) { return count.add(b); });
    ASSERT_TRUE(done) << done.error().text();
  };
  add("b1,○,×,,丁○,,5,\nb2,○,○,○,,,1,\nb2,○,,,丁一○,,2,\nb2,,,,,,1,污损\n");
  ASSERT_EQ(count.imbalances().size(), 1U);
  EXPECT_EQ(name_of(count.imbalances()[0].code), "box.counted");
  EXPECT_EQ(count.imbalances()[0].box, BoxId{"b1"});
  EXPECT_NE(count.imbalances()[0].what.en.find("6 returned, 5 in the table"), std::string::npos);
  add("b1,,○,,,,1,\n");
  EXPECT_TRUE(count.imbalances().empty());

  const tally::ContestResult whole = count.report().contests[0];
  EXPECT_EQ(whole.ballots, 10U);
  EXPECT_EQ(whole.valid, 8U);
  EXPECT_EQ(whole.invalid_reasons, (std::map<std::string, std::uint64_t>{{"ballot.overvote", 1}, {"污损", 1}}));
  ASSERT_EQ(whole.persons.size(), 4U);
  EXPECT_EQ(whole.persons[0].approve, 7U);
  EXPECT_EQ(whole.persons[0].outcome, tally::Outcome::elected);
  EXPECT_EQ(whole.persons[1].oppose, 5U);
  EXPECT_EQ(whole.persons[3].name, "丁");
  EXPECT_EQ(whole.persons[3].approve, 7U);
  EXPECT_EQ(count.box_results(0)[0].persons[0].approve + count.box_results(1)[0].persons[0].approve, 7U);
  ASSERT_EQ(count.invalid().size(), 2U);
  EXPECT_EQ(count.invalid()[0].number, 1U);
  EXPECT_EQ(count.invalid()[1].number, 4U);
  EXPECT_FALSE(needs_no_attendance(s, s.stages[0]));
}

TEST(PaperCount, a_row_of_many_papers_is_those_papers_one_by_one) {
  const tally::Scheme s = small_scheme();
  PaperCount together(s, s.stages[0], nullptr, {});
  PaperCount apart(s, s.stages[0], nullptr, {});
  PaperBallot b;
  for (unsigned k = 0; k < 125; ++k) {
    tally::Selection selection = tally::blank(s.contests[0]);
    for (unsigned i = 0, rest = k; i < 3; ++i, rest /= 5)
      selection.marks[i] = static_cast<Mark>(rest % 5 == 3 ? 4 : rest % 5);
    if (k % 3 == 0) selection.write_ins = {{"丁", 0}};
    b.selections = {selection};
    b.unmarked = {k % 5 == 0 ? 1U : 0U};
    b.box = k % 2;
    b.copies = k % 4 + 1;
    ASSERT_TRUE(together.add(b));
    const std::uint64_t copies = b.copies;
    b.copies = 1;
    for (std::uint64_t n = 0; n < copies; ++n) ASSERT_TRUE(apart.add(b));
  }
  EXPECT_EQ(together.report(), apart.report());
}

TEST(PaperCount, names_without_the_sign_are_told_apart_by_the_rule) {
  for (const auto& [rule, check] : {std::pair{tally::Unmarked::not_counted, "ballot.write_in_unmarked"},
                                    std::pair{tally::Unmarked::abstain, "ballot.write_in_abstained"}}) {
    tally::Scheme s = small_scheme();
    s.contests[0].write_ins.unmarked = rule;
    PaperCount count(s, s.stages[0], nullptr, {});
    Table csv(text_source(kHead + "b1,○,,,丁,戊○,3,\nb2,○,○,○,己,,1,\n"));
    ASSERT_TRUE(read_ballots(s, s.stages[0], csv, [&](const PaperBallot& b) { return count.add(b); }));
    const tally::ContestResult r = count.report().contests[0];
    EXPECT_EQ(r.write_ins_not_counted, (std::map<std::string, std::uint64_t>{{check, 3}}));  // not of the invalid one
    ASSERT_EQ(r.persons.size(), 4U);
    EXPECT_EQ(r.persons[3].name, "戊");
  }
}

TEST(PaperCount, too_many_different_reasons_are_refused_where_they_stand) {
  const tally::Scheme s = small_scheme();
  PaperCount count(s, s.stages[0], nullptr, {});
  std::string text = kHead;
  for (int i = 0; i <= 1000; ++i) text += "b1,,,,,,,无效：原因" + std::to_string(i) + "\n";
  Table csv(text_source(text));
  const auto done = read_ballots(s, s.stages[0], csv, [&](const PaperBallot& b) { return count.add(b); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().check, code::paper::reasons);
  EXPECT_NE(done.error().what.find("row 1002"), std::string::npos) << done.error().what;
}

// Whoever is elected to the higher office takes no seat below, though the votes count there too (10, one sheet).
TEST(PaperCount, votes_for_a_higher_office_count_below_but_fill_no_seat_twice) {
  tally::Scheme s = small_scheme();
  tally::Contest chair = s.contests[0];
  chair.id = ContestId{"chair"};
  chair.seats = chair.max_choices = 1;
  chair.candidates = {{"甲", ""}, {"丁", ""}};
  chair.cascade = {s.contests[0].id};
  chair.majority.base = s.contests[0].majority.base = tally::Base::returned;
  s.contests.insert(s.contests.begin(), chair);
  s.stages[0].contests = {chair.id, s.contests[1].id};
  PaperCount count(s, s.stages[0], nullptr, {{"丙", "丙（教师）"}});
  Table csv(
      text_source("票箱,chair/甲,chair/丁,chair/另选1,committee/甲,committee/乙,committee/丙（教师）,张数\n"
                  "b1,○,,,,○,,6\nb2,,○,,,○,○,3\nb2,,,丙○,,,○,1\n"));
  ASSERT_TRUE(read_ballots(s, s.stages[0], csv, [&](const PaperBallot& b) { return count.add(b); }));
  const scheme::Report r = count.report();
  ASSERT_EQ(r.contests[0].persons[0].outcome, tally::Outcome::elected);
  const tally::ContestResult& committee = r.contests[1];
  EXPECT_EQ(committee.persons[0].approve, 6U);
  EXPECT_EQ(committee.persons[0].reason.code, code::reason::higher_office);
  EXPECT_EQ(committee.persons[1].outcome, tally::Outcome::elected);
  EXPECT_EQ(committee.persons[2].approve, 4U)
      << "the name written above is the candidate here, marked on that paper too";
  EXPECT_EQ(committee.persons[2].cascaded, 0U);
  EXPECT_EQ(committee.vacant, 1U);
  for (const tally::NextStep& step : committee.next)
    EXPECT_EQ(std::count(step.names.begin(), step.names.end(), "甲"), 0);
}

TEST(PaperCount, points_as_decided) {
  const auto read = [](std::string text) {
    Table csv(text_source(std::move(text)));
    return read_points(csv);
  };
  EXPECT_EQ(read("姓名,分数\n甲,90\n丙（教师）,0\n"), (std::vector<tally::Points>{{"甲", 90}, {"丙（教师）", 0}}));
  for (const char* bad :
       {"", "姓名,分\n", "姓名,分数\n甲,101\n", "姓名,分数\n甲,-1\n", "姓名,分数\n甲\n", "姓名,分数\n,1\n"}) {
    const auto r = read(bad);
    ASSERT_FALSE(r) << bad;
    EXPECT_TRUE(r.error().check == code::paper::points || r.error().check == code::table::row) << r.error().text();
  }
}

TEST(PaperCount, spellings) {
  const auto read = [](std::string text) {
    Table csv(text_source(std::move(text)));
    return read_spellings(csv);
  };
  EXPECT_EQ(read("写法,姓名\n丁一,丁\n"), (Spellings{{"丁一", "丁"}}));
  for (const char* bad : {"", "a,b\n", "写法,姓名\n丁,丁\n", "写法,姓名\n丁\n", "写法,姓名\n丁一,丁\n丁一,戊\n"}) {
    const auto r = read(bad);
    ASSERT_FALSE(r) << bad;
    EXPECT_TRUE(r.error().check == code::paper::spelling || r.error().check == code::table::row) << r.error().text();
  }
}

}  // namespace
}  // namespace tuixuan::paper
