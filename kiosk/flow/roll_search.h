// Finds people on a roll by what a voter can type with few keys: the initials of the name (wxm), the whole pinyin
// (wangxiaoming) or a mixture (wangxm), every reading of a character counting (曾: zeng and ceng; 单: shan and dan);
// the strokes of the name as digits 1 to 5 (横竖撇点折); or from a list of surnames. The order is that of the roll by
// strokes. Pure; no voter's search changes another's.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/names/strokes.h"

namespace tuixuan::kiosk {

// Readings of single characters, from a dictionary in the format of Rime: lines "character TAB pinyin TAB weight".
class PinyinTable {
 public:
  static constexpr const char* kFile = "/usr/share/rime-data/pinyin_simp.dict.yaml";
  // Error "pinyin.file".
  [[nodiscard]] static Result<PinyinTable> load(const std::string& file = kFile);
  [[nodiscard]] static Result<PinyinTable> parse(std::string_view dictionary);
  const std::vector<std::string>& readings(char32_t) const;

 private:
  std::unordered_map<char32_t, std::vector<std::string>> readings_;
};

struct Surname {
  std::string name;
  std::size_t people = 0;
};

class RollSearch {
 public:
  RollSearch(std::vector<tally::Candidate> roll, const PinyinTable& pinyin, const tally::StrokeTable& strokes);

  const std::vector<tally::Candidate>& roll() const { return roll_; }  // in the order of strokes
  // Places on the roll; all of it for an empty query. Letters, digits 1 to 5, or Chinese characters (a beginning).
  std::vector<std::size_t> find(std::string_view query) const;
  std::vector<Surname> surnames() const;  // in the order of strokes
  // Whether the name stands on the roll more than once, so that the note must be shown to tell them apart.
  bool is_shared(std::size_t place) const { return shared_[place]; }

 private:
  struct Key {
    std::vector<std::vector<std::string>> readings;  // by character
    std::string strokes;
    std::string surname;
  };
  std::vector<tally::Candidate> roll_;
  std::vector<Key> keys_;
  std::vector<bool> shared_;
};

}  // namespace tuixuan::kiosk
