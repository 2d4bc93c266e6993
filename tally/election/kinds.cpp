#include "tally/election/kinds.h"

#include <iterator>

#include "crypto/base/result.h"
#include "crypto/codes/entries.h"

namespace tuixuan::election {

static constexpr KindInfo kKinds[] = {
#define TUIXUAN_KIND(number, id, name, signers, check, body, rule, zh, en) \
  {Kind::id, name, Signers::signers, check, zh, en},
#include "tally/election/kinds.def"
#undef TUIXUAN_KIND
};

// The table is looked up by number.
static constexpr bool numbered() {
  for (std::size_t i = 0; i < std::size(kKinds); ++i)
    if (static_cast<std::size_t>(kKinds[i].kind) != i + 1) return false;
  return true;
}
static_assert(numbered(), "kinds.def goes by the numbers, from 1, without a gap");

const KindInfo* find_kind(std::uint8_t number) {
  return number >= 1 && number <= std::size(kKinds) ? &kKinds[number - 1U] : nullptr;
}

const KindInfo& info(Kind kind) {
  const KindInfo* found = find_kind(static_cast<std::uint8_t>(kind));
  if (found == nullptr || found->kind != kind) bug("an entry kind that is not in the table");
  return *found;
}

bool is_voting(Kind kind) {
  return kind == Kind::cast || kind == Kind::challenge || kind == Kind::abandon || kind == Kind::void_slip;
}

bool keeps_epoch(Kind kind) { return kind == Kind::cast || kind == Kind::challenge || kind == Kind::abandon; }

}  // namespace tuixuan::election
