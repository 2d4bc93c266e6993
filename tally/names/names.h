// Names that people write: UTF-8 in Unicode normal form C, of letters, marks, digits, punctuation and single spaces
// inside. No control, format, private-use or unassigned characters: two names that look alike are then mostly alike in
// bytes, and a name has little room for a hidden mark. Whether two spellings are one person is decided by people, not
// here.
#pragma once

#include "crypto/base/bytes.h"

namespace tuixuan::tally {

// Error "ballot.name": why not.
[[nodiscard]] Result<void> check_name(std::string_view name, std::size_t max_bytes);
// What was typed, in normal form and trimmed, inner white space made single spaces. Error "ballot.name".
[[nodiscard]] Result<std::string> tidy_name(std::string_view typed, std::size_t max_bytes);

// The same for spellings that differ only by spaces, width, capitals, or the dot between the parts of a name (· • ・):
// of probably one person. For comparing, not for showing.
std::string spelling_key(std::string_view name);

// Columns that a text takes on a terminal: a Chinese character two, a letter one.
std::size_t display_width(std::string_view text);

}  // namespace tuixuan::tally
