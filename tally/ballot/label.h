// A person on a ballot as people type one, with a note that tells two of one name apart: read here and nowhere else, so
// that the same words are the same person to every command. choice.h writes it (label()).
#pragma once

#include "crypto/base/result.h"
#include "tally/ballot/scheme.h"

namespace tuixuan::tally {

inline constexpr std::size_t kMaxPersonName = 90;  // bytes of a name, or of a note

// "NAME", "NAME（note）" or "NAME(note)", in normal form. Error "ballot.name".
[[nodiscard]] Result<Candidate> read_candidate(std::string_view label);

}  // namespace tuixuan::tally
