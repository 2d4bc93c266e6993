// The one reader of tables: encodings, separators, what stands above and below the records, words, and the reading
// report. Workbooks: workbook_test.cpp.
#include "tally/table/table.h"

#include <gmock/gmock.h>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/documents.h"
#include "tally/table/fold.h"
#include "tally/table/headings.h"
#include "tests/support/workbook_kit.h"

namespace tuixuan::table {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using testing::ElementsAre;
using testing::HasSubstr;

Result<Rows> rows_of(std::string text) {
  Table rows(text_source(std::move(text)));
  Rows out;
  std::vector<std::string> cells;
  for (;;) {
    TUIXUAN_TRY(more, rows.next(cells));
    if (!more) return out;
    out.push_back(cells);
  }
}

const std::vector<Heading> kHeadings{{"姓名", {}, "姓名", true, true}, {"到会", {"是否到会"}, "到会", false, false}};

struct Read {
  Rows rows;
  std::vector<std::size_t> numbers;
  Reading reading;
};
Result<Read> records_of(std::string bytes, SumRows sums = SumRows::rows_counted,
                        OtherColumns others = OtherColumns::not_read, BlankRows blank = BlankRows::noted) {
  Table rows(text_source(std::move(bytes)));
  TUIXUAN_CHECK(find_columns(rows, kHeadings, others, blank, sums, code::paper::column).map([](const auto&) {}));
  Read out;
  for (;;) {
    TUIXUAN_TRY(more, rows.record());
    if (!more) break;
    out.rows.push_back(rows.cells());
    out.numbers.push_back(rows.row());
  }
  out.reading = rows.reading();
  return out;
}

std::string utf16(const std::string& utf8, bool big) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    unsigned code = c;
    if (c >= 0xe0) {
      code = (c & 15U) << 12U | (static_cast<unsigned char>(utf8[i + 1]) & 63U) << 6U |
             (static_cast<unsigned char>(utf8[i + 2]) & 63U);
      i += 3;
    } else {
      i += 1;
    }
    const char high = static_cast<char>(code >> 8U);
    const char low = static_cast<char>(code & 255U);
    out += big ? std::string{high, low} : std::string{low, high};
  }
  return out;
}

// --- rows ------------------------------------------------------------------------------------------------------------

TEST(Csv, rows_as_rfc_4180_has_them) {
  EXPECT_EQ(rows_of("a,b\r\n\"x,\"\"y\"\"\",\r\n\r\n,\n c ,d"), (Rows{{"a", "b"}, {"x,\"y\"", ""}, {"c", "d"}}));
  EXPECT_EQ(rows_of("\xEF\xBB\xBF姓名;b\n1,2;3\n"), (Rows{{"姓名", "b"}, {"1,2", "3"}}));
  EXPECT_EQ(rows_of("a\tb\n\"two\nlines\"\tc"), (Rows{{"a", "b"}, {"two lines", "c"}}));
  EXPECT_EQ(rows_of(""), Rows{});
  EXPECT_EQ(rows_of("sep=;\r\na;b,c\r\n"), (Rows{{"a", "b,c"}}));
  EXPECT_EQ(rows_of("名册，某村\na;b\nc;d\n"), (Rows{{"名册，某村"}, {"a", "b"}, {"c", "d"}}));
}

TEST(Csv, every_encoding_gives_the_same_rows) {
  const std::string text = "姓名,到会\r\n张伟,是\r\n";
  const Rows right{{"姓名", "到会"}, {"张伟", "是"}};
  EXPECT_EQ(rows_of(text), right);
  EXPECT_EQ(rows_of("\xEF\xBB\xBF" + text), right);
  EXPECT_EQ(rows_of("\xD0\xD5\xC3\xFB,\xB5\xBD\xBB\xE1\r\n\xD5\xC5\xCE\xB0,\xCA\xC7\r\n"), right);
  EXPECT_EQ(rows_of("\xFF\xFE" + utf16(text, false)), right);
  EXPECT_EQ(rows_of("\xFE\xFF" + utf16(text, true)), right);
  EXPECT_EQ(rows_of("name\xf7\x9c\x9e\x99"), (Rows{{"name鳒灆"}})) << "GB18030, and no UTF-8 beyond its last character";
}

TEST(Csv, characters_that_lie_across_two_chunks) {
  std::string text = "a,b\n";
  while (text.size() < 300'000) text += "x,张伟伟\n";
  const auto rows = rows_of(text);
  ASSERT_TRUE(rows) << rows.error().text();
  for (std::size_t i = 1; i < rows->size(); ++i) ASSERT_EQ((*rows)[i], (std::vector<std::string>{"x", "张伟伟"}));
  const auto wide = rows_of("\xFF\xFE" + utf16(text, false));
  ASSERT_TRUE(wide) << wide.error().text();
  EXPECT_EQ(*wide, *rows);
}

TEST(Csv, refusals_say_where) {
  struct Bad {
    std::string text, check, place;
  };
  const std::vector<Bad> all{{"a,b\n\"x,1\n", "table.quote", "row 2, column A"},
                             {"a,b\n1,\"x\"y\n", "table.quote", "row 2, column B"},
                             {"a,b\n1,x\"y\"\n", "table.quote", "row 2, column B"},
                             {std::string("a,b\n1,\x01\n"), "table.control", "row 2"},
                             {"a,b\n1\r2\n", "table.control", "row 2"},
                             {"a,b\n1," + std::string(kMaxCell + 1, 'x'), "table.size", "row 2, column B"},
                             {"a\n" + std::string(kMaxCells, ','), "table.size", "row 2"},
                             {"a,b\n1,\xff\xff\n", "table.encoding", "row 2"},
                             {"\xEF\xBB\xBF"
                              "a\n\xf7\x9c\x9e\x99\n",
                              "table.encoding", "row 2"},
                             {utf16("姓名\n", false), "table.encoding", "CSV UTF-8"},
                             {std::string("\xFF\xFE\0\0a\0\0\0", 8), "table.encoding", "UTF-32"},
                             {"\xFF\xFE" + utf16("a\n", false) + "x", "table.encoding", "row 2"}};
  for (const Bad& bad : all) {
    const auto rows = rows_of(bad.text);
    ASSERT_FALSE(rows) << bad.check;
    EXPECT_EQ(name_of(rows.error().check), bad.check);
    EXPECT_NE(rows.error().what.find(bad.place), std::string::npos) << rows.error().what;
  }
}

TEST(Columns, are_lettered_as_a_spreadsheet_does) {
  EXPECT_EQ(column_letters(1) + column_letters(26) + column_letters(27) + column_letters(702) + column_letters(703),
            "AZAAZZAAA");
}

// --- folding and words -----------------------------------------------------------------------------------------------

TEST(Fold, spaces_width_and_what_cannot_be_seen) {
  EXPECT_EQ(tidy_cell("　张\xC2\xA0伟\xE2\x80\x8B \n"), "张\xC2\xA0伟");
  EXPECT_EQ(tidy_cell("a\r\n  b"), "a b");
  EXPECT_EQ(tidy_cell("\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD"), "");
  EXPECT_EQ(tidy_cell("\xff x"), "\xff x");
  EXPECT_EQ(fold("Ａ　b（1）"), "ab(1)");
  EXPECT_EQ(fold_heading("*到 会（是/否）"), "到会");
  EXPECT_TRUE(alike("党藉状态", "党籍状态"));
  EXPECT_TRUE(alike("类别", "人员类别"));
  EXPECT_FALSE(alike("性别", "姓名"));
  EXPECT_FALSE(alike("到会", "到会"));
}

TEST(Words, who_came) {
  for (const char* yes :
       {"是", "是\xC2\xA0", "✓", "✔", "√", "1", "Y", "ｙ", "到", "出席", "已到", "○", "TRUE", "实 到"})
    EXPECT_EQ(came_of(yes).answer, Answer::yes) << yes;
  for (const char* no : {"否", "×", "0", "N", "缺席", "未到", "未到会", "请假", "病假", "因病未到会", "外出务工"})
    EXPECT_EQ(came_of(no).answer, Answer::no) << no;
  EXPECT_EQ(came_of("外出 务工").reason, "外出 务工");
  EXPECT_EQ(came_of("缺席").reason, "");
  EXPECT_EQ(came_of("　").answer, Answer::empty);
  for (const char* unknown : {"也许", "迟到", "请假后到会", "2", "张伟"})
    EXPECT_EQ(came_of(unknown).answer, Answer::unknown) << unknown;
}

TEST(Words, whole_papers_that_are_void) {
  for (const char* valid : {"否", "无", "有效", "0", "×", "no"}) EXPECT_EQ(void_of(valid).answer, Answer::no) << valid;
  for (const char* empty : {"", "　", "\xE2\x80\x8B"}) EXPECT_EQ(void_of(empty).answer, Answer::empty);
  for (const char* none : {"无效", "废票", "√", "1", "是"}) {
    EXPECT_EQ(void_of(none).answer, Answer::yes) << none;
    EXPECT_EQ(void_of(none).reason, "");
  }
  EXPECT_EQ(void_of("污损无法辨认").reason, "污损无法辨认");
  for (const char* reason : {"整张画叉", "用铅笔填写", "票面涂改", "写有谩骂文字", "两种符号画在同一格"})
    EXPECT_EQ(void_of(reason).reason, reason);
  EXPECT_EQ(void_of("无效：写在背面").reason, "写在背面");
  EXPECT_EQ(void_of("无效:写在背面").reason, "写在背面");
  for (const char* unknown : {"待定", "?", "张伟", "2", "没有问题", "该票有效", "填写正常"})
    EXPECT_EQ(void_of(unknown).answer, Answer::unknown) << unknown;
}

TEST(Words, sums_footers_numbers_identities) {
  EXPECT_EQ(sum_row("合 计")->number, std::nullopt);
  EXPECT_EQ(sum_row("合计：９人")->number, 9U);
  EXPECT_EQ(sum_row("共 12 人")->number, 12U);
  EXPECT_EQ(sum_row("小计")->of, Sum::part);
  EXPECT_FALSE(sum_row("共青团员"));
  EXPECT_FALSE(sum_row("计晓华"));
  EXPECT_FALSE(sum_row("总计小明"));
  EXPECT_TRUE(is_footer("填表人：张伟"));
  EXPECT_TRUE(is_footer("审核人（签名）:"));
  EXPECT_TRUE(is_footer("第 1 页 共 3 页"));
  EXPECT_FALSE(is_footer("张伟"));
  EXPECT_FALSE(is_footer("阿布都：力"));
  EXPECT_EQ(number_of("１２ 张"), 12U);
  EXPECT_EQ(number_of("5.0"), 5U);
  for (const char* none : {"", "5.5", "-1", "1e3", "五", "1 2a", "99999999999999999999"})
    EXPECT_EQ(number_of(none), std::nullopt) << none;
  for (const char* rounded : {"1.1E+17", "1.10101199001010E+17", "110101199001010000", "1e17"})
    EXPECT_TRUE(is_rounded_identity(rounded)) << rounded;
  for (const char* whole : {"11010119900101001X", "110101199001010011", "", "G12345678", "1000", "E+17"})
    EXPECT_FALSE(is_rounded_identity(whole)) << whole;
  EXPECT_EQ(sign_of("〇"), sign_of("○"));
  EXPECT_EQ(sign_of("Ｘ"), sign_of("×"));
  EXPECT_EQ(sign_of("✓"), sign_of("√"));
  EXPECT_NE(sign_of("√"), sign_of("○"));
  EXPECT_NE(sign_of("0"), sign_of("○"));
}

// --- records ---------------------------------------------------------------------------------------------------------

// The same table three ways: what an office types into a spreadsheet, and its two exports.
const Rows kOffice{{"某村党支部党员名册", "", ""},
                   {"单位：某村", "日期：2026-12-01", ""},
                   {"序号", "*姓 名", "是否到会（是/否）"},
                   {"1", "张伟", "是"},
                   {"", "", ""},
                   {"2", "李娜", "否"},
                   {"小计", "2", ""},
                   {"序号", "*姓 名", "是否到会（是/否）"},
                   {"3", "王芳", "是"},
                   {"合计", "3人", ""},
                   {"填表人：赵强", "", ""},
                   {"第 1 页 共 1 页", "", ""}};

std::string csv_of(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i > 0 ? "," : "") + row[i];
    out += "\r\n";
  }
  return out;
}

TEST(Records, between_titles_sums_headings_and_footers) {
  for (const std::string& bytes : {csv_of(kOffice), kit::workbook_of(kOffice)}) {
    const auto read = records_of(bytes);
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read->rows, (Rows{{"1", "张伟", "是"}, {"2", "李娜", "否"}, {"3", "王芳", "是"}}));
    EXPECT_THAT(read->numbers, ElementsAre(4U, 6U, 9U));
    EXPECT_EQ(read->reading.heading_row, 3U);
    const std::string text = to_text(read->reading);
    for (const char* part :
         {"第 1 行：表头之上", "第 2 行：表头之上", "B *姓 名 → 姓名", "C 是否到会（是/否） → 到会",
          "不读取的栏目 / columns not read: A 序号", "读取 3 行（第 4 至 9 行）", "第 5 行：空行", "第 7 行：合计行",
          "第 8 行：重复的表头", "第 10 行：合计行", "第 11 行：表尾", "第 12 行：表尾"})
      EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Records, a_sum_that_is_another_than_the_rows_is_refused) {
  for (const char* sum : {"合计,10", "合计：10人,", "小计,10"}) {
    const auto read = records_of(std::string("姓名,到会\n张伟,是\n") + sum + "\n");
    ASSERT_FALSE(read) << sum;
    EXPECT_EQ(read.error().check, code::table::sum);
    EXPECT_THAT(read.error().what, HasSubstr("row 3"));
    EXPECT_THAT(read.error().what, HasSubstr("1 rows were read"));
    EXPECT_TRUE(records_of(std::string("姓名,到会\n张伟,是\n") + sum + "\n", SumRows::unchecked));
  }
  EXPECT_TRUE(records_of("姓名,到会\n张伟,是\n合计,\n"));
}

TEST(Records, a_heading_in_two_rows) {
  const auto read = records_of(kit::workbook_of({{"序号", "姓名", "会议"}, {"", "", "是否到会"}, {"1", "张伟", "是"}}));
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->rows, (Rows{{"1", "张伟", "是"}}));
  EXPECT_THAT(to_text(read->reading), HasSubstr("C 是否到会 → 到会"));
}

TEST(Records, headings_are_found_or_refused_never_passed_over) {
  struct Bad {
    std::string text, part;
    OtherColumns others = OtherColumns::not_read;
  };
  const std::vector<Bad> all{{"", "empty"},
                             {"名字,到会\n张伟,是\n", "there is no heading row with 姓名"},
                             {"姓名,姓　名\n", "row 1, column B"},
                             {"姓名,到会时间\n张伟,9:00\n", "\"到会时间\" looks like 到会"},
                             {"姓名,是否到场\n", "\"是否到场\" looks like 到会"},
                             {"姓名,备注\n", "is no column that may stand here", OtherColumns::refused}};
  for (const Bad& bad : all) {
    const auto read = records_of(bad.text, SumRows::unchecked, bad.others);
    ASSERT_FALSE(read) << bad.text;
    EXPECT_EQ(read.error().check, code::paper::column);
    EXPECT_THAT(read.error().what, HasSubstr(bad.part));
  }
  EXPECT_TRUE(records_of("姓名,备注\n张伟,\n"));
}

TEST(Records, rows_fit_their_heading) {
  EXPECT_EQ(records_of("姓名,到会\n张伟\n").error().check, code::table::row);
  EXPECT_THAT(records_of("姓名,到会\n张伟,是,多\n").error().what, HasSubstr("3 cells where the heading has 2"));
  EXPECT_TRUE(records_of("姓名,到会\n张伟,是,\n")) << "nothing in the cell more";
  EXPECT_TRUE(records_of("姓名,到会,\n张伟,是,\n"));
  const std::string below_none = "姓名,,到会\n张伟,甲,是\n";
  EXPECT_THAT(records_of(below_none, SumRows::unchecked, OtherColumns::refused).error().what, HasSubstr("column B"));
  const auto noted = records_of(below_none);
  ASSERT_TRUE(noted);
  EXPECT_THAT(to_text(noted->reading), HasSubstr("B 列没有表头"));
  EXPECT_TRUE(records_of(kit::workbook_of({{"姓名", "到会"}, {"张伟"}}))) << "a workbook leaves empty cells out";
  EXPECT_THAT(records_of(kit::workbook_of({{"姓名", "到会"}, {"张伟", "", "多"}})).error().what, HasSubstr("column C"));
}

// Blank rows where they are records: ballots.
TEST(Records, blank_rows_that_are_papers) {
  const auto blanks = [](std::string bytes) {
    return records_of(std::move(bytes), SumRows::given, OtherColumns::refused, BlankRows::records);
  };
  EXPECT_EQ(blanks("姓名,到会\n,\n甲,\n,\n,\n")->rows.size(), 4U);
  EXPECT_EQ(blanks(kit::workbook_of({{"姓名", "到会"}, {}, {"甲"}, {}, {}}))->rows.size(), 2U) << "none below the last";
  EXPECT_EQ(blanks(kit::workbook_of({{"姓名", "到会"}, {"甲"}, {}, {}, {"合计", "1"}}))->rows.size(), 2U)
      << "nor above the sum; the sum itself is given";
  EXPECT_EQ(blanks("姓名,到会\n甲,\n\n")->rows.size(), 1U) << "an empty line at the end";
  EXPECT_EQ(blanks("姓名,到会\n\n甲,\n").error().check, code::table::blank) << "an empty line between papers";
  EXPECT_EQ(blanks("姓名\n甲\n\n").error().check, code::table::blank) << "of one column it may be a paper";
  const auto noted = blanks("姓名,到会\n甲,\n,\n,\n");
  EXPECT_THAT(to_text(noted->reading), HasSubstr("第 3–4 行：空白，作为空白票"));
}

}  // namespace
}  // namespace tuixuan::table
