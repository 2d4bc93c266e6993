// Names that are written differently and are perhaps one person: by spaces, width and dots (tally/names), by variant
// and traditional characters, by sound. For people to look at: nothing is merged here.
//
// Variants and readings are those of ICU's transliterators Hant-Hans and Han-Latin, one reading a character.
#pragma once

#include <string>
#include <vector>

#include "crypto/base/bytes.h"

namespace tuixuan::alike {

enum class Likeness { spelling, variant, sound };
std::string_view words(Likeness);  // Chinese and English

struct Group {
  Likeness by = Likeness::spelling;  // the weakest that joins them
  std::vector<std::string> names;    // two or more, different, in the order given
};

// Every group by spelling and variants, and where `sound` is true those that only sound alike. A name is in at most one
// group of each kind. Error "alike.tables": the tables of ICU are not there.
[[nodiscard]] Result<std::vector<Group>> groups_of(const std::vector<std::string>& names, bool sound);

}  // namespace tuixuan::alike
