// Where the bytes of a table come from, and how a refusal names a place in it: row and column as a spreadsheet shows
// them, row 7, column C (第 7 行 C 列).
#pragma once

#include <functional>
#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan::table {

// Fills the buffer, gives the number of bytes; 0 at the end.
using Source = std::function<Result<std::size_t>(std::span<char>)>;
Source text_source(std::string text);  // of a text in memory

std::string column_letters(std::size_t column);  // 1 is A, 27 is AA

// A refusal with its place. Column 0: the whole row; row 0: the whole table.
[[nodiscard]] tl::unexpected<Error> refuse(Code check, std::size_t row, std::size_t column, const std::string& zh,
                                           const std::string& en);

}  // namespace tuixuan::table
