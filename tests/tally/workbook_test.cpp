// Workbooks: what a cell shows, sheets, hidden parts; what is refused and with which advice; hostile files.
#include "tally/table/workbook.h"

#include <gmock/gmock.h>

#include "crypto/codes/documents.h"
#include "tally/table/number_format.h"
#include "tally/table/table.h"
#include "tests/support/workbook_kit.h"

namespace tuixuan::table {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

Result<Rows> rows_of(std::string bytes, const std::string& sheet = "") {
  TUIXUAN_TRY(book, Workbook::open(std::move(bytes), sheet));
  Rows out;
  for (Row row; book.next(row);) out.push_back(row.cells);
  return out;
}

kit::SmallBook book_of(const std::string& sheet_data) {
  kit::SmallBook out;
  out.sheets = {{"\"Sheet1\"", "<sheetData>" + sheet_data + "</sheetData>"}};
  return out;
}

TEST(NumberFormat, what_a_spreadsheet_shows) {
  EXPECT_EQ(shown_as(5, {}, false), "5");
  EXPECT_EQ(shown_as(0.1 + 0.2, {}, false), "0.3");
  EXPECT_EQ(shown_as(-2.5, {}, false), "-2.5");
  EXPECT_EQ(shown_as(999999999999999.0, {}, false), "999999999999999");
  EXPECT_EQ(shown_as(110101199001010011.0, {}, false), "1.10101199001010E+17") << "18 digits are beyond a spreadsheet";
  EXPECT_EQ(shown_as(0.85, format_of_id(9), false), "85%");
  EXPECT_EQ(shown_as(1, format_of_code("000"), false), "001");
  EXPECT_EQ(shown_as(46357, format_of_id(14), false), "2026-12-01");
  EXPECT_EQ(shown_as(46357.375, format_of_code("yyyy\"年\"m\"月\"d\"日\" h:mm"), false), "2026-12-01 09:00");
  EXPECT_EQ(shown_as(0.375, format_of_code("[h]:mm"), false), "09:00");
  EXPECT_EQ(shown_as(1, format_of_id(14), false), "1900-01-01");
  EXPECT_EQ(shown_as(61, format_of_id(14), false), "1900-03-01");
  EXPECT_EQ(shown_as(0, format_of_id(14), true), "1904-01-01");
  EXPECT_EQ(format_of_code("0.00E+00").shown, Shown::number);
  EXPECT_EQ(format_of_code("\"day\"0").shown, Shown::number);
  EXPECT_EQ(format_of_code("[Red]#,##0;[Blue]d").shown, Shown::number);
}

TEST(Workbook, cells_of_every_kind) {
  kit::SmallBook book = book_of(
      "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>在格内</t></is></c>"
      "<c r=\"D2\"><v>46357</v></c><c r=\"E2\" s=\"1\"><v>46357</v></c><c r=\"F2\" t=\"b\"><v>1</v></c>"
      "<c r=\"G2\" t=\"str\"><f>A1</f><v>算出</v></c><c r=\"H2\"><f>1+1</f><v>2</v></c><c r=\"I2\" "
      "s=\"2\"><v>7</v></c></row>"
      "<row><c><v>1</v></c><c t=\"inlineStr\"><is><t>a_x000A_b</t></is></c></row>");
  book.strings =
      "<si><r><t>张</t></r><r><rPr/><t xml:space=\"preserve\">伟 </t></r><rPh sb=\"0\" "
      "eb=\"1\"><t>zhang</t></rPh></si>";
  book.styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"00\"/></numFmts><cellStyleXfs><xf numFmtId=\"9\"/></cellStyleXfs>"
      "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>";
  EXPECT_EQ(rows_of(book.bytes()),
            (Rows{{"张伟", "", "在格内", "46357", "2026-12-01", "TRUE", "算出", "2", "07"}, {"1", "a b"}}));
  book.name_space = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  EXPECT_EQ(rows_of(book.bytes())->size(), 2U) << "the strict namespace";
}

TEST(Workbook, errors_and_formulas_without_a_value_are_flaws_of_their_cells) {
  const std::string bytes =
      book_of(
          "<row><c t=\"inlineStr\"><is><t>姓名</t></is></c><c t=\"inlineStr\"><is><t>备注</t></is></c></row>"
          "<row><c t=\"inlineStr\"><is><t>张伟</t></is></c><c t=\"e\"><v>#N/A</v></c></row>"
          "<row><c><f>A2</f></c></row>")
          .bytes();
  Table rows(text_source(bytes));
  TableKind kind;
  kind.known = kind.key = [](const std::string& h) { return h == "姓名"; };
  ASSERT_EQ(rows.find_heading(kind).value(), Table::Found::heading);
  rows.means(0, "姓名");
  EXPECT_TRUE(rows.record().value()) << "an error in a column that is not read";
  const auto refused = rows.record();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().check, code::table::cell);
  EXPECT_THAT(refused.error().what, HasSubstr("row 3, column A"));
}

TEST(Workbook, sheets_by_name_or_the_first_that_holds_something) {
  kit::SmallBook book;
  book.sheets = {{"\"空表\"", "<sheetData/>"},
                 {"\"旧名册\" state=\"hidden\"", kit::sheet_of({{"隐藏"}})},
                 {"\"名册\"", kit::sheet_of({{"姓名"}})},
                 {"\"说明\"", kit::sheet_of({{"说明"}})}};
  EXPECT_EQ(rows_of(book.bytes()), (Rows{{"姓名"}}));
  EXPECT_EQ(rows_of(book.bytes(), "说明"), (Rows{{"说明"}}));
  EXPECT_EQ(rows_of(book.bytes(), "旧名册"), (Rows{{"隐藏"}})) << "asked for by name";
  const auto none = rows_of(book.bytes(), "花名册");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().check, code::table::sheet);
  EXPECT_THAT(none.error().what, HasSubstr("空表、旧名册、名册、说明"));
  EXPECT_EQ(rows_of(book_of("").bytes()).error().check, code::table::sheet);
  Table rows(text_source(book.bytes()));
  std::vector<std::string> cells;
  ASSERT_TRUE(rows.next(cells).value());
  EXPECT_THAT(to_text(rows.reading()), HasSubstr("sheets not read: 空表、旧名册（隐藏）、说明"));
}

TEST(Workbook, hidden_rows_and_columns_are_read_and_said) {
  kit::SmallBook book;
  book.sheets = {{"\"a\"",
                  "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>"
                  "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>姓名</t></is></c><c r=\"B1\" t=\"inlineStr\">"
                  "<is><t>到会</t></is></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"inlineStr\"><is><t>张伟"
                  "</t></is></c></row></sheetData>"}};
  Table rows(text_source(book.bytes()));
  TableKind kind;
  kind.known = kind.key = [](const std::string& h) { return h == "姓名"; };
  ASSERT_EQ(rows.find_heading(kind).value(), Table::Found::heading);
  EXPECT_TRUE(rows.record().value());
  EXPECT_FALSE(rows.record().value());
  EXPECT_THAT(to_text(rows.reading()), HasSubstr("B 列是隐藏的"));
  EXPECT_THAT(to_text(rows.reading()), HasSubstr("第 2 行：在表中是隐藏的"));
}

TEST(Workbook, other_kinds_of_files_are_refused_with_what_to_do) {
  const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');
  std::string locked = compound;
  for (const char c : std::string("EncryptedPackage")) locked += std::string{c, '\0'};
  const std::vector<std::pair<std::string, std::string>> all{
      {compound, "old format (.xls)"},
      {locked, "a password protects"},
      {"\x09\x08\x10\x00 BIFF", "old format (.xls)"},
      {"%PDF-1.7", "PDF"},
      {"{\\rtf1", "RTF"},
      {kit::zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}}),
       "(.ods)"},
      {kit::zip_of({{"xl/workbook.bin", "x"}, {"[Content_Types].xml", "<Types/>"}}), "(.xlsb)"},
      {kit::zip_of({{"word/document.xml", "<x/>"}}), "a text document"},
      {kit::zip_of({{"Index/Document.iwa", "x"}}), "Numbers"},
      {kit::zip_of({{"a.txt", "x"}}), "no workbook"}};
  for (const auto& [bytes, part] : all) {
    const auto rows = rows_of(bytes);
    ASSERT_FALSE(rows) << part;
    EXPECT_EQ(rows.error().check, code::table::workbook);
    EXPECT_THAT(rows.error().what, HasSubstr(part));
    EXPECT_THAT(rows.error().what, HasSubstr("save it as XLSX or CSV UTF-8"));
    EXPECT_TRUE(is_workbook(bytes)) << part;
  }
}

// What a workbook of ours would be but for one thing.
std::string with(const kit::SmallBook& book, const std::string& part, const std::string& text) {
  kit::Parts parts = book.parts();
  for (auto& [name, content] : parts)
    if (name == part) content = text;
  return kit::zip_of(parts);
}

TEST(Workbook, hostile_files_are_refused) {
  const kit::SmallBook good = book_of("<row><c><v>1</v></c></row>");
  ASSERT_TRUE(rows_of(good.bytes()));
  const std::string sheet = "xl/worksheets/sheet1.xml";
  const auto data = [&](const std::string& inside) {
    return with(good, sheet, "<worksheet><sheetData>" + inside + "</sheetData></worksheet>");
  };
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  const std::string entities =
      "<!DOCTYPE w [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>";
  const std::string external = "<!DOCTYPE w SYSTEM \"file:///etc/hostname\"><worksheet/>";
  kit::Parts twice = good.parts();
  twice.emplace_back("XL/workbook.xml", "<workbook/>");
  std::string cut = good.bytes();
  cut.resize(cut.size() / 2);
  std::string wrong_offset = good.bytes();
  wrong_offset[wrong_offset.size() - 6] = '\x7f';  // where the directory begins
  std::string damaged = good.bytes();
  for (std::size_t i = 40; i < damaged.size() / 2; ++i) damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
  const std::vector<std::pair<const char*, std::string>> all{
      {"depth", with(good, sheet, deep)},
      {"entities", with(good, sheet, entities)},
      {"an external entity", with(good, sheet, external)},
      {"not well-formed", with(good, sheet, "<worksheet><sheetData>")},
      {"two parts of one name", kit::zip_of(twice)},
      {"encrypted parts", kit::zip_of(good.parts(), "secret")},
      {"cut short", cut},
      {"a wrong offset", wrong_offset},
      {"damaged parts", damaged},
      {"an end of directory alone", std::string("PK\x05\x06", 4) + std::string(18, '\0')},
      {"no sheet part", with(good, "xl/_rels/workbook.xml.rels", "<Relationships/>")},
      {"rows that do not ascend", data("<row r=\"2\"/><row r=\"2\"/>")},
      {"a row beyond the last", data("<row r=\"1048577\"/>")},
      {"cells that do not ascend", data("<row><c r=\"B1\"/><c r=\"A1\"/></row>")},
      {"a cell of another row", data("<row r=\"1\"><c r=\"A2\"/></row>")},
      {"a cell outside of a row", data("<c r=\"A1\"/>")},
      {"a text that is not there", data("<row><c t=\"s\"><v>7</v></c></row>")},
      {"a number that is none", data("<row><c><v>1,5</v></c></row>")},
      {"an endless number", data("<row><c><v>inf</v></c></row>")},
      {"an unknown type", data("<row><c t=\"z\"><v>1</v></c></row>")},
      {"a wide row", data("<row><c r=\"XFD1\"><v>1</v></c></row>")},
      {"a long text", data("<row><c t=\"str\"><v>" + std::string(kMaxCell + 1, 'x') + "</v></c></row>")}};
  for (const auto& [what, bytes] : all) {
    const auto rows = rows_of(bytes);
    ASSERT_FALSE(rows) << what;
    EXPECT_THAT(rows.error().check,
                testing::AnyOf(Code(code::table::workbook), Code(code::table::size), Code(code::table::sheet)))
        << what;
  }
}

TEST(Workbook, a_bomb_is_stopped_while_it_unpacks) {
  const kit::SmallBook good = book_of("<row><c><v>1</v></c></row>");
  const std::string bomb = with(good, "xl/worksheets/sheet1.xml",
                                "<worksheet>" + std::string(std::size_t{258} << 20U, ' ') + "</worksheet>");
  EXPECT_LT(bomb.size(), std::size_t{2} << 20U);
  const auto rows = rows_of(bomb);
  ASSERT_FALSE(rows);
  EXPECT_THAT(rows.error().what, HasSubstr("too large when unpacked"));
}

TEST(Workbook, a_dimension_is_not_believed) {
  kit::SmallBook book;
  book.sheets = {{"\"a\"", "<dimension ref=\"A1:XFD1048576\"/>" + kit::sheet_of({{"姓名"}})}};
  EXPECT_EQ(rows_of(book.bytes()), (Rows{{"姓名"}}));
}

}  // namespace
}  // namespace tuixuan::table
