// The groups in which a verifier reports the checks of crypto/README.md: V01 to V15, E for the envelope and the order
// of events, A for attendance, C for what joins the stages, log for the log and its record. Each says what it is when
// all of its checks hold; what a single check refuses is in the catalogue (crypto/codes).
#pragma once

#include <span>

#include "crypto/codes/catalogue.h"

namespace tuixuan::election {

struct CheckGroup {
  std::string_view name;
  Sentences words;
};

// In the order in which a verifier reports them.
std::span<const CheckGroup> check_groups();
// The one that fails if this check refuses; log for what is not of an entry.
const CheckGroup& group_of(Code);

}  // namespace tuixuan::election
