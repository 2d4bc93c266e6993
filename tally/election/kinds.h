// The kinds of entries of the log: number, name, who may sign, and the check that names a bad signature or author.
// One table; everything else about a kind stands with its body (bodies.h) and its rule (fold_*.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tuixuan::election {

enum class Kind : std::uint8_t {
  scheme = 1,
  ceremony_commit = 2,
  ceremony_share = 3,
  ceremony_confirm = 4,
  ceremony_complaint = 5,
  slips = 6,
  attendance = 7,
  opening = 8,
  opening_agreed = 9,
  cast = 10,
  challenge = 11,
  abandon = 12,
  void_slip = 13,
  kiosk_final = 14,
  kiosk_lost = 15,
  close = 16,
  close_agreed = 17,
  mix = 18,
  decryption = 19,
  count = 20,
  trustee_lost = 21,
  spellings = 22,
  enrolment = 23,
  key_replaced = 24,
  small_group = 25,
  stage_voided = 26,
  result_voided = 27,
  base_confirmed = 28,
  superior_recommendation = 29,
  shortlist = 30,
  candidates = 31,
  notice = 32,
  objection = 33,
  objection_answered = 34,
  stage_added = 35,
  seats_reduced = 36,
  tie_decided = 37,
  report_up = 38,
  countersign = 39,
  audit = 40,
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
  std::string_view signature_check;  // refuses a bad, missing, foreign or superfluous signature
  std::string_view zh;               // what people see
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
