// The reader of tables: any file is refused with a named check, or gives records that fit their heading, with rows that
// ascend and text that is UTF-8; the reading report counts them. Input: a file; or, beginning with <, the inside of a
// sheet of an otherwise good workbook, since a damaged zip hides its parts behind their checksums.
#include "crypto/base/reader.h"
#include "crypto/codes/documents.h"
#include "tally/table/decode.h"
#include "tally/table/headings.h"
#include "tests/fuzz/check.h"
#include "tests/support/workbook_kit.h"

using namespace tuixuan;

namespace {

void records(const std::string& bytes, table::BlankRows blank, table::SumRows sums, table::OtherColumns others) {
  table::Table rows(table::text_source(bytes));
  static const std::vector<table::Heading> kHeadings{{"姓名", {"name"}, "姓名", true, true},
                                                     {"到会", {"came"}, "到会", false, false}};
  const auto columns = table::find_columns(rows, kHeadings, others, blank, sums, code::paper::column);
  if (!columns) return fuzz::require(columns.error().check != Code(), "a refusal names its check");
  std::size_t before = 0;
  std::size_t n = 0;
  for (;;) {
    const auto more = rows.record();
    if (!more) return fuzz::require(more.error().check != Code(), "a refusal names its check");
    if (!*more) break;
    fuzz::require(rows.row() > before, "rows ascend");
    fuzz::require(rows.cells().size() == rows.headings().size(), "a record fits its heading");
    before = rows.row();
    n += rows.sum() ? 0 : 1;
    for (const std::string& cell : rows.cells()) {
      fuzz::require(is_utf8(cell), "cells are UTF-8");
      table::came_of(cell);
      table::void_of(cell);
    }
  }
  fuzz::require(n == rows.reading().records, "the report counts the records");
  fuzz::require(is_utf8(table::to_text(rows.reading())), "the report is UTF-8");
}

void read(const std::string& bytes) {
  records(bytes, table::BlankRows::noted, table::SumRows::rows_counted, table::OtherColumns::not_read);
  records(bytes, table::BlankRows::records, table::SumRows::given, table::OtherColumns::refused);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(as_text({data, size}));
  if (text.starts_with('<')) {
    kit::SmallBook book;
    book.sheets = {{"\"a\"", text}};
    book.strings = "<si><t>姓名</t></si><si><r><t>张</t></r><r><t>伟</t></r></si>";
    book.styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"49\"/></cellXfs>";
    read(kit::zip_of(book.parts(), nullptr, true));
  } else {
    read(text);
  }
  const auto decoded = table::decode_text({data, size});
  fuzz::require(decoded ? is_utf8(*decoded) : decoded.error().check != Code(), "text is UTF-8, or refused by name");
  return 0;
}
