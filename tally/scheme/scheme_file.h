// The scheme file "tuixuan-scheme/1": strict JSON. Refused: unknown, missing and repeated members, numbers that are not
// plain integers in range, over-long texts, characters that do not print, nesting deeper than 16, files over 4 MiB. The
// file's exact bytes are what is hashed and signed; white space and the order of members are the writer's own.
// parse(write(s)) == s.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/scheme/fault.h"

namespace tuixuan::scheme {

struct Parsed {
  std::optional<tally::Scheme> scheme;  // there exactly if no fault refuses
  Faults faults;                        // warnings too
};
// What a scheme is for: a sealed vote needs keys, trustees, kiosks; a count of paper ballots only the rules.
enum class Use { sealed, paper };
// The form of the file alone. The scheme is there if every member could be read (unknown ones may stand beside them);
// if not, the contests that could be read are checked all the same, so that their faults are told at once.
struct Draft {
  std::optional<tally::Scheme> scheme;
  Faults faults;
};
Draft read_scheme(ByteView file);
// Reads and checks: everything parse and check_scheme find.
Parsed parse_scheme(ByteView file, Use = Use::sealed);
// For people: indented, members in the fixed order. Its text is what the organiser signs.
Bytes write_scheme(const tally::Scheme&);
// What the rules ask of a scheme beyond its form; also of one that was made in memory.
Faults check_scheme(const tally::Scheme&, Use = Use::sealed);

}  // namespace tuixuan::scheme
