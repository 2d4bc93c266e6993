// A table from a spreadsheet, read as a stream: RFC 4180 with commas, semicolons or tabs; UTF-8 with or without its
// mark, or GB18030, which the first 64 KiB tell apart. Strict: a quote in the wrong place, a control character, a byte
// that is no character is refused with line and column, nothing is guessed. Bounded: 600 cells of 4 KiB in a row,
// whatever the length of the file.
#pragma once

#include <functional>
#include <memory>

#include "crypto/base/bytes.h"

namespace tuixuan::paper {

// Fills the buffer, gives the number of bytes; 0 at the end.
using Source = std::function<Result<std::size_t>(std::span<char>)>;
Source text_source(std::string text);  // of a text in memory
enum class Encoding { utf8, gb18030 };

inline constexpr std::size_t kMaxCells = 600;
inline constexpr std::size_t kMaxCell = 4096;

// A refusal with its place. Column 0: the whole line.
[[nodiscard]] tl::unexpected<Error> refuse(Code check, std::size_t line, std::size_t column, const std::string& zh,
                                           const std::string& en);

class CsvReader {
 public:
  explicit CsvReader(Source);
  ~CsvReader();
  CsvReader(CsvReader&&) noexcept;
  CsvReader& operator=(CsvReader&&) = delete;

  // The next row that is not empty, in UTF-8 without white space around the cells; false at the end. Rows reuse the
  // memory of `cells`. Errors: "csv.workbook", "csv.encoding", "csv.quote", "csv.control", "csv.size"; those of the
  // source.
  [[nodiscard]] Result<bool> next(std::vector<std::string>& cells);
  std::size_t line() const;  // on which that row begins, from 1
  Encoding encoding() const;
  char separator() const;  // as the first row tells

 private:
  struct State;
  std::unique_ptr<State> s_;
};

}  // namespace tuixuan::paper
