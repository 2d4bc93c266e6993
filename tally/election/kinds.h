// The kinds of entries of the log: number, name, who may sign, and the check that names a bad signature or author. All
// of it stands in kinds.def, with the body (bodies.h, thread_bodies.h) and the rule (rules_*.cpp) of each.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "crypto/codes/code.h"

namespace tuixuan::election {

enum class Kind : std::uint8_t {
#define TUIXUAN_KIND(number, id, name, signers, check, body, rule, zh, en) id = number,
#include "tally/election/kinds.def"
#undef TUIXUAN_KIND
};

enum class Signers : std::uint8_t {
  organiser,
  desk,
  two_supervisors,
  trustee,
  kiosk,
  credential,
  chair,
  superior,
  auditor
};

struct KindInfo {
  Kind kind;
  std::string_view name;  // in the signature's label: "sig/" + name
  Signers signers;
  Code signature_check;  // refuses a bad, missing, foreign or superfluous signature
  std::string_view zh;   // what people see
  std::string_view en;
};

// Null for a number that is no kind.
const KindInfo* find_kind(std::uint8_t number);
const KindInfo& info(Kind kind);
// cast, challenge, abandon, void_slip: what happens while a stage is open. An entry of these kinds that breaks a rule
// has no effect and is listed as struck at the close; one of any other kind makes the record invalid.
bool is_voting(Kind kind);
// cast, challenge, abandon: they leave everything that the checks of other entries rely on as it was (Fold::prepare).
bool keeps_epoch(Kind kind);

}  // namespace tuixuan::election
