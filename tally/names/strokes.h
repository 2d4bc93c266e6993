// Order of names by surname strokes (姓氏笔画): fewer strokes of the first character first; then stroke by stroke in
// the classes 横 竖 撇 点 折; within one first character the single-character given names first, then the next
// characters by the same rule. The middle dot and everything in brackets are passed over. Compound and minority
// surnames go by their first character. Equal names stay as they were.
//
// The strokes come from a dictionary file in the format of Rime: lines "character TAB letters", letters h s p n z for
// the five classes; of several lines for a character the last counts: there the hooked upright stroke is an upright.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crypto/base/bytes.h"

namespace tuixuan::tally {

// Where Debian's rime-data-stroke puts it.
inline constexpr const char* kStrokeFile = "/usr/share/rime-data/stroke.dict.yaml";

class StrokeTable {
 public:
  // Errors: "strokes.file": not there, or without characters.
  [[nodiscard]] static Result<StrokeTable> load(const std::string& file = kStrokeFile);
  [[nodiscard]] static Result<StrokeTable> parse(std::string_view dictionary);

  // Classes of the strokes as digits 1 to 5, in the order of writing; nothing for a character it does not know.
  std::optional<std::string_view> strokes(char32_t) const;

  // Sorts. Characters that are not in the table come after all others, by code point; they are returned so that
  // somebody looks at their place.
  std::vector<std::string> sort(std::vector<std::string>& names) const;
  // Negative, 0 or positive.
  int compare(std::string_view a, std::string_view b) const;
  // "王 4 画 1121, 建 8 画 ...": for people to check a place.
  std::string explain(std::string_view name) const;

 private:
  std::unordered_map<char32_t, std::string> strokes_;
};

}  // namespace tuixuan::tally
