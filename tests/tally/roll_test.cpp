// From a roll to the numbers of the meeting: rights, exclusions, who came; what is refused, and where.
#include "tally/paper/roll.h"

#include <gmock/gmock.h>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/documents.h"
#include "tests/tally/paper_kit.h"

namespace tuixuan::paper {
namespace {

Result<Roll> roll_of(const std::vector<std::string>& files) {
  const tally::Scheme s = small_scheme();
  Roll roll = roll_for(s.stages[0]);
  for (const std::string& text : files) {
    Table csv(text_source(text));
    TUIXUAN_CHECK(read_roll(s, s.stages[0], csv, roll));
  }
  return roll;
}

const std::string kHead = "序号,姓名,区分,人员类别,党籍状态,不计入原因,上级同意,大会赞成,到会,票箱\n";

// Case Q9 of the rules: 60 on the roll, 55 with the vote, 6 left out with both approvals, 2 without: 49 expected.
TEST(Roll, exclusions_with_both_approvals_shrink_the_expected) {
  std::string text = kHead;
  int n = 0;
  const auto add = [&](int persons, const std::string& rest) {
    for (int i = 0; i < persons; ++i, ++n) text += std::to_string(n) + ",党员" + std::to_string(n) + ",," + rest + "\n";
  };
  add(3, "预备党员,正常,,,,,");
  add(1, "正式党员,留党察看,,,,,");
  add(1, "正式党员,停止党籍,,,,,");
  add(6, "正式党员,正常,长期卧床,18号,40,,");
  add(1, "正式党员,正常,外出,,40,外出务工,");
  add(1, "正式党员,正常,外出,18号,,外出务工,");
  add(30, "正式党员,,,,,是,b1");
  add(11, "正式,正常,,,,√,二号票箱");
  add(6, "正式,正常,,,,病假,");
  const auto roll = roll_of({text});
  ASSERT_TRUE(roll) << roll.error().text();
  const tally::Attendance& a = roll->numbers;
  EXPECT_EQ(a.registered, 60U);
  EXPECT_EQ(a.with_vote, 55U);
  EXPECT_EQ(a.expected, 49U);
  EXPECT_EQ(a.present, 41U);
  EXPECT_EQ(a.boxes[0].present, 30U);
  EXPECT_EQ(a.boxes[1].present, 11U);
  EXPECT_EQ(a.excluded, (std::vector<tally::ExcludedPersons>{{"长期卧床", 6, "18号", 40}}));
  EXPECT_EQ(a.absent, (std::vector<tally::AbsentPersons>{{"外出务工", 2}, {"病假", 6}}));
  ASSERT_EQ(roll->remarks.size(), 2U);
  EXPECT_EQ(roll->remarks[0].line, 13U);
  const tally::Scheme s = small_scheme();
  EXPECT_THAT(tally::roll_imbalances(s, s.stages[0], a), testing::IsEmpty());
}

TEST(Roll, of_the_masses_and_in_gb18030) {
  const auto roll = roll_of({"\xD0\xD5\xC3\xFB\n\xD5\xC5\xCE\xB0\n\xC0\xEE\xC4\xC8\n"});  // 姓名 张伟 李娜
  ASSERT_TRUE(roll) << roll.error().text();
  EXPECT_EQ(roll->numbers.expected, 2U);
  EXPECT_THAT(roll->first_names, testing::ElementsAre("张伟", "李娜"));
  EXPECT_FALSE(roll->attended);
}

TEST(Roll, one_person_is_on_one_roll_only) {
  const std::string head = "姓名,公民身份号码\n";
  EXPECT_TRUE(roll_of({head + "张伟,11\n", head + "张伟,12\n"}));
  const auto twice = roll_of({head + "张伟,11\n", head + "李娜,11\n"});
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().check, code::roll::twice);
  EXPECT_FALSE(roll_of({"姓名\n张伟\n张伟\n"}));
  EXPECT_TRUE(roll_of({"姓名,区分\n张伟,东村\n张伟,西村\n"}));
}

TEST(Roll, refusals_say_where) {
  struct Bad {
    std::string text, check, part;
  };
  const std::vector<Bad> all{{"", "roll.column", "empty"},
                             {"名字\n张伟\n", "roll.column", "姓名"},
                             {"姓名,人员类别,党员类别\n", "roll.column", "row 1, column C"},
                             {"姓名,不计入原因\n", "roll.column", "上级同意"},
                             {"姓名,到会\n", "roll.column", "票箱"},
                             {kHead + "1,张伟\n", "table.row", "2 cells where the heading has 10"},
                             {kHead + "1,,,正式党员,,,,,,\n", "roll.row", "row 2, column B"},
                             {kHead + "1,张伟,,群众,,,,,,\n", "roll.kind", "row 2, column D"},
                             {kHead + "1,张伟,,正式党员,警告,,,,,\n", "roll.rights", "row 2, column E"},
                             {kHead + "1,张伟,,预备党员,,卧床,18号,40,,\n", "roll.exclusion", "row 2, column F"},
                             {kHead + "1,张伟,,正式党员,,,18号,,,\n", "roll.exclusion", "without a ground"},
                             {kHead + "1,张伟,,正式党员,,卧床,18号,多数,,\n", "roll.exclusion", "row 2, column H"},
                             {kHead + "1,张伟,,正式党员,,,,,是,b9\n", "roll.box", "row 2, column J"},
                             {"PK\x03\x04", "table.workbook", "CSV"}};
  for (const Bad& bad : all) {
    const auto roll = roll_of({bad.text});
    ASSERT_FALSE(roll) << bad.text;
    EXPECT_EQ(name_of(roll.error().check), bad.check) << roll.error().what;
    EXPECT_NE(roll.error().what.find(bad.part), std::string::npos) << roll.error().what;
  }
}

}  // namespace
}  // namespace tuixuan::paper
