// A table as text, read as a stream: RFC 4180 with commas, semicolons or tabs, in any encoding of decode.h. Strict: a
// quote in the wrong place, a control character, a byte that is no character is refused with its place, nothing is
// guessed. Bounded: 600 cells of 4 KiB in a row, whatever the length of the file. Rows are counted as a spreadsheet
// counts them: a row whose cell holds a line break is one row.
#pragma once

#include "tally/table/decode.h"
#include "tally/table/row.h"

namespace tuixuan::table {

class CsvReader {
 public:
  // Reads `first` before the source.
  CsvReader(std::string first, Source);
  ~CsvReader();
  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) = delete;

  // The next row, also a blank one; false at the end. Rows reuse the memory of the row given. Errors:
  // "table.encoding", "table.quote", "table.control", "table.size"; those of the source.
  [[nodiscard]] Result<bool> next(Row&);
  Encoding encoding() const;
  char separator() const;  // the one that most of the first rows have

 private:
  struct State;
  std::unique_ptr<State> s_;
};

}  // namespace tuixuan::table
