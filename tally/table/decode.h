// The bytes of a text file as UTF-8: UTF-8 with or without its mark, UTF-16 with its mark, GB18030; told apart by the
// mark, or else by whether the beginning is UTF-8. Strict: a byte that is no character is refused, nothing is replaced.
#pragma once

#include <memory>

#include "tally/table/source.h"

namespace tuixuan::table {

enum class Encoding { utf8, gb18030, utf16_little, utf16_big };
std::string name_of(Encoding);

// Of the first bytes of a file. `whole`: nothing follows them. Errors: "table.encoding": UTF-32, or UTF-16 without its
// mark; advice is to save the file as CSV UTF-8.
[[nodiscard]] Result<Encoding> encoding_of(std::string_view first, bool whole);

// From one encoding to UTF-8, in pieces.
class Converter {
 public:
  explicit Converter(Encoding);
  ~Converter();
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // Takes what it can from `in`, leaving a character cut short; false at a byte that is no character.
  bool convert(std::string& in, std::string& out);

 private:
  void* cd_ = nullptr;  // none for UTF-8
};

// A whole file of lines, without its mark, its line ends as "\n". Errors: "table.encoding" with the line,
// "table.control".
[[nodiscard]] Result<std::string> decode_text(ByteView file);

}  // namespace tuixuan::table
