// One sheet of an XLSX workbook (ECMA-376), in both of its namespaces: texts shared or in place, with their runs of
// fonts and without their readings; formulas by the value that was computed; numbers as they are shown
// (number_format.h); truth values; errors as flaws of their cells. Row numbers ascend, rows that are not in the file
// are not given. Bounded: 2 million cells that hold something, 128 MiB of text, 600 columns, 500 sheets. What is no
// XLSX (.xls, .ods, .xlsb, encrypted, a text document) is refused with the advice to save it as XLSX or CSV.
#pragma once

#include <memory>

#include "tally/table/row.h"
#include "tally/table/source.h"

namespace tuixuan::table {

struct SheetName {
  std::string name;
  bool hidden = false;
};

class Workbook {
 public:
  // `wanted`: a sheet by its name; empty: the first that is not hidden and holds something. Errors: "table.workbook",
  // "table.sheet", "table.size".
  [[nodiscard]] static Result<Workbook> open(std::string bytes, const std::string& wanted);
  ~Workbook();
  Workbook(Workbook&&) noexcept;
  Workbook& operator=(Workbook&&) noexcept;

  bool next(Row&);  // false at the end
  const std::string& sheet() const;
  const std::vector<SheetName>& sheets() const;
  const std::vector<std::size_t>& hidden_columns() const;  // from 0, within the columns that hold something

 private:
  struct State;
  explicit Workbook(std::unique_ptr<State>);
  std::unique_ptr<State> s_;
};

// Whether these first bytes are of a workbook of any kind, or of another file that is no text.
bool is_workbook(std::string_view first);

}  // namespace tuixuan::table
