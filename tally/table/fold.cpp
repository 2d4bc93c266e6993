#include "tally/table/fold.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace tuixuan::table {

namespace {

enum class Kind { letter, space, line_break, invisible };

Kind kind_of(utf8proc_int32_t c) {
  if (c == '\n' || c == '\r' || c == 0x85 || c == 0x0b || c == 0x0c) return Kind::line_break;
  if (c == '\t') return Kind::space;
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_ZS:
      return Kind::space;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return Kind::line_break;
    case UTF8PROC_CATEGORY_CF:
      return Kind::invisible;
    default:
      // Hangul fillers and the Braille blank look like spaces, too.
      return c == 0x3164 || c == 0x2800 || c == 0x115f || c == 0x1160 ? Kind::space : Kind::letter;
  }
}

struct Character {
  std::string_view bytes;
  Kind kind;
};

// Nothing if it is not UTF-8.
std::vector<Character> split(std::string_view text, bool& well) {
  std::vector<Character> out;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t i = 0; i < text.size();) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t n = utf8proc_iterate(at + i, static_cast<utf8proc_ssize_t>(text.size() - i), &c);
    if (n <= 0) {
      well = false;
      return {};
    }
    out.push_back({text.substr(i, static_cast<std::size_t>(n)), kind_of(c)});
    i += static_cast<std::size_t>(n);
  }
  return out;
}

// Whether nothing in it can be a space or invisible but an ASCII space inside: most cells, told by a look at the bytes.
bool plain(std::string_view cell) {
  if (cell.empty()) return true;
  if (cell.front() == ' ' || cell.back() == ' ') return false;
  const auto byte = [&](std::size_t i) { return i < cell.size() ? static_cast<unsigned char>(cell[i]) : 0U; };
  for (std::size_t i = 0; i < cell.size(); ++i) {
    const unsigned c = byte(i);
    if (c < 0x20) return false;
    if (c < 0xc2) continue;
    if (c == 0xc2 && (byte(i + 1) < 0xa1 || byte(i + 1) == 0xad)) return false;
    if (c == 0xe2 && (byte(i + 1) <= 0x81 || byte(i + 1) == 0xa0)) return false;  // U+2000 to U+207F, U+2800
    if (c == 0xe3 && ((byte(i + 1) == 0x80 && byte(i + 2) == 0x80) || byte(i + 1) == 0x85)) return false;
    if (c == 0xe1 || c == 0xef || c >= 0xf0 || (c >= 0xd8 && c <= 0xdc)) return false;
  }
  return true;
}

}  // namespace

std::string tidy_cell(std::string_view cell) {
  if (plain(cell)) return std::string(cell);
  bool well = true;
  const std::vector<Character> all = split(cell, well);
  if (!well) return std::string(cell);
  std::string out;
  std::string gap;  // spaces since the last letter
  bool broken = false;
  for (const Character& c : all) {
    if (c.kind == Kind::invisible) continue;
    if (c.kind == Kind::letter) {
      if (!out.empty()) out += broken ? " " : gap;
      out += c.bytes;
      gap.clear();
      broken = false;
      continue;
    }
    gap += c.bytes;
    broken = broken || c.kind == Kind::line_break;
  }
  return out;
}

void tidy_in_place(std::string& cell) {
  if (!plain(cell)) cell = tidy_cell(cell);
}

std::string fold(std::string_view cell) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
  const utf8proc_ssize_t n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(cell.data()),
                                          static_cast<utf8proc_ssize_t>(cell.size()), &mapped, options);
  if (n < 0) return std::string(cell);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(mapped, &std::free);
  const std::string_view text(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(n));
  bool well = true;
  std::string out;
  for (const Character& c : split(text, well))
    if (c.kind == Kind::letter) out += c.bytes;
  return well ? out : std::string(cell);
}

std::string fold_heading(std::string_view cell) {
  std::string out = fold(cell);
  while (out.starts_with('*')) out.erase(0, 1);
  while (out.ends_with('*') || out.ends_with(':')) out.pop_back();
  const auto open = out.rfind('(');
  if (open != std::string::npos && open > 0 && out.ends_with(')')) out.erase(open);
  return out;
}

std::vector<std::string> characters_of(std::string_view text) {
  bool well = true;
  std::vector<std::string> out;
  for (const Character& c : split(text, well)) out.emplace_back(c.bytes);
  if (!well)
    for (const char c : text) out.emplace_back(1, c);
  return out;
}

bool alike(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty() || a == b) return false;
  const auto left = characters_of(a);
  const auto right = characters_of(b);
  if (left.size() >= 2 && right.size() >= 2 &&
      (a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos))
    return true;
  if (left.size() != right.size() || left.size() < 3) return false;
  std::size_t different = 0;
  for (std::size_t i = 0; i < left.size(); ++i) different += left[i] != right[i] ? 1 : 0;
  return different == 1;
}

}  // namespace tuixuan::table
