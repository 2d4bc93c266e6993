// The one byte string of a selection, before encryption. All variable parts are canonical, so that a ballot carries no
// mark beyond what is voted:
//
//   marks     2 bits for each candidate, candidate 1 in the lowest bits of byte 0; spare bits zero
//             (rating: 4 bits for each grade, the first in the lowest bits of byte 0; spare bits zero)
//   u8        number of write-ins, then for each: u8 against, u8 length, name
//
// Write-ins ascend by (against, bytes of the name), none twice. A name is UTF-8 in normal form C, see names.h. An
// overvote has an encoding: the rules judge it, not the codec. What the contest's form has no place for is refused: a
// fourth answer, a write-in in a contest without, one more than there are lines, a name longer than the line.
#pragma once

#include "tally/ballot/choice.h"

namespace tuixuan::tally {

// Bytes of the longest content of a legal form.
std::size_t content_limit(const Contest&);
// Sorts the write-ins. Error "ballot.form", "ballot.name".
[[nodiscard]] Result<Bytes> encode(const Contest&, const Selection&);
// Errors: "ballot.form", "ballot.name", "ballot.order" (write-ins not ascending), "ballot.spare" (bits that must be
// zero).
[[nodiscard]] Result<Selection> decode(const Contest&, ByteView);

}  // namespace tuixuan::tally
