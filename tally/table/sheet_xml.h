// The parts of a workbook that Workbook puts together (workbook.h), each from its XML.
#pragma once

#include "tally/table/number_format.h"
#include "tally/table/row.h"
#include "tally/table/workbook.h"
#include "tally/table/zip.h"

namespace tuixuan::table {

struct Relation {
  std::string type;  // its last word: worksheet, sharedStrings, styles, officeDocument
  std::string target;
};
using Relations = std::map<std::string, Relation>;  // by id
// Of a part; none if it has none. Targets are names of parts.
[[nodiscard]] Result<Relations> read_relations(ZipFile&, const std::string& part);

struct Sheet {
  SheetName name;
  std::string relation;
};
struct Book {
  std::vector<Sheet> sheets;
  bool since_1904 = false;
};
[[nodiscard]] Result<Book> read_book(ZipFile&, const std::string& part);
[[nodiscard]] Result<std::vector<NumberFormat>> read_styles(ZipFile&, const std::string& part);
[[nodiscard]] Result<std::vector<std::string>> read_shared_strings(ZipFile&, const std::string& part);

enum class CellFlaw : std::uint8_t { none, error, no_value };
struct SheetCell {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  std::uint16_t column = 0;  // from 0
  CellFlaw flaw = CellFlaw::none;
};
struct SheetRow {
  std::size_t number = 0;
  std::size_t first = 0;  // of its cells
  bool hidden = false;
};
struct SheetData {
  std::vector<SheetRow> rows;
  std::vector<SheetCell> cells;  // those that hold something
  std::string texts;
  std::vector<std::size_t> hidden_columns;
};
struct SheetContext {
  const std::vector<std::string>& strings;
  const std::vector<NumberFormat>& styles;
  bool since_1904 = false;
};
[[nodiscard]] Result<SheetData> read_sheet(ZipFile&, const std::string& part, const SheetContext&);

}  // namespace tuixuan::table
