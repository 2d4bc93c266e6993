// The tables of this room come through tally/table; the names by which its readers know them.
#pragma once

#include "tally/table/table.h"

namespace tuixuan::paper {

using table::refuse;
using table::Table;
using table::text_source;

}  // namespace tuixuan::paper
