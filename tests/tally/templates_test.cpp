// Each template filled in by another program's hand (openpyxl) and read back by the one reader: what was filled in
// comes out, the heading is frozen, the lists to choose from are there, numbers of identity stay text.
#include "tally/templates/templates.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "crypto/codes/catalogue.h"
#include "tally/paper/attendance_table.h"
#include "tally/paper/lists.h"
#include "tally/paper/roll.h"
#include "tests/tally/paper_kit.h"

namespace tuixuan::templates {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

std::string slurp(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

struct Filled {
  std::string bytes;
  std::string said;  // by fill_in: choices, frozen rows, sheets
};

Filled filled(const Result<Bytes>& empty, const std::vector<std::string>& rows) {
  EXPECT_TRUE(empty) << (empty ? "" : empty.error().text());
  if (!empty) return {};
  std::string name = (fs::temp_directory_path() / "templates-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return {};
  const fs::path folder = name;
  std::ofstream(folder / "in.xlsx", std::ios::binary) << as_text(*empty);
  std::string command = "/usr/bin/python3 '" + std::string(std::getenv("TUIXUAN_SOURCE_DIR")) +
                        "/tests/tally/fill_in' '" + (folder / "in.xlsx").string() + "' '" +
                        (folder / "out.xlsx").string() + "'";
  for (const std::string& row : rows) command += " '" + row + "'";
  command += " > '" + (folder / "said").string() + "'";
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  Filled out{slurp(folder / "out.xlsx"), slurp(folder / "said")};
  fs::remove_all(folder);
  EXPECT_THAT(out.said, HasSubstr("frozen A2"));
  EXPECT_THAT(out.said, HasSubstr("sheets 填写,说明"));
  return out;
}

TEST(Templates, the_roll) {
  const tally::Scheme s = paper::small_scheme();
  const Filled file =
      filled(roll(&s, &s.stages[0]),
             {"姓名=张伟|人员类别=正式党员|到会=是|票箱=一号票箱|公民身份号码=110101199001010011",
              "姓名=李娜|人员类别=预备党员", "姓名=王芳|人员类别=正式党员|到会=病假|公民身份号码=110101199001010022",
              "姓名=合计|人员类别=3"});
  EXPECT_THAT(file.said, HasSubstr("\"正式党员,预备党员\""));
  EXPECT_THAT(file.said, HasSubstr("\"一号票箱,二号票箱\""));
  paper::Roll read = paper::roll_for(s.stages[0]);
  table::Table rows(table::text_source(file.bytes));
  const auto done = paper::read_roll(s, s.stages[0], rows, read);
  ASSERT_TRUE(done) << done.error().text();
  EXPECT_EQ(read.numbers.registered, 3U);
  EXPECT_EQ(read.numbers.probationary, 1U);
  EXPECT_EQ(read.numbers.boxes[0].present, 1U);
  EXPECT_EQ(read.numbers.absent, (std::vector<tally::AbsentPersons>{{"病假", 1}}));
  EXPECT_THAT(read.remarks, testing::IsEmpty()) << "numbers of identity are not rounded";
  EXPECT_TRUE(roll(nullptr, nullptr));
}

TEST(Templates, the_numbers_of_a_meeting) {
  const tally::Scheme s = paper::small_scheme();
  // Rows 2 to 10 are the meeting's items, 11 to 17 those of the first box, 18 to 24 of the second.
  std::vector<std::string> rows{"@2:数=60",
                                "@3:数=4",
                                "@4:数=1",
                                "@7:数=2|说明=长期卧床|上级同意文号=18号|大会赞成票数=50",
                                "@9:数=50",
                                "@10:数=2|说明=病假",
                                "项目=缺席|数=1|说明=出差"};
  const std::vector<std::string> boxes[] = {{"30", "31", "30", "0", "1", "30", "30"},
                                            {"20", "20", "20", "0", "0", "20", "19"}};
  for (int box = 0; box < 2; ++box)
    for (int i = 0; i < 7; ++i)
      rows.push_back("@" + std::to_string(11 + 7 * box + i) + ":数=" + boxes[box][static_cast<std::size_t>(i)]);
  const Filled file = filled(attendance(s, s.stages[0]), rows);
  table::Table table(table::text_source(file.bytes));
  const auto read = paper::read_attendance_table(s, s.stages[0], table, paper::BoxNumbers::needed);
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->registered, 60U);
  EXPECT_EQ(read->with_vote, 55U);
  EXPECT_EQ(read->expected, 53U);
  EXPECT_EQ(read->present, 50U);
  EXPECT_EQ(read->excluded, (std::vector<tally::ExcludedPersons>{{"长期卧床", 2, "18号", 50}}));
  EXPECT_EQ(read->absent, (std::vector<tally::AbsentPersons>{{"病假", 2}, {"出差", 1}}));
  EXPECT_EQ(read->boxes, (std::vector<tally::BoxPapers>{{BoxId{"b1"}, 30, 31, 30, 0, 1, 30, 30},
                                                        {BoxId{"b2"}, 20, 20, 20, 0, 0, 20, 19}}));
  EXPECT_THAT(tally::imbalances(s, s.stages[0], *read), testing::IsEmpty());
}

TEST(Templates, the_ballots_of_a_stage) {
  const tally::Scheme s = paper::small_scheme();
  const Filled file =
      filled(ballots(s, s.stages[0]), {"序号=1|票箱=一号票箱|甲=○|乙=×|另选1=丁○", "序号=2|票箱=一号票箱",
                                       "序号=1|票箱=二号票箱|丙（教师）=赞成|整票无效=污损"});
  EXPECT_THAT(file.said, HasSubstr("○,×"));
  std::vector<paper::PaperBallot> read;
  table::Table rows(table::text_source(file.bytes));
  const auto done = paper::read_ballots(s, s.stages[0], rows, [&](const paper::PaperBallot& b) -> Result<void> {
    read.push_back(b);
    return {};
  });
  ASSERT_TRUE(done) << done.error().text();
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].selections[0].marks,
            (std::vector{tally::Mark::approve, tally::Mark::oppose, tally::Mark::abstain}));
  EXPECT_EQ(read[0].selections[0].write_ins, (std::vector<tally::WriteIn>{{"丁", 0}}));
  EXPECT_TRUE(tally::is_blank(read[1].selections[0])) << "a blank paper, by its number";
  EXPECT_EQ(read[2].invalid, "污损");
  EXPECT_EQ(read[2].box, 1U);
}

TEST(Templates, points) {
  const Filled file = filled(points(), {"姓名=张伟|分数=90", "姓名=李娜|分数=85"});
  table::Table rows(table::text_source(file.bytes));
  EXPECT_EQ(paper::read_points(rows), (std::vector<tally::Points>{{"张伟", 90}, {"李娜", 85}}));
}

// --- the table of attendance, refused -------------------------------------------------------------------------------

TEST(AttendanceTable, refusals_say_where) {
  const tally::Scheme s = paper::small_scheme();
  const std::string head = "项目,票箱,数,说明,上级同意文号,大会赞成票数\n总数,,10,,,\n实到会,,9,,,\n";
  struct Bad {
    std::string text, check, part;
  };
  const std::vector<Bad> all{{"项目,人\n总数,10\n", "attendance.column", "row 1"},
                             {"项目,数\n总数,10\n", "attendance.item", "实到会"},
                             {head + "总数,,11,,,\n", "attendance.item", "listed twice"},
                             {head + "群众,,1,,,\n", "attendance.item", "row 4, column A"},
                             {head + "缺席,,一个,,,\n", "attendance.number", "row 4, column C"},
                             {head + "收回,b9,1,,,\n", "attendance.box", "row 4, column B"},
                             {head + "不计入应到会,,1,卧床,,\n", "attendance.item", "consent"},
                             {head + "到会,b2,5,,,\n", "attendance.item", "b1 到会"},
                             {head + "到会,b1,5,,,\n到会,b2,4,,,\n", "attendance.item", "b1 领取"}};
  for (const Bad& bad : all) {
    table::Table rows(table::text_source(bad.text));
    const auto read = paper::read_attendance_table(s, s.stages[0], rows, paper::BoxNumbers::needed);
    ASSERT_FALSE(read) << bad.text;
    EXPECT_EQ(name_of(read.error().check), bad.check) << read.error().what;
    EXPECT_THAT(read.error().what, HasSubstr(bad.part));
  }
  table::Table rows(table::text_source(head + "到会,b1,5,,,\n到会,b2,4,,,\n"));
  EXPECT_TRUE(paper::read_attendance_table(s, s.stages[0], rows, paper::BoxNumbers::not_yet)) << "before the voting";
}

}  // namespace
}  // namespace tuixuan::templates
