#include "tally/names/strokes.h"

#include <utf8proc.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "crypto/codes/documents.h"

namespace tuixuan::tally {

// The characters that decide: without the middle dots, white space and everything in brackets.
static std::u32string characters(std::string_view name) {
  std::u32string out;
  unsigned depth = 0;
  while (!name.empty()) {
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(name.data()),
                                                static_cast<utf8proc_ssize_t>(name.size()), &c);
    if (n <= 0) break;  // names are UTF-8 (names.h)
    name.remove_prefix(static_cast<std::size_t>(n));
    if (c == U'（' || c == U'(') {
      ++depth;
    } else if (c == U'）' || c == U')') {
      depth = depth == 0 ? 0 : depth - 1;
    } else if (depth == 0 && c != U'·' && c != U'•' && c != U'‧' && c != U'・' && c != U' ' && c != U'\u3000') {
      out.push_back(static_cast<char32_t>(c));
    }
  }
  return out;
}

static std::string utf8(char32_t c) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(n)};
}

Result<StrokeTable> StrokeTable::load(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(code::strokes::file, file + " cannot be read; install the package rime-data-stroke");
  std::ostringstream text;
  if (!(text << in.rdbuf())) return fail(code::strokes::file, file + " cannot be read");
  return parse(text.str());
}

Result<StrokeTable> StrokeTable::parse(std::string_view dictionary) {
  StrokeTable out;
  while (!dictionary.empty()) {
    const std::size_t end = std::min(dictionary.find('\n'), dictionary.size());
    const std::string_view line = dictionary.substr(0, end);
    dictionary.remove_prefix(std::min(end + 1, dictionary.size()));
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    utf8proc_int32_t c = 0;
    const utf8proc_ssize_t n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(line.data()),
                                                static_cast<utf8proc_ssize_t>(tab), &c);
    if (n <= 0 || static_cast<std::size_t>(n) != tab) continue;
    std::string digits;
    for (std::size_t i = tab + 1; i < line.size(); ++i) {
      const std::size_t place = std::string_view("hspnz").find(line[i]);
      if (place == std::string_view::npos) break;
      digits += static_cast<char>('1' + place);
    }
    if (!digits.empty()) out.strokes_.insert_or_assign(static_cast<char32_t>(c), std::move(digits));
  }
  if (out.strokes_.empty()) return fail(code::strokes::file, "no character with its strokes is in this dictionary");
  return out;
}

std::optional<std::string_view> StrokeTable::strokes(char32_t c) const {
  const auto it = strokes_.find(c);
  if (it == strokes_.end()) return std::nullopt;
  return it->second;
}

static int sign(std::size_t a, std::size_t b) { return a == b ? 0 : a < b ? -1 : 1; }

static int compare_characters(const StrokeTable& table, char32_t a, char32_t b) {
  if (a == b) return 0;
  const auto sa = table.strokes(a);
  const auto sb = table.strokes(b);
  if (!sa || !sb) return sa ? -1 : sb ? 1 : sign(a, b);
  if (sa->size() != sb->size()) return sign(sa->size(), sb->size());
  const int order = sa->compare(*sb);
  return order != 0 ? order : sign(a, b);
}

int StrokeTable::compare(std::string_view a, std::string_view b) const {
  const std::u32string x = characters(a);
  const std::u32string y = characters(b);
  if (x.empty() || y.empty()) return sign(x.size(), y.size());
  if (const int surname = compare_characters(*this, x[0], y[0]); surname != 0) return surname;
  if ((x.size() <= 2) != (y.size() <= 2)) return x.size() <= 2 ? -1 : 1;
  for (std::size_t i = 1; i < std::min(x.size(), y.size()); ++i)
    if (const int order = compare_characters(*this, x[i], y[i]); order != 0) return order;
  return sign(x.size(), y.size());
}

std::vector<std::string> StrokeTable::sort(std::vector<std::string>& names) const {
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return compare(a, b) < 0; });
  std::vector<std::string> unknown;
  for (const std::string& name : names)
    for (const char32_t c : characters(name))
      if (!strokes(c) && std::find(unknown.begin(), unknown.end(), utf8(c)) == unknown.end())
        unknown.push_back(utf8(c));
  return unknown;
}

std::string StrokeTable::explain(std::string_view name) const {
  std::string out;
  for (const char32_t c : characters(name)) {
    const auto s = strokes(c);
    if (!out.empty()) out += "，";
    out += utf8(c) + " " + (s ? std::to_string(s->size()) + " 画 " + std::string(*s) : "未收录");
  }
  return out;
}

}  // namespace tuixuan::tally
