// What the rules ask of one contest, one threshold, one combination; part of check_scheme.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/scheme/fault.h"

namespace tuixuan::scheme {

// `path`: where it stands in the file. Faults are added to the list.
void check_contest(const tally::Contest&, const std::string& path, Faults&);
void check_threshold(const tally::Threshold&, const std::string& path, Faults&);
void check_combination(const tally::Combination&, const std::string& path, Faults&);

}  // namespace tuixuan::scheme
