// What a ballot was opened to that a voter used to check the kiosk (a challenge entry): whose machine sealed it, and
// the choice it holds, for people to compare with what was marked. The proof that this is what was sealed is V11.open's
// (rules_voting.cpp); here it is only read.
#pragma once

#include "tally/ballot/choice.h"

namespace tuixuan::election {

struct OpenedChoice {
  ContestId contest;
  std::optional<tally::Selection> selection;  // none: the kiosk sealed bytes that are no choice of this contest
};

struct OpenedBallot {
  KioskId kiosk;
  std::uint64_t seq = 0;
  Hash64 hash;
  std::vector<OpenedChoice> choices;
};

// Errors: "E02.encoding" (not an entry), "V11.open" (no challenge, or its opening is not of its ballot).
[[nodiscard]] Result<OpenedBallot> opened_ballot(ByteView entry, std::span<const tally::Contest> contests);

// A line for each contest: its title, then its lines; for who reads a record.
std::vector<std::string> opened_words(const OpenedBallot& ballot, std::span<const tally::Contest> contests,
                                      std::string_view language);
// The lines of a choice, never none: that nothing is marked, or that it cannot be read, is a line too.
std::vector<std::string> opened_lines(const OpenedChoice& choice, const tally::Contest& contest,
                                      std::string_view language);

}  // namespace tuixuan::election
