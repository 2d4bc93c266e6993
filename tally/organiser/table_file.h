// A table on disk as a stream for tally/paper: it may be far larger than the memory.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/paper/csv.h"

namespace tuixuan::organiser {

// Error "count.file".
[[nodiscard]] Result<paper::Source> file_source(const std::string& name);

// The stage of that name; without a name the only one. Error "count.stage".
[[nodiscard]] Result<tally::Stage> stage_of(const tally::Scheme&, const std::string& name);

}  // namespace tuixuan::organiser
