// What is reported to the superior body at the end, "tuixuan-outcome/1": for each office of the scheme the people
// elected over all its rounds, and what is left open. Canonical JSON, so that whoever follows the log gets these very
// bytes. write(parse(b)) == b.
#pragma once

#include "tally/ballot/scheme.h"

namespace tuixuan::scheme {

struct Elected {
  std::string name;   // label
  ContestId contest;  // in which round
  friend bool operator==(const Elected&, const Elected&) = default;
};

struct Office {
  ContestId contest;  // of the scheme
  std::uint64_t seats = 0;
  std::uint64_t reduced = 0;        // 减少的名额
  std::uint64_t vacant = 0;         // left empty, as the scheme's rule says
  std::vector<Elected> elected;     // round by round, in the order of the report
  std::vector<ContestId> contests;  // that were held for it, in their order
  friend bool operator==(const Office&, const Office&) = default;
};

struct Outcome {
  std::string congress;
  bool rehearsal = false;
  std::vector<Office> offices;  // the elections of the scheme, in its order
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Bytes write_outcome(const Outcome&);
// Errors: "outcome.json", "outcome.form", "outcome.canonical".
[[nodiscard]] Result<Outcome> parse_outcome(ByteView);

}  // namespace tuixuan::scheme
