#include "kiosk/flow/roll_search.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "crypto/codes/kiosk.h"

namespace tuixuan::kiosk {

// The text is valid UTF-8: names of the scheme, or a dictionary whose odd lines are passed over.
static std::u32string characters(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t c = n == 1 ? lead : lead & (0xffU >> (n + 1));
    for (std::size_t k = 1; k < n && i + k < text.size(); ++k)
      c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3fU);
    out += c;
    i += n;
  }
  return out;
}

Result<PinyinTable> PinyinTable::load(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(code::pinyin::file, file + " cannot be read; it is in Debian's package rime-data-pinyin-simp");
  std::ostringstream text;
  if (!(text << in.rdbuf())) return fail(code::pinyin::file, file + " cannot be read");
  return parse(text.str());
}

Result<PinyinTable> PinyinTable::parse(std::string_view dictionary) {
  PinyinTable out;
  while (!dictionary.empty()) {
    const auto end = std::min(dictionary.find('\n'), dictionary.size());
    const std::string_view line = dictionary.substr(0, end);
    dictionary.remove_prefix(std::min(end + 1, dictionary.size()));
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    const std::u32string character = characters(line.substr(0, tab));
    const std::string_view reading = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
    const bool plain = std::all_of(reading.begin(), reading.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (character.size() != 1 || reading.empty() || !plain) continue;
    out.readings_[character[0]].emplace_back(reading);
  }
  if (out.readings_.empty()) return fail(code::pinyin::file, "there are no readings in the dictionary");
  return out;
}

const std::vector<std::string>& PinyinTable::readings(char32_t c) const {
  static const std::vector<std::string> kNone;
  const auto found = readings_.find(c);
  return found == readings_.end() ? kNone : found->second;
}

static std::string surname_of(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kCompound{"欧阳", "上官", "司马", "诸葛", "东方", "皇甫",
                                                              "尉迟", "公孙", "慕容", "长孙", "宇文", "司徒",
                                                              "令狐", "夏侯", "端木", "南宫"};
  for (const std::string_view s : kCompound)
    if (name.starts_with(s) && name.size() > s.size()) return std::string(s);
  const auto lead = static_cast<unsigned char>(name.empty() ? 0 : name[0]);
  return std::string(name.substr(0, lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4));
}

RollSearch::RollSearch(std::vector<tally::Candidate> roll, const PinyinTable& pinyin,
                       const tally::StrokeTable& strokes) {
  std::vector<std::string> names;
  std::multimap<std::string, tally::Candidate> people;
  for (tally::Candidate& c : roll) {
    names.push_back(c.name);
    people.emplace(names.back(), std::move(c));
  }
  (void)strokes.sort(names);
  for (const std::string& name : names) {
    shared_.push_back(people.count(name) > 1 || (!roll_.empty() && roll_.back().name == name));
    const auto next = people.find(name);
    roll_.push_back(std::move(next->second));
    people.erase(next);
    Key key{{}, {}, surname_of(name)};
    for (const char32_t c : characters(name)) {
      if (c == U'·' || c == U' ') continue;
      key.readings.push_back(pinyin.readings(c));
      if (c < 0x80) key.readings.back().emplace_back(1, static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
      if (const auto s = strokes.strokes(c)) key.strokes += *s;
    }
    keys_.push_back(std::move(key));
  }
}

// Whether the query is spelled by characters from `at` on: each gives a whole reading or its initial; the last one any
// beginning of a reading.
static bool spelled(std::string_view query, const std::vector<std::vector<std::string>>& readings, std::size_t at) {
  if (query.empty()) return true;
  if (at == readings.size()) return false;
  for (const std::string& reading : readings[at]) {
    std::size_t common = 0;
    while (common < std::min(query.size(), reading.size()) && query[common] == reading[common]) ++common;
    if (common == query.size()) return true;
    if (common == reading.size() && spelled(query.substr(common), readings, at + 1)) return true;
    if (common >= 1 && spelled(query.substr(1), readings, at + 1)) return true;
    if (common >= 2 && reading[1] == 'h' && spelled(query.substr(2), readings, at + 1)) return true;  // zh ch sh
  }
  return false;
}

std::vector<std::size_t> RollSearch::find(std::string_view query) const {
  std::vector<std::size_t> out;
  const bool letters = !query.empty() && query[0] >= 'a' && query[0] <= 'z';
  const bool digits = !query.empty() && query[0] >= '1' && query[0] <= '5';
  for (std::size_t i = 0; i < roll_.size(); ++i) {
    const bool found = letters  ? spelled(query, keys_[i].readings, 0)
                       : digits ? keys_[i].strokes.starts_with(query)
                                : roll_[i].name.starts_with(query);
    if (found) out.push_back(i);
  }
  return out;
}

std::vector<Surname> RollSearch::surnames() const {
  std::vector<Surname> out;
  for (const Key& key : keys_) {
    const auto found = std::find_if(out.begin(), out.end(), [&](const Surname& s) { return s.name == key.surname; });
    if (found == out.end()) {
      out.push_back({key.surname, 1});
    } else {
      ++found->people;
    }
  }
  return out;
}

}  // namespace tuixuan::kiosk
