// Papers counted by hand: what follows from the few × and blanks is what one by one would have given; numbers that no
// papers could give are refused.
#include <gmock/gmock.h>

#include <random>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/documents.h"
#include "tests/support/seed.h"
#include "tests/tally/paper_kit.h"

namespace tuixuan::paper {
namespace {

using tally::Mark;

const std::string kHead = "票箱,内容,姓名,张数,不赞成,弃权,作废格,赞成\n";
const std::string kEmptySecond =
    "b2,收回,,0,,,,\nb2,空白,,0,,,,\nb2,候选人,甲,,0,0,,\nb2,候选人,乙,,0,0,,\nb2,候选人,丙（教师）,,0,0,,\n";

Result<std::vector<Pile>> piles_of(const tally::Scheme& s, std::string text) {
  Table csv(text_source(std::move(text)));
  return read_piles(s, s.stages[0], csv);
}

TEST(Piles, approvals_follow_from_the_exceptions) {
  const auto piles = piles_of(small_scheme(), kHead +
                                                  "一号票箱,收回,,44,,,,\nb1,无效,所选人数多于应选名额,1,,,,\n"
                                                  "b1,无效,污损,1,,,,\nb1,空白,,2,,,,\nb1,候选人,甲,,5,3,,34\n"
                                                  "b1,候选人,乙,,10,2,1,\nb1,候选人,丙（教师）,,40,2,0,0\n"
                                                  "b1,另选,丁,7,,,,\nb1,未画符号,,2,,,,\n");
  ASSERT_TRUE(piles) << piles.error().text();
  ASSERT_EQ(piles->size(), 1U);
  const Pile& p = (*piles)[0];
  EXPECT_EQ(p.totals.ballots, 44U);
  EXPECT_EQ(p.totals.invalid, (std::map<std::string, std::uint64_t>{{"ballot.overvote", 1}, {"污损", 1}}));
  EXPECT_EQ(p.totals.persons[0].approve, 34U);
  EXPECT_EQ(p.totals.persons[1].approve, 29U);
  EXPECT_EQ(p.totals.persons[2].approve, 0U);
  EXPECT_EQ(p.totals.persons[3].approve, 7U);
  EXPECT_EQ(p.unmarked, 2U);
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = kHead +
                     "b1,收回,,44,,,,\nb1,无效,污损,2,,,,\nb1,空白,,2,,,,\nb1,候选人,甲,,5,3,,34\n"
                     "b1,候选人,乙,,10,2,,\nb1,候选人,丙（教师）,,30,2,,\nb1,另选,丁,3,,,,\n";
  const auto at = text.find(from);
  if (at == std::string::npos) ADD_FAILURE() << from;
  return text.replace(at, from.size(), to);
}

TEST(Piles, refusals_say_where_and_by_which_numbers) {
  struct Bad {
    std::string from, to, check, part;
  };
  const std::vector<Bad> all{
      {",34", ",33", "paper.balance", "row 5: 甲: 42 valid papers less 5 ×, 3 blank are 34 approvals, the tally sheet"},
      {"甲,,5,3,,34", "甲,,40,3,,", "paper.balance", "less than nothing"},
      {"甲,,5,3,,34", "甲,,5,1,,", "paper.balance", "fewer than the 2 papers that are blank"},
      {"收回,,44", "收回,,3", "paper.balance", "3 returned are fewer"},
      {"乙,,10,2", "乙,,0,2", "paper.balance", "more than 42 valid papers with 2 names each"},
      {"丁,3", "丁,81", "paper.balance", "more votes than valid"},
      {"丁,3", "丁,0", "paper.number", "row 8"},
      {"丁,3", "甲,3", "paper.twice", "on the ballot"},
      {"b1,空白,,2,,,,\n", "", "paper.missing", "空白"},
      {"b1,候选人,乙,,10,2,,\n", "", "paper.missing", "乙"},
      {"b1,候选人,乙", "b1,候选人,甲", "paper.twice", "row 6"},
      {"b1,候选人,乙", "b1,候选人,戊", "paper.column", "row 6, column C"},
      {"b1,候选人,乙,,10", "b1,候选人,乙,,x", "paper.number", "row 6, column E"},
      {"b1,候选人,乙,,10", "b1,候选人,乙,,-1", "paper.number", "row 6, column E"},
      {"b1,收回", "b9,收回", "paper.box", "row 2, column A"},
      {"b1,收回", "b1,回收", "paper.row", "row 2, column B"},
      {"无效,污损", "无效,", "paper.row", "row 3, column C"},
      {"b1,空白,,2,,,,", "b1,空白,,2,1,,,", "paper.row", "row 4, column E"},
      {"弃权,", "弃权票,", "paper.column", "row 1, column F"},
      {"弃权,", "不赞成,", "paper.column", "says the same as column E"},
      {"票箱,", "", "paper.column", "票箱"}};
  for (const Bad& bad : all) {
    const auto piles = piles_of(small_scheme(), with(bad.from, bad.to));
    ASSERT_FALSE(piles) << bad.from << " -> " << bad.to;
    EXPECT_EQ(name_of(piles.error().check), bad.check) << piles.error().what;
    EXPECT_NE(piles.error().what.find(bad.part), std::string::npos) << piles.error().what;
  }
  tally::Scheme under = small_scheme(tally::WriteInRule::under_opposed);
  const auto piles = piles_of(under, with("丁,3", "丁,42"));  // not more than the valid papers, nor than there are ×
  ASSERT_FALSE(piles);
  EXPECT_EQ(piles.error().check, code::paper::balance);
  EXPECT_FALSE(piles_of(small_scheme(tally::WriteInRule::none), with("丁,3", "丁,3")));
}

// Any papers, counted one by one and as exceptions of their boxes, come to one report.
TEST(Piles, agree_with_the_papers_one_by_one) {
  const tally::Scheme s = small_scheme();
  std::mt19937 random(static_cast<unsigned>(kit::seed_or(7)));
  for (int round = 0; round < 200; ++round) {
    PaperCount one_by_one(s, s.stages[0], nullptr, {});
    std::string table = kHead;
    for (int box = 0; box < 2; ++box) {
      std::uint64_t papers = random() % 9;
      std::uint64_t blank = 0, over = 0, oppose[3]{}, abstain[3]{}, unreadable[3]{}, written = 0;
      for (std::uint64_t i = 0; i < papers; ++i) {
        PaperBallot b;
        b.box = static_cast<std::size_t>(box);
        b.unmarked = {0};
        b.selections = {tally::blank(s.contests[0])};
        tally::Selection& selection = b.selections[0];
        for (Mark& m : selection.marks)
          m = std::array{Mark::abstain, Mark::approve, Mark::oppose, Mark::unreadable}[random() % 4];
        if (random() % 3 == 0) selection.write_ins = {{"丁", 0}};
        ASSERT_TRUE(one_by_one.add(b));
        if (tally::chosen(selection) > 2) {
          ++over;
          continue;
        }
        blank += tally::is_blank(selection) ? 1 : 0;
        written += selection.write_ins.size();
        for (std::size_t k = 0; k < 3; ++k) {
          oppose[k] += selection.marks[k] == Mark::oppose ? 1 : 0;
          abstain[k] += selection.marks[k] == Mark::abstain ? 1 : 0;
          unreadable[k] += selection.marks[k] == Mark::unreadable ? 1 : 0;
        }
      }
      const std::string name = box == 0 ? "b1" : "b2";
      table +=
          name + ",收回,," + std::to_string(papers) + ",,,,\n" + name + ",空白,," + std::to_string(blank) + ",,,,\n";
      if (over > 0) table += name + ",无效,所选人数多于应选名额," + std::to_string(over) + ",,,,\n";
      if (written > 0) table += name + ",另选,丁," + std::to_string(written) + ",,,,\n";
      for (std::size_t k = 0; k < 3; ++k)
        table += name + ",候选人," + std::array{"甲", "乙", "丙（教师）"}[k] + ",," + std::to_string(oppose[k]) + "," +
                 std::to_string(abstain[k]) + "," + std::to_string(unreadable[k]) + ",\n";
    }
    const auto piles = piles_of(s, table);
    ASSERT_TRUE(piles) << piles.error().what << "\n" << table;
    PaperCount by_hand(s, s.stages[0], nullptr, {});
    for (const Pile& pile : *piles) ASSERT_TRUE(by_hand.add(pile));
    ASSERT_EQ(by_hand.report(), one_by_one.report()) << table;
    ASSERT_EQ(by_hand.box_results(1), one_by_one.box_results(1));
  }
}

TEST(Piles, a_name_that_nobody_may_write_is_refused) {
  tally::Scheme s = small_scheme();
  s.contests[0].write_ins.eligible = {{"戊", ""}};
  PaperCount count(s, s.stages[0], nullptr, {});
  const auto piles = piles_of(s, with("丁,3", "丁,3"));
  ASSERT_TRUE(piles);
  EXPECT_EQ(count.add((*piles)[0]).error().check, code::paper::write_in);
}

TEST(Piles, told_apart_from_a_row_for_each_paper) {
  Table piles(text_source(kHead + kEmptySecond));
  EXPECT_EQ(is_pile_table(piles), true);
  Table papers(text_source("票箱,甲,乙,丙（教师）\n"));
  EXPECT_EQ(is_pile_table(papers), false);
}

}  // namespace
}  // namespace tuixuan::paper
