// What people decided between the votes and after a result, as sentences for those who read a record: each entry of
// kinds 22 to 40, and machines and trustees declared lost, with its reason as it was signed. It says what the entry
// says and judges nothing. Times are Beijing time.
#pragma once

#include "tally/election/objects.h"
#include "tally/election/state.h"

namespace tuixuan::election {

struct Decision {
  std::uint64_t index = 0;  // of the entry
  Kind kind{};
  tally::Text words;
};

// None for other kinds, and for bytes that are no such entry. `state` is one that has taken the entry.
std::optional<tally::Text> decision_in_words(ByteView entry, const State& state, const Objects& objects);

}  // namespace tuixuan::election
