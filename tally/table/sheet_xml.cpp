#include "tally/table/sheet_xml.h"

#include <charconv>
#include <cmath>
#include <filesystem>

#include "crypto/codes/documents.h"
#include "tally/table/fold.h"
#include "tally/table/xml.h"

namespace tuixuan::table {

namespace {

constexpr std::size_t kMaxSheets = 500;
constexpr std::size_t kMaxStyles = 100'000;
constexpr std::size_t kMaxStrings = 2'000'000;
constexpr std::size_t kMaxCellsHeld = 2'000'000;
constexpr std::size_t kMaxTexts = std::size_t{128} << 20U;
constexpr std::size_t kLastRow = 1'048'576;
constexpr std::size_t kLastColumn = 16'384;

tl::unexpected<Error> damaged(const std::string& zh, const std::string& en) {
  return refuse(code::table::workbook, 0, 0, "工作簿内容有误：" + zh + "；请在表格软件中打开后另存为 XLSX",
                "the workbook's contents are wrong: " + en + "; open it in a spreadsheet program and save it as XLSX");
}

Result<void> read_part(ZipFile& zip, const std::string& part, XmlHandler& handler) {
  return read_xml(handler, [&](const Pieces& take) { return zip.read(part, take); });
}

const std::string& at(const Attributes& all, const char* name) {
  static const std::string kNone;
  const auto found = all.find(name);
  return found == all.end() ? kNone : found->second;
}

bool is_true(const std::string& text) { return text == "1" || text == "true"; }

template <class Number>
bool parse(std::string_view text, Number& to) {
  const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), to);
  return bad == std::errc() && end == text.data() + text.size() && !text.empty();
}

// _x000D_ is how XML of a workbook writes a character that XML cannot hold (22.9.2.19).
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    unsigned code = 0;
    if (text.substr(i, 2) == "_x" && i + 7 <= text.size() && text[i + 6] == '_' &&
        std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16).ptr == text.data() + i + 6 && code < 0x80) {
      if (code == '\n' || code == '\t' || code == '\r' || code >= 0x20) out += static_cast<char>(code);
      i += 7;
    } else {
      out += text[i++];
    }
  }
  return out;
}

// --- relations -------------------------------------------------------------------------------------------------------

struct RelationsHandler : XmlHandler {
  std::filesystem::path folder;
  Relations out;
  Result<void> begin(const std::string& name, const Attributes& a) override {
    if (name != "Relationship" || at(a, "TargetMode") == "External") return {};
    if (out.size() == 10 * kMaxSheets) return damaged("关系过多", "too many relations");
    const std::string& type = at(a, "Type");
    const std::string& target = at(a, "Target");
    const std::filesystem::path part =
        target.starts_with('/') ? std::filesystem::path(target.substr(1)) : (folder / target).lexically_normal();
    out[at(a, "Id")] = {type.substr(type.rfind('/') + 1), part.generic_string()};
    return {};
  }
};

// --- workbook, styles ------------------------------------------------------------------------------------------------

struct BookHandler : XmlHandler {
  Book out;
  Result<void> begin(const std::string& name, const Attributes& a) override {
    if (name == "workbookPr") out.since_1904 = is_true(at(a, "date1904"));
    if (name != "sheet") return {};
    if (out.sheets.size() == kMaxSheets) return damaged("工作表过多", "too many sheets");
    const std::string& state = at(a, "state");
    out.sheets.push_back({{tidy_cell(at(a, "name")), !state.empty() && state != "visible"}, at(a, "id")});
    return {};
  }
};

struct StylesHandler : XmlHandler {
  std::map<unsigned, NumberFormat> codes;
  bool inside = false;
  std::vector<NumberFormat> out;
  Result<void> begin(const std::string& name, const Attributes& a) override {
    unsigned id = 0;
    if (name == "numFmt" && parse(at(a, "numFmtId"), id) && codes.size() < kMaxStyles)
      codes[id] = format_of_code(at(a, "formatCode"));
    if (name == "cellXfs") inside = true;
    if (name != "xf" || !inside) return {};
    if (out.size() == kMaxStyles) return damaged("样式过多", "too many styles");
    if (!parse(at(a, "numFmtId"), id)) id = 0;
    const auto own = codes.find(id);
    out.push_back(own == codes.end() ? format_of_id(id) : own->second);
    return {};
  }
  Result<void> end(const std::string& name) override {
    if (name == "cellXfs") inside = false;
    return {};
  }
};

// --- texts with runs -------------------------------------------------------------------------------------------------

// The text of <si> or <is>: of its <t>, but not of a reading beside it (rPh).
struct RunText {
  bool taking = false;
  int reading = 0;
  std::string text;
  void begin(const std::string& name) {
    if (name == "rPh") ++reading;
    if (name == "t") taking = reading == 0;
  }
  void end(const std::string& name) {
    if (name == "rPh") --reading;
    if (name == "t") taking = false;
  }
  Result<void> add(std::string_view more) {
    if (!taking) return {};
    if (text.size() + more.size() > 16 * kMaxCell) return damaged("有一格文字过长", "a text is too long");
    text += more;
    return {};
  }
};

struct StringsHandler : XmlHandler {
  RunText run;
  std::size_t bytes = 0;
  std::vector<std::string> out;
  Result<void> begin(const std::string& name, const Attributes&) override {
    if (name == "si") run = {};
    run.begin(name);
    return {};
  }
  Result<void> text(std::string_view more) override { return run.add(more); }
  Result<void> end(const std::string& name) override {
    run.end(name);
    if (name != "si") return {};
    bytes += run.text.size();
    if (out.size() == kMaxStrings || bytes > kMaxTexts) return damaged("文字过多", "too much text");
    out.push_back(tidy_cell(unescaped(run.text)));
    return {};
  }
};

// --- sheet -----------------------------------------------------------------------------------------------------------

class SheetHandler : public XmlHandler {
 public:
  explicit SheetHandler(const SheetContext& context) : context_(context) {}
  SheetData out;

  Result<void> begin(const std::string& name, const Attributes& a) override {
    if (name == "col" && is_true(at(a, "hidden"))) return hidden_columns(a);
    if (name == "sheetData") in_data_ = true;
    if (!in_data_) return {};
    if (name == "row") return begin_row(a);
    if (name == "c") return begin_cell(a);
    if (name == "v") value_ = has_value_ = true;
    if (name == "f") formula_ = true;
    run_.begin(name);
    return {};
  }

  Result<void> text(std::string_view more) override {
    if (!value_) return run_.add(more);
    if (raw_.size() + more.size() > 16 * kMaxCell) return damaged("有一格文字过长", "a text is too long");
    raw_ += more;
    return {};
  }

  Result<void> end(const std::string& name) override {
    if (name == "v") value_ = false;
    run_.end(name);
    if (name == "sheetData") in_data_ = false;
    return name == "c" && in_data_ ? end_cell() : Result<void>{};
  }

 private:
  Result<void> hidden_columns(const Attributes& a) {
    std::size_t from = 0;
    std::size_t to = 0;
    if (!parse(at(a, "min"), from) || !parse(at(a, "max"), to) || from == 0) return damaged("列", "columns");
    for (std::size_t c = from; c <= std::min(to, kMaxCells); ++c) out.hidden_columns.push_back(c - 1);
    return {};
  }

  Result<void> begin_row(const Attributes& a) {
    const std::size_t before = out.rows.empty() ? 0 : out.rows.back().number;
    std::size_t number = before + 1;
    if (const std::string& r = at(a, "r"); !r.empty() && !parse(r, number)) return damaged("行号", "a row number");
    if (number <= before || number > kLastRow) return damaged("行号不递增", "row numbers do not ascend");
    out.rows.push_back({number, out.cells.size(), is_true(at(a, "hidden"))});
    column_ = 0;
    return {};
  }

  Result<void> begin_cell(const Attributes& a) {
    if (out.rows.empty()) return damaged("单元格不在行内", "a cell outside of a row");
    std::size_t column = column_ + 1;
    if (const std::string& r = at(a, "r"); !r.empty()) {
      std::size_t letters = 0;
      column = 0;
      while (letters < r.size() && letters < 3 && r[letters] >= 'A' && r[letters] <= 'Z')
        column = column * 26 + static_cast<std::size_t>(r[letters++] - 'A' + 1);
      std::size_t row = 0;
      if (letters == 0 || !parse(std::string_view(r).substr(letters), row) || row != out.rows.back().number)
        return damaged("单元格位置 " + tidy_cell(r.substr(0, 20)), "the place of a cell");
    }
    if (column <= column_ || column > kLastColumn) return damaged("单元格位置不递增", "cells do not ascend");
    column_ = column;
    type_ = at(a, "t");
    style_ = 0;
    if (const std::string& s = at(a, "s"); !s.empty() && !parse(s, style_)) return damaged("样式", "a style");
    raw_.clear();
    run_ = {};
    value_ = has_value_ = formula_ = false;
    return {};
  }

  Result<std::string> number() const {
    double value = 0;
    if (!parse(raw_, value) || !std::isfinite(value))
      return damaged("数字 " + tidy_cell(raw_.substr(0, 40)), "a number");
    const NumberFormat format = style_ < context_.styles.size() ? context_.styles[style_] : NumberFormat{};
    return shown_as(value, format, context_.since_1904);
  }

  Result<std::string> content() const {
    if (type_ == "inlineStr") return tidy_cell(unescaped(run_.text));
    if (!has_value_) return std::string();
    if (type_ == "s") {
      std::size_t index = 0;
      if (!parse(raw_, index) || index >= context_.strings.size()) return damaged("文字编号", "the number of a text");
      return context_.strings[index];
    }
    if (type_ == "str" || type_ == "d") return tidy_cell(unescaped(raw_));
    if (type_ == "e") return tidy_cell(raw_);
    if (type_ == "b") return std::string(is_true(raw_) ? "TRUE" : "FALSE");
    if (!type_.empty() && type_ != "n") return damaged("单元格类型", "the type of a cell");
    return raw_.empty() ? Result<std::string>(std::string()) : number();
  }

  Result<void> end_cell() {
    const std::size_t row = out.rows.back().number;
    TUIXUAN_TRY(text, content());
    CellFlaw flaw = type_ == "e" ? CellFlaw::error : CellFlaw::none;
    if (formula_ && !has_value_ && type_ != "inlineStr") flaw = CellFlaw::no_value;
    if (text.empty() && flaw == CellFlaw::none) return {};
    if (column_ > kMaxCells)
      return refuse(code::table::size, row, column_, "一行超过 600 格", "a row of more than 600 cells");
    if (text.size() > kMaxCell)
      return refuse(code::table::size, row, column_, "一格超过 4096 字节", "a cell of more than 4096 bytes");
    if (out.cells.size() == kMaxCellsHeld || out.texts.size() + text.size() > kMaxTexts)
      return refuse(code::table::size, row, 0, "表格过大，请另存为“CSV UTF-8”",
                    "the sheet is too large: save it as CSV UTF-8");
    out.cells.push_back({static_cast<std::uint32_t>(out.texts.size()), static_cast<std::uint32_t>(text.size()),
                         static_cast<std::uint16_t>(column_ - 1), flaw});
    out.texts += text;
    return {};
  }

  const SheetContext& context_;
  bool in_data_ = false;
  bool value_ = false;
  bool has_value_ = false;
  bool formula_ = false;
  std::size_t column_ = 0;  // from 1; 0: no cell yet
  std::size_t style_ = 0;
  std::string type_;
  std::string raw_;
  RunText run_;
};

}  // namespace

Result<Relations> read_relations(ZipFile& zip, const std::string& part) {
  const std::filesystem::path path(part);
  RelationsHandler handler;
  handler.folder = path.parent_path();
  const std::string name = (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).generic_string();
  if (zip.has(name)) TUIXUAN_CHECK(read_part(zip, name, handler));
  return std::move(handler.out);
}

Result<Book> read_book(ZipFile& zip, const std::string& part) {
  BookHandler handler;
  TUIXUAN_CHECK(read_part(zip, part, handler));
  return std::move(handler.out);
}

Result<std::vector<NumberFormat>> read_styles(ZipFile& zip, const std::string& part) {
  StylesHandler handler;
  TUIXUAN_CHECK(read_part(zip, part, handler));
  return std::move(handler.out);
}

Result<std::vector<std::string>> read_shared_strings(ZipFile& zip, const std::string& part) {
  StringsHandler handler;
  TUIXUAN_CHECK(read_part(zip, part, handler));
  return std::move(handler.out);
}

Result<SheetData> read_sheet(ZipFile& zip, const std::string& part, const SheetContext& context) {
  SheetHandler handler(context);
  TUIXUAN_CHECK(read_part(zip, part, handler));
  return std::move(handler.out);
}

}  // namespace tuixuan::table
