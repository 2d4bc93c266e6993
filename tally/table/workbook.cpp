#include "tally/table/workbook.h"

#include <algorithm>

#include "crypto/codes/documents.h"
#include "tally/table/fold.h"
#include "tally/table/sheet_xml.h"

namespace tuixuan::table {

using std::string_view_literals::operator""sv;

struct Workbook::State {
  SheetData data;
  std::string sheet;
  std::vector<SheetName> sheets;
  std::size_t row = 0;
};

Workbook::Workbook(std::unique_ptr<State> s) : s_(std::move(s)) {}
Workbook::~Workbook() = default;
Workbook::Workbook(Workbook&&) noexcept = default;
Workbook& Workbook::operator=(Workbook&&) noexcept = default;
const std::string& Workbook::sheet() const { return s_->sheet; }
const std::vector<SheetName>& Workbook::sheets() const { return s_->sheets; }
const std::vector<std::size_t>& Workbook::hidden_columns() const { return s_->data.hidden_columns; }

static constexpr std::string_view kZip = "PK\x03\x04";
static constexpr std::string_view kCompound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

bool is_workbook(std::string_view first) {
  return first.starts_with(kZip) || first.starts_with(kCompound.substr(0, 4)) || first.starts_with("%PDF") ||
         first.starts_with("{\\rtf") || first.starts_with("\x09\x08") || first.starts_with("PK\x05\x06");
}

static tl::unexpected<Error> other_kind(const std::string& zh, const std::string& en) {
  return refuse(code::table::workbook, 0, 0, "这是" + zh + "，不能读；请在表格软件中另存为 XLSX 或“CSV UTF-8”",
                "this is " + en + ", which is not read; save it as XLSX or CSV UTF-8 in a spreadsheet program");
}

// What it is, if it is no XLSX.
static Result<void> check_kind(std::string_view bytes) {
  if (bytes.starts_with(kCompound.substr(0, 4))) {
    static constexpr std::string_view kEncrypted = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv;
    if (bytes.find(kEncrypted) != std::string_view::npos)
      return other_kind("加了打开密码的工作簿", "a workbook that a password protects");
    return other_kind("旧格式（.xls）的工作簿", "a workbook of the old format (.xls)");
  }
  if (bytes.starts_with("\x09\x08")) return other_kind("旧格式（.xls）的工作簿", "a workbook of the old format (.xls)");
  if (bytes.starts_with("%PDF")) return other_kind("PDF 文件", "a PDF file");
  if (bytes.starts_with("{\\rtf")) return other_kind("RTF 文件", "an RTF file");
  return {};
}

static Result<void> check_parts(const ZipFile& zip) {
  if (zip.has("xl/workbook.bin")) return other_kind("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)");
  if (zip.has("word/document.xml")) return other_kind("Word 文档", "a text document");
  if (zip.has("content.xml")) return other_kind("ODF 文件（.ods）", "an ODF file (.ods)");
  if (zip.has("Index/Document.iwa")) return other_kind("Numbers 文件", "a Numbers file");
  if (!zip.has("[Content_Types].xml")) return other_kind("压缩文件，不是工作簿", "a zip file, but no workbook");
  return {};
}

static tl::unexpected<Error> no_sheet(const std::vector<SheetName>& sheets, const std::string& wanted) {
  std::string all;
  for (const SheetName& s : sheets) all += (all.empty() ? "" : "、") + s.name;
  if (wanted.empty())
    return refuse(code::table::sheet, 0, 0, "工作簿中没有有内容的工作表：" + all,
                  "no sheet of the workbook holds anything: " + all);
  return refuse(code::table::sheet, 0, 0, "工作簿中没有工作表“" + wanted + "”，有：" + all,
                "the workbook has no sheet \"" + wanted + "\"; it has: " + all);
}

Result<Workbook> Workbook::open(std::string bytes, const std::string& wanted) {
  TUIXUAN_CHECK(check_kind(bytes));
  TUIXUAN_TRY(zip, ZipFile::open(std::move(bytes)));
  TUIXUAN_CHECK(check_parts(zip));
  TUIXUAN_TRY(roots, read_relations(zip, ""));
  const auto of_type = [](const Relations& all, const char* type) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& r) { return r.second.type == type; });
    return found == all.end() ? std::string() : found->second.target;
  };
  const std::string main = of_type(roots, "officeDocument");
  TUIXUAN_TRY(book, read_book(zip, main));
  TUIXUAN_TRY(relations, read_relations(zip, main));
  std::vector<std::string> strings;
  std::vector<NumberFormat> styles;
  if (const std::string part = of_type(relations, "sharedStrings"); !part.empty()) {
    TUIXUAN_TRY(read, read_shared_strings(zip, part));
    strings = std::move(read);
  }
  if (const std::string part = of_type(relations, "styles"); !part.empty()) {
    TUIXUAN_TRY(read, read_styles(zip, part));
    styles = std::move(read);
  }
  auto state = std::make_unique<State>();
  for (const Sheet& s : book.sheets)
    if (const auto r = relations.find(s.relation); r != relations.end() && r->second.type == "worksheet")
      state->sheets.push_back(s.name);
  for (const Sheet& s : book.sheets) {
    const auto r = relations.find(s.relation);
    const bool asked = wanted.empty() ? !s.name.hidden : s.name.name == tidy_cell(wanted);
    if (!asked || r == relations.end() || r->second.type != "worksheet") continue;
    TUIXUAN_TRY(data, read_sheet(zip, r->second.target, {strings, styles, book.since_1904}));
    if (data.cells.empty()) continue;
    state->data = std::move(data);
    state->sheet = s.name.name;
    return Workbook(std::move(state));
  }
  return no_sheet(state->sheets, wanted);
}

bool Workbook::next(Row& row) {
  State& s = *s_;
  if (s.row == s.data.rows.size()) return false;
  const SheetRow& from = s.data.rows[s.row++];
  const std::size_t end = s.row == s.data.rows.size() ? s.data.cells.size() : s.data.rows[s.row].first;
  row.number = from.number;
  row.hidden = from.hidden;
  row.flaws.clear();
  row.cells.clear();
  for (std::size_t i = from.first; i < end; ++i) {
    const SheetCell& cell = s.data.cells[i];
    row.cells.resize(cell.column + 1U);
    row.cells[cell.column] = s.data.texts.substr(cell.offset, cell.size);
    if (cell.flaw == CellFlaw::error)
      row.flaws.push_back({cell.column, "是错误值 " + row.cells[cell.column] + "，请改正公式或直接填写",
                           "is an error, " + row.cells[cell.column] + ": put the formula right, or type the value"});
    if (cell.flaw == CellFlaw::no_value)
      row.flaws.push_back({cell.column, "是没有算出结果的公式，请在表格软件中打开并保存一次",
                           "is a formula without its value: open the file in a spreadsheet program and save it"});
  }
  return true;
}

}  // namespace tuixuan::table
