// A name typed in pinyin, character by character, over libgooglepinyin and its dictionary. There is no user dictionary
// and nothing is learned: each entry opens the engine anew, so that no voter's candidates depend on what another typed
// (a test shows it). Only one entry at a time; the engine is one for the program. Error "pinyin.engine".
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "crypto/base/result.h"

namespace tuixuan::kiosk {

class PinyinEntry {
 public:
  static constexpr const char* kDictionary = TUIXUAN_PINYIN_DICTIONARY;  // where Debian puts it
  static constexpr std::size_t kMaxLetters = 30;
  static constexpr std::size_t kMaxCandidates = 60;

  [[nodiscard]] static Result<std::unique_ptr<PinyinEntry>> open(const std::string& dictionary = kDictionary);
  ~PinyinEntry();
  PinyinEntry(const PinyinEntry&) = delete;
  PinyinEntry& operator=(const PinyinEntry&) = delete;

  const std::string& text() const { return text_; }          // chosen so far
  const std::string& spelling() const { return spelling_; }  // letters that wait for a choice
  const std::vector<std::string>& candidates() const { return candidates_; }

  void type(char letter);               // a to z
  void choose(std::size_t candidate);   // takes as many syllables as it has characters
  void append(std::string_view plain);  // a letter or sign as it is: · or a foreign name
  void erase();                         // the last letter; without letters, the last character
  void clear();

 private:
  PinyinEntry() = default;
  void search();
  std::string text_;
  std::string spelling_;
  std::vector<std::string> candidates_;
};

}  // namespace tuixuan::kiosk
