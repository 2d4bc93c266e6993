// Two typists: what they typed differently is told by paper and column, what is only written differently is not.
#include "tally/paper/compare.h"

#include <gmock/gmock.h>

#include "crypto/codes/documents.h"
#include "tests/tally/paper_kit.h"

namespace tuixuan::paper {
namespace {

using testing::HasSubstr;

Result<Comparison> compared(const std::string& a, const std::string& b) {
  const tally::Scheme s = small_scheme();
  const auto typed = [](const std::string& name, const std::string& text) {
    return Typed{name, [text]() -> Result<Table> { return Table(text_source(text)); }};
  };
  return compare_tables(s, s.stages[0], typed("A.csv", a), typed("B.csv", b), LastRow::ask);
}

const std::string kHead = "票箱,甲,乙,丙（教师）,另选1,另选2,张数,整票无效\n";

TEST(Compare, the_same_papers_written_differently_are_the_same) {
  const auto same = compared(kHead + "b1,○,×,,丁○,,2,\nb2,,,,,,,污损\n",
                             "\xEF\xBB\xBF票箱;乙;甲;丙(教师);整票无效;另选1\n一号票箱;不赞成;赞成;;;丁○\n一号票箱;×;○;"
                             ";否;丁○\nb2;;;;污损;\n");
  ASSERT_TRUE(same) << same.error().text();
  EXPECT_EQ(same->all, 0U) << to_text(*same, "A", "B");
  EXPECT_EQ(same->papers, 3U);
}

TEST(Compare, every_difference_by_paper_and_column) {
  const auto found = compared(kHead + "b1,○,×,,丁○,,,\nb1,○,,,,,2,\nb2,○,,,,,,\n",
                              kHead + "b1,○,○,,丁一○,,,\nb1,○,,,,,,\nb1,×,,,,,,污损\nb2,○,,,,,,\nb2,,,,,,,\n");
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->all, 5U);
  const std::string text = to_text(*found, "A.csv", "B.csv");
  EXPECT_THAT(text, HasSubstr("一号票箱 第 1 张，候选人 乙：A.csv 第 2 行：×；B.csv 第 2 行：○\n"));
  EXPECT_THAT(text, HasSubstr("一号票箱 第 1 张，另选他人1：A.csv 第 2 行：丁○；B.csv 第 2 行：丁一○\n"));
  EXPECT_THAT(text, HasSubstr("一号票箱 第 3 张，候选人 甲：A.csv 第 3 行：○；B.csv 第 4 行：×\n"));
  EXPECT_THAT(text, HasSubstr("一号票箱 第 3 张，整票无效的原因：A.csv 第 3 行：（空）；B.csv 第 4 行：污损\n"));
  EXPECT_THAT(text, HasSubstr("二号票箱 张数：A.csv：1；B.csv：2\n"));
}

TEST(Compare, by_number_where_the_papers_have_one) {
  const std::string head = "序号,票箱,甲,乙,丙（教师）\n";
  const auto found = compared(head + "1,b1,○,,\n2,b1,×,,\n3,b1,,○,\n", head + "3,b1,,○,\n1,b1,○,,\n4,b1,,,\n");
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->all, 2U);
  const std::string text = to_text(*found, "A", "B");
  EXPECT_THAT(text, HasSubstr("一号票箱 第 2 张，整张：A 第 3 行：有；B：没有录入"));
  EXPECT_THAT(text, HasSubstr("一号票箱 第 4 张，整张：A：没有录入；B 第 4 行：有"));
}

TEST(Compare, piles) {
  const std::string head = "票箱,内容,姓名,张数,不赞成,弃权\n";
  const std::string rest =
      "b2,收回,,0,,\nb2,空白,,0,,\nb2,候选人,甲,,0,0\nb2,候选人,乙,,0,0\nb2,候选人,丙（教师）,,0,0\n";
  const auto pile = [&](const std::string& oppose) {
    return head + "b1,收回,,40,,\nb1,空白,,0,,\nb1,候选人,甲,," + oppose +
           ",0\nb1,候选人,乙,,40,0\nb1,候选人,丙（教师）,,40,0\n" + rest;
  };
  EXPECT_EQ(compared(pile("5"), pile("5"))->all, 0U);
  const auto found = compared(pile("5"), pile("6"));
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found->all, 2U);
  EXPECT_THAT(to_text(*found, "A", "B"), HasSubstr("一号票箱 甲 不赞成：A：5；B：6"));
  EXPECT_THAT(to_text(*found, "A", "B"), HasSubstr("一号票箱 甲 赞成：A：35；B：34"));
}

TEST(Compare, refusals_name_the_table) {
  const auto kind = compared(kHead, "票箱,内容,姓名,张数,不赞成,弃权\n");
  ASSERT_FALSE(kind);
  EXPECT_EQ(kind.error().check, code::compare::kind);
  const auto bad = compared(kHead + "b1,○,,,,,,\n", kHead + "b1,四,,,,,,\n");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().check, code::paper::mark);
  EXPECT_THAT(bad.error().what, HasSubstr("B.csv: 第 2 行 B 列"));
}

}  // namespace
}  // namespace tuixuan::paper
