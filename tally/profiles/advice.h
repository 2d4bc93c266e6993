// What a careful colleague would say about a scheme beyond the rules that every verifier checks (V01): places not yet
// filled in, an order that is not the one it says, signs that look alike, bases and quorums unusual for the kind of
// vote, and what could make a ballot recognisable. Check "scheme.advice". Most are warnings; a fault is what nobody
// can have meant.
#pragma once

#include "tally/names/strokes.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::profiles {

// strokes: null where there is no dictionary; a warning then says that the order was not checked.
scheme::Faults advise(const tally::Scheme&, scheme::Use, const tally::StrokeTable* strokes);

// All of it, for a file: form, rules, advice. The scheme is there exactly if nothing refuses it.
scheme::Parsed check_file(ByteView file, scheme::Use, const tally::StrokeTable* strokes);

}  // namespace tuixuan::profiles
