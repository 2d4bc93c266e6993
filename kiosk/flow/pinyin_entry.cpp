#include "kiosk/flow/pinyin_entry.h"

#include <googlepinyin/pinyinime.h>

#include <algorithm>

#include "crypto/codes/kiosk.h"
#include "crypto/primitives/secret.h"

namespace tuixuan::kiosk {

using namespace ime_pinyin;

static void wipe_text(std::string& text) {
  text.resize(text.capacity());
  primitives::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  text.clear();
}

Result<std::unique_ptr<PinyinEntry>> PinyinEntry::open(const std::string& dictionary) {
  // A user dictionary that cannot exist: the engine then works without one.
  if (!im_open_decoder(dictionary.c_str(), "/dev/null/none"))
    return fail(code::pinyin::engine, "the pinyin dictionary " + dictionary + " cannot be opened");
  im_set_max_lens(kMaxLetters, kMaxLetters);
  return std::unique_ptr<PinyinEntry>(new PinyinEntry);
}

PinyinEntry::~PinyinEntry() {
  clear();
  im_close_decoder();
}

static std::string utf8_of(const char16* text, std::size_t& characters) {
  std::string out;
  for (characters = 0; text[characters] != 0; ++characters) {
    const unsigned c = text[characters];
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xc0 | (c >> 6));
      out += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      out += static_cast<char>(0xe0 | (c >> 12));
      out += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
      out += static_cast<char>(0x80 | (c & 0x3f));
    }
  }
  return out;
}

static constexpr std::size_t kMaxWord = 64;

void PinyinEntry::search() {
  for (std::string& c : candidates_) wipe_text(c);
  candidates_.clear();
  im_reset_search();
  if (spelling_.empty()) return;
  const std::size_t n = std::min(im_search(spelling_.c_str(), spelling_.size()), kMaxCandidates);
  char16 word[kMaxWord] = {};
  std::size_t characters = 0;
  for (std::size_t i = 0; i < n; ++i)
    if (im_get_candidate(i, word, kMaxWord) != nullptr) candidates_.push_back(utf8_of(word, characters));
  primitives::wipe({reinterpret_cast<std::uint8_t*>(word), sizeof word});
}

void PinyinEntry::type(char letter) {
  if (letter < 'a' || letter > 'z' || spelling_.size() >= kMaxLetters) return;
  spelling_ += letter;
  search();
}

void PinyinEntry::choose(std::size_t candidate) {
  if (candidate >= candidates_.size()) return;
  char16 word[kMaxWord] = {};
  std::size_t characters = 0;
  if (im_get_candidate(candidate, word, kMaxWord) == nullptr) return;
  text_ += utf8_of(word, characters);
  const uint16* starts = nullptr;
  const std::size_t syllables = im_get_spl_start_pos(starts);
  const std::size_t used = characters < syllables ? starts[characters] : spelling_.size();
  primitives::wipe({reinterpret_cast<std::uint8_t*>(word), sizeof word});
  spelling_.erase(0, std::min(used, spelling_.size()));
  search();
}

void PinyinEntry::append(std::string_view plain) {
  text_ += plain;
  wipe_text(spelling_);
  search();
}

void PinyinEntry::erase() {
  if (!spelling_.empty()) {
    spelling_.pop_back();
    search();
    return;
  }
  while (!text_.empty()) {
    const auto c = static_cast<unsigned char>(text_.back());
    text_.pop_back();
    if ((c & 0xc0U) != 0x80U) break;
  }
}

void PinyinEntry::clear() {
  wipe_text(text_);
  wipe_text(spelling_);
  for (std::string& c : candidates_) wipe_text(c);
  candidates_.clear();
  im_cancel_input();
  im_reset_search();
}

}  // namespace tuixuan::kiosk
