#include "tally/table/source.h"

#include <algorithm>

namespace tuixuan::table {

Source text_source(std::string text) {
  return [text = std::move(text), at = std::size_t{0}](std::span<char> to) mutable -> Result<std::size_t> {
    const std::size_t n = std::min(to.size(), text.size() - at);
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), n, to.begin());
    at += n;
    return n;
  };
}

std::string column_letters(std::size_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

tl::unexpected<Error> refuse(Code check, std::size_t row, std::size_t column, const std::string& zh,
                             const std::string& en) {
  if (row == 0) return fail(check, zh + " / " + en);
  std::string zh_place = "第 " + std::to_string(row) + " 行";
  std::string en_place = "row " + std::to_string(row);
  if (column > 0) {
    zh_place += " " + column_letters(column) + " 列";
    en_place += ", column " + column_letters(column);
  }
  return fail(check, zh_place + "：" + zh + " / " + en_place + ": " + en);
}

}  // namespace tuixuan::table
