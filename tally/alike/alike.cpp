#include "tally/alike/alike.h"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "crypto/codes/client.h"
#include "tally/names/names.h"

namespace tuixuan::alike {

namespace {

using Transliterator = std::unique_ptr<icu::Transliterator>;

Result<Transliterator> open(const char* id) {
  UErrorCode error = U_ZERO_ERROR;
  Transliterator out(icu::Transliterator::createInstance(icu::UnicodeString(id), UTRANS_FORWARD, error));
  if (U_FAILURE(error) != 0 || out == nullptr)
    return fail(code::alike::tables, std::string("缺少 ICU 的字表 / the tables of ICU are not there: ") + id);
  return out;
}

std::string transliterated(const icu::Transliterator& t, const std::string& text) {
  icu::UnicodeString copy = icu::UnicodeString::fromUTF8(text);
  t.transliterate(copy);
  std::string out;
  copy.toUTF8String(out);
  return out;
}

// Groups of names with one key that are not all in one group already.
void add_groups(const std::map<std::string, std::vector<std::string>>& by_key, Likeness how,
                std::set<std::set<std::string>>& known, std::vector<Group>& out) {
  for (const auto& [key, names] : by_key) {
    if (names.size() < 2) continue;
    const std::set<std::string> all(names.begin(), names.end());
    const bool within = std::any_of(known.begin(), known.end(), [&](const auto& k) {
      return std::includes(k.begin(), k.end(), all.begin(), all.end());
    });
    if (within) continue;
    known.insert(all);
    out.push_back({how, names});
  }
}

}  // namespace

std::string_view words(Likeness by) {
  switch (by) {
    case Likeness::spelling:
      return "空格、全半角或间隔点不同 / spaces, width or dots differ";
    case Likeness::variant:
      return "异体或繁简不同 / variant characters";
    case Likeness::sound:
      return "读音相同 / sound alike";
  }
  return "";
}

Result<std::vector<Group>> groups_of(const std::vector<std::string>& names, bool sound) {
  TUIXUAN_TRY(simplify, open("Hant-Hans"));
  std::map<std::string, std::vector<std::string>> by_spelling;
  std::map<std::string, std::vector<std::string>> by_variant;
  std::map<std::string, std::vector<std::string>> by_sound;
  Transliterator latin;
  if (sound) {
    TUIXUAN_TRY(opened, open("Han-Latin; Latin-ASCII; Lower"));
    latin = std::move(opened);
  }
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!seen.insert(name).second) continue;
    const std::string key = tally::spelling_key(name);
    const std::string simple = transliterated(*simplify, key);
    by_spelling[key].push_back(name);
    by_variant[simple].push_back(name);
    if (!sound) continue;
    std::string heard = transliterated(*latin, simple);
    std::erase(heard, ' ');
    by_sound[heard].push_back(name);
  }
  std::vector<Group> out;
  std::set<std::set<std::string>> known;
  add_groups(by_spelling, Likeness::spelling, known, out);
  add_groups(by_variant, Likeness::variant, known, out);
  add_groups(by_sound, Likeness::sound, known, out);
  return out;
}

}  // namespace tuixuan::alike
