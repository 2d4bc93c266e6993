// The tables of data/tables and their neighbours, each with the value that was written down for it
// (data/tables/README.md); and one roll of 300 as a workbook and as two kinds of CSV.
#include <gmock/gmock.h>
#include <iconv.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "crypto/codes/documents.h"
#include "tally/alike/alike.h"
#include "tally/names/names.h"
#include "tally/paper/paper_count.h"
#include "tally/paper/roll.h"
#include "tally/scheme/attendance_file.h"
#include "tally/scheme/scheme_file.h"
#include "tests/support/workbook_kit.h"

namespace tuixuan::paper {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string file(const std::string& name) {
  const char* dir = std::getenv("TUIXUAN_SOURCE_DIR");
  std::ifstream in(std::string(dir != nullptr ? dir : ".") + "/tests/tally/data/tables/" + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

tally::Scheme scheme(const std::string& name) {
  const auto parsed = scheme::parse_scheme(as_bytes(file(name)), scheme::Use::paper);
  EXPECT_TRUE(parsed.scheme) << name;
  return parsed.scheme.value();
}

// Its names are written on free lines, as most papers have it.
tally::Scheme scheme_with_lines() {
  tally::Scheme s = scheme("scheme-6.json");
  s.contests[0].write_ins.rule = tally::WriteInRule::free_lines;
  return s;
}

struct Counted {
  tally::ContestResult result;
  std::vector<std::string> names;
  table::Reading reading;
};
Result<Counted> counted(const tally::Scheme& s, const std::string& text, LastRow last = LastRow::ask,
                        const tally::Attendance* attendance = nullptr) {
  PaperCount count(s, s.stages[0], attendance, {});
  Table rows(text_source(text));
  TUIXUAN_CHECK(read_ballots(
      s, s.stages[0], rows, [&](const PaperBallot& b) { return count.add(b); }, last));
  Counted out{count.report().contests[0], {}, rows.reading()};
  for (const tally::PersonResult& p : out.result.persons) out.names.push_back(p.name);
  return out;
}

std::uint64_t approvals(const Counted& c, const std::string& name) {
  for (const tally::PersonResult& p : c.result.persons)
    if (p.name == name) return p.approve;
  return 999;
}

Result<Roll> roll_of(const std::string& bytes) {
  const tally::Scheme s = scheme("scheme-2.json");
  Roll roll = roll_for(s.stages[0]);
  Table rows(text_source(bytes));
  TUIXUAN_CHECK(read_roll(s, s.stages[0], rows, roll));
  return roll;
}

// --- ballots ---------------------------------------------------------------------------------------------------------

TEST(OfficeBallots, blank_papers_are_papers) {
  const tally::Scheme s = scheme("scheme-rec.json");
  const auto rows = counted(s, file("blank-rows.csv"));
  ASSERT_TRUE(rows) << rows.error().text();
  EXPECT_EQ(rows->result.ballots, 4U);
  EXPECT_EQ(rows->result.blank, 2U);
  EXPECT_THAT(to_text(rows->reading), HasSubstr("第 4–5 行：空白，作为空白票"));
  const auto copies = counted(s, file("blank-rows-copies.csv"), LastRow::papers);
  ASSERT_TRUE(copies) << copies.error().text();
  EXPECT_EQ(copies->result.ballots, 4U);
  EXPECT_EQ(copies->result.blank, 2U);
  EXPECT_EQ(counted(s, file("blank-rows-copies.csv"), LastRow::sum)->result.ballots, 2U);
}

TEST(OfficeBallots, a_last_row_of_nothing_but_the_sum_is_asked_about) {
  const tally::Scheme s = scheme("scheme-rec.json");
  const auto asked = counted(s, file("ballots-total-row.csv"));
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.error().check, code::paper::sum_row);
  EXPECT_THAT(asked.error().what, HasSubstr("row 4"));
  EXPECT_THAT(asked.error().what, HasSubstr("--last-row"));
  const auto sum = counted(s, file("ballots-total-row.csv"), LastRow::sum);
  ASSERT_TRUE(sum) << sum.error().text();
  EXPECT_EQ(sum->result.ballots, 5U);
  EXPECT_EQ(sum->result.blank, 0U);
  EXPECT_EQ(approvals(*sum, "甲一"), 3U);
  const std::string head = "甲一,乙二,丙三,丁四,戊五,己六,张数\n○,,,,,,3\n,○,,,,,2\n";
  EXPECT_EQ(counted(s, head + "合计,,,,,,5\n")->result.ballots, 5U);
  EXPECT_EQ(counted(s, head + "合计,,,,,,6\n").error().check, code::table::sum);
  EXPECT_EQ(counted(s, head + "弃权,,,,,,5\n")->result.ballots, 10U) << "said to be blank papers";
  EXPECT_EQ(counted(s, head + ",,,,,,5\n○,,,,,,1\n")->result.ballots, 11U) << "not the last row";
  EXPECT_EQ(counted(s, head + ",,,,,,4\n")->result.ballots, 9U) << "no sum";
}

TEST(OfficeBallots, no_in_the_column_of_void_papers_voids_nothing) {
  const tally::Scheme s = scheme("scheme-6.json");
  const auto papers = counted(s, file("invalid-no.csv"));
  ASSERT_TRUE(papers) << papers.error().text();
  EXPECT_EQ(papers->result.valid, 3U);
  EXPECT_EQ(papers->result.invalid, 0U);
  const std::string head = "甲一,乙二,丙三,丁四,戊五,己六,整票无效\n";
  for (const char* valid : {"", "否", "无", "有效", "0", "\xE2\x80\x8B", "　"})
    EXPECT_EQ(counted(s, head + "○,,,,,," + valid + "\n")->result.valid, 1U) << valid;
  EXPECT_EQ(counted(s, head + "○,,,,,,√\n")->result.invalid_reasons,
            (std::map<std::string, std::uint64_t>{{"未写明原因", 1}}));
  const auto unknown = counted(s, head + "○,,,,,,待定\n");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().check, code::paper::invalid);
  EXPECT_THAT(unknown.error().what, HasSubstr("row 2, column G"));
}

TEST(OfficeBallots, all_invalid_without_attendance) {
  const auto papers = counted(scheme("scheme-rec.json"), file("allinvalid.csv"));
  ASSERT_TRUE(papers) << papers.error().text();
  EXPECT_EQ(papers->result.ballots, 3U);
  EXPECT_EQ(papers->result.invalid_reasons.count("污损"), 1U);
}

TEST(OfficeBallots, a_name_in_two_spellings_on_one_paper_is_one_vote_and_the_list_is_offered) {
  const auto papers = counted(scheme_with_lines(), file("writein-variants.csv"));
  ASSERT_TRUE(papers) << papers.error().text();
  EXPECT_EQ(papers->result.ballots, 11U);
  EXPECT_EQ(approvals(*papers, "王芳"), 2U) << "rows 2 and 10";
  EXPECT_EQ(approvals(*papers, "王 芳"), 2U) << "rows 3 and 4: 王　芳 is tidied to it; row 10 gave its vote already";
  const auto groups = alike::groups_of(papers->names, false);
  ASSERT_TRUE(groups) << groups.error().text();
  std::vector<std::vector<std::string>> lists;
  for (const alike::Group& g : *groups) {
    lists.push_back(g.names);
    std::sort(lists.back().begin(), lists.back().end());
  }
  EXPECT_THAT(lists, testing::IsSupersetOf({std::vector<std::string>{"王 芳", "王芳"},
                                            std::vector<std::string>{"甲·乙丙", "甲•乙丙", "甲・乙丙"},
                                            std::vector<std::string>{"AB", "ＡＢ"}}));
}

TEST(OfficeBallots, characters_that_fonts_lack_are_read_all_the_same) {
  const auto papers = counted(scheme_with_lines(), file("writein-noglyph.csv"));
  ASSERT_TRUE(papers) << papers.error().text();
  EXPECT_EQ(papers->result.ballots, 2U);
  std::istringstream lines(file("names-noglyph.txt"));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));
  EXPECT_EQ(approvals(*papers, line), 1U) << line;
  do {
    EXPECT_TRUE(tally::tidy_name(line, 90)) << line;
  } while (std::getline(lines, line));
}

TEST(OfficeBallots, numbers_of_papers_are_unique_and_gaps_are_said) {
  const tally::Scheme s = scheme("scheme-6.json");
  const std::string head = "序号,甲一,乙二,丙三,丁四,戊五,己六\n";
  const auto papers = counted(s, head + "1,〇,Ｘ,,,,\n2,,,,,,\n4,○,×,,,,\n");
  ASSERT_TRUE(papers) << papers.error().text();
  EXPECT_EQ(papers->result.ballots, 3U) << "a number and nothing else is a blank paper";
  EXPECT_EQ(approvals(*papers, "甲一"), 2U);
  EXPECT_THAT(to_text(papers->reading), HasSubstr("numbers that are missing: 3"));
  const auto twice = counted(s, head + "1,○,,,,,\n1,○,,,,,\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().check, code::paper::number);
}

TEST(OfficeBallots, headings_whatever_their_spaces_and_width) {
  const tally::Scheme s = scheme_with_lines();
  const auto papers = counted(s, "某村选举录票表,,,,,,\n甲 一,乙二　,丙三,丁四,戊五,己六,另选 １\n○,,,,,,丁○\n");
  ASSERT_TRUE(papers) << papers.error().text();
  EXPECT_EQ(approvals(*papers, "甲一"), 1U);
  EXPECT_EQ(approvals(*papers, "丁"), 1U);
  EXPECT_EQ(counted(s, "○,,,,,\n").error().check, code::paper::column);
}

// --- rolls -----------------------------------------------------------------------------------------------------------

TEST(OfficeRoll, a_sum_row_is_nobody) {
  for (const std::string& sum : {std::string(), std::string("总计：9人\n"), std::string("小 计\n")}) {
    std::string text = file("r9total.csv");
    if (!sum.empty()) text.replace(text.find("合计"), std::string("合计\n").size(), sum);
    const auto roll = roll_of(text);
    ASSERT_TRUE(roll) << roll.error().text();
    EXPECT_EQ(roll->numbers.registered, 9U);
  }
  const auto attendance = scheme::parse_attendance(as_bytes(file("att-9.json")));
  ASSERT_TRUE(attendance.attendance);
  const auto papers = counted(scheme("scheme-2.json"), file("b9.csv"), LastRow::ask, &*attendance.attendance);
  ASSERT_TRUE(papers) << papers.error().text();
  EXPECT_EQ(papers->result.ballots, 9U);
  EXPECT_EQ(papers->result.need, 5U);
  for (const tally::PersonResult& p : papers->result.persons)
    EXPECT_EQ(p.outcome, p.name == "甲一" ? tally::Outcome::elected : tally::Outcome::not_elected) << p.name;
}

TEST(OfficeRoll, a_space_after_a_heading_switches_nothing_off) {
  const auto roll = roll_of(file("roll-kind-heading-space.csv"));
  ASSERT_TRUE(roll) << roll.error().text();
  EXPECT_EQ(roll->numbers.with_vote, 1U);
  EXPECT_EQ(roll->numbers.probationary, 2U);
  for (const char* heading : {"人 员 类 别", "党员类别（正式/预备）", "*党员类型", "\"人员\n类别\""}) {
    const auto other = roll_of(std::string("姓名,") + heading + "\n张伟,预备党员\n李娜,正式党员\n");
    ASSERT_TRUE(other) << other.error().text();
    EXPECT_EQ(other->numbers.probationary, 1U) << heading;
  }
  for (const char* heading : {"类别", "党藉状态", "到会时间"})
    EXPECT_EQ(roll_of(std::string("姓名,") + heading + "\n张伟,预备党员\n").error().check, code::roll::column)
        << heading;
}

TEST(OfficeRoll, who_came_by_the_usual_words) {
  const auto roll = roll_of(file("roll-came-nbsp.csv"));
  ASSERT_TRUE(roll) << roll.error().text();
  EXPECT_EQ(roll->numbers.present, 9U);
  const auto words = roll_of("姓名,出席\n一,✓\n二,✔\n三,√\n四,1\n五,Y\n六,到\n七,出席\n八,已到\n九,病假\n");
  ASSERT_TRUE(words) << words.error().text();
  EXPECT_EQ(words->numbers.present, 8U);
  EXPECT_EQ(words->numbers.absent, (std::vector<tally::AbsentPersons>{{"病假", 1}}));
  const auto unknown = roll_of("姓名,到会\n张伟,是\n李娜,也许\n");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().check, code::roll::came);
  EXPECT_THAT(unknown.error().what, HasSubstr("row 3, column B"));
  EXPECT_EQ(roll_of("姓名,到会,缺席原因\n李娜,否,在省城照看孙子\n")->numbers.absent[0].reason, "在省城照看孙子");
}

TEST(OfficeRoll, one_person_in_four_spellings_is_listed_together) {
  const auto roll = roll_of(file("roll-spaces-dup.csv"));
  ASSERT_FALSE(roll);
  EXPECT_EQ(roll.error().check, code::roll::twice);
  EXPECT_THAT(roll.error().what, HasSubstr("王 芳 (row 2), 王芳 (row 3), 王 芳 (row 4), 王 芳 (row 5)"));
  EXPECT_TRUE(roll_of("姓名,区分\n王 芳,东村\n王芳,西村\n"));
  EXPECT_TRUE(roll_of("姓名,身份证号\n王 芳,11\n王芳,12\n")) << "two numbers of identity are two people";
  EXPECT_EQ(roll_of("姓名,身份证号\n王 芳,11\n王芳,\n").error().check, code::roll::twice) << "one number tells nothing";
  EXPECT_EQ(roll_of("姓名\n阿依·古丽\n阿依•古丽\n").error().check, code::roll::twice);
}

TEST(OfficeRoll, rounded_numbers_of_identity_tell_nobody_apart) {
  for (const char* name : {"roll-id-float.csv", "roll-id-float-note.csv"}) {
    const auto roll = roll_of(file(name));
    ASSERT_TRUE(roll) << roll.error().text();
    EXPECT_EQ(roll->numbers.registered, 2U);
    EXPECT_EQ(roll->numbers.present, 2U);
    ASSERT_EQ(roll->remarks.size(), 1U);
    EXPECT_THAT(roll->remarks[0].what.en, HasSubstr("2 numbers of identity were rounded"));
  }
  kit::SmallBook book;
  book.sheets = {
      {"\"a\"",
       "<sheetData><row><c t=\"inlineStr\"><is><t>姓名</t></is></c><c t=\"inlineStr\"><is><t>身份证号"
       "</t></is></c></row><row><c t=\"inlineStr\"><is><t>一</t></is></c><c><v>110101199001010011</v></c></row>"
       "<row><c t=\"inlineStr\"><is><t>二</t></is></c><c><v>110101199001010022</v></c></row></sheetData>"}};
  const auto numbers = roll_of(book.bytes());
  ASSERT_TRUE(numbers) << numbers.error().text();
  EXPECT_EQ(numbers->remarks.size(), 1U) << "as numbers of a workbook they are rounded, too";
  EXPECT_EQ(roll_of("姓名,身份证号\n张伟,1.1E+17\n张 伟,1.1E+17\n").error().check, code::roll::twice);
}

// --- a roll of 300 ---------------------------------------------------------------------------------------------------

using Rows = std::vector<std::vector<std::string>>;

// Title, two pages with the heading again, sums, blank rows; people of one name told apart by 区分 or identity.
// `twice`: one person is on it twice, in two spellings.
Rows roll_of_300(bool twice) {
  Rows out{{"某县某镇党员名册", "", "", "", "", ""}, {"填报单位：某镇", "", "", "日期：2026-12-01", "", ""}};
  const std::vector<std::string> heading{"序号", "姓 名", "区分", "身份证号", "党员类别", "到会情况"};
  out.push_back(heading);
  for (int i = 1; i <= 300; ++i) {
    std::string name = "党员" + std::to_string(i);
    std::string note;
    if (i == 10 || i == 20) name = "王芳";  // told apart by their numbers
    if (i == 30 || i == 40) {
      name = "李娜";
      note = i == 30 ? "东村" : "西村";
    }
    if (twice && i == 50) name = "党员 49";
    const std::string identity =
        note.empty() && !(twice && (i == 49 || i == 50)) ? "1101011990010" + std::to_string(10'000 + i) : "";
    out.push_back({std::to_string(i), name, note, identity, i % 30 == 0 ? "预备党员" : "正式党员",
                   i % 7 == 0   ? "病假"
                   : i % 2 == 0 ? "√"
                                : "是"});
    if (i % 100 == 0) {
      out.push_back({"", "", "", "", "", ""});
      out.push_back({"小计", "100", "", "", "", ""});
      if (i < 300) out.push_back(heading);
    }
  }
  out.push_back({"合计", "300人", "", "", "", ""});
  out.push_back({"填表人：张三", "", "审核人：李四", "", "", ""});
  return out;
}

std::string csv_of(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? "," : "") + row[i];
    out += "\r\n";
  }
  return out;
}

std::string gb18030(std::string text) {
  std::string out(2 * text.size(), '\0');
  const iconv_t cd = iconv_open("GB18030", "UTF-8");
  char* from = text.data();
  char* to = out.data();
  std::size_t left = text.size();
  std::size_t room = out.size();
  EXPECT_NE(iconv(cd, &from, &left, &to, &room), static_cast<std::size_t>(-1));
  iconv_close(cd);
  out.resize(out.size() - room);
  return out;
}

TEST(OfficeRoll, three_hundred_from_a_workbook_and_two_kinds_of_csv_are_the_same_attendance) {
  const Rows rows = roll_of_300(false);
  const auto right = roll_of(csv_of(rows));
  ASSERT_TRUE(right) << right.error().text();
  const tally::Attendance& a = right->numbers;
  EXPECT_EQ(a.registered, 300U);
  EXPECT_EQ(a.probationary, 10U);
  EXPECT_EQ(a.expected, 290U);
  EXPECT_EQ(a.absent, (std::vector<tally::AbsentPersons>{{"病假", 41}})) << "42 sevenths, of which 210 is probationary";
  EXPECT_EQ(a.present, 249U);
  for (const std::string& bytes : {kit::workbook_of(rows), gb18030(csv_of(rows)), "\xEF\xBB\xBF" + csv_of(rows)}) {
    const auto other = roll_of(bytes);
    ASSERT_TRUE(other) << other.error().text();
    EXPECT_EQ(other->numbers, a);
  }
}

TEST(OfficeRoll, three_hundred_with_one_of_them_twice_are_refused_alike) {
  const Rows rows = roll_of_300(true);
  std::string what;
  for (const std::string& bytes : {csv_of(rows), kit::workbook_of(rows), gb18030(csv_of(rows))}) {
    const auto roll = roll_of(bytes);
    ASSERT_FALSE(roll);
    EXPECT_EQ(roll.error().check, code::roll::twice);
    EXPECT_THAT(roll.error().what, HasSubstr("党员49 (row 52), 党员 49 (row 53)"));
    EXPECT_TRUE(what.empty() || what == roll.error().what);
    what = roll.error().what;
  }
}

}  // namespace
}  // namespace tuixuan::paper
