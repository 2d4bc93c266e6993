// What holds the stages of a congress together: which is settled before which opens, where candidates come from, who
// approves them, notices, and that a rehearsal cannot be taken for the real thing.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/scheme/fault.h"

namespace tuixuan::scheme {

// sealed: the scheme is for a vote on a log, so roles need keys.
void check_thread(const tally::Scheme&, bool sealed, Faults&);

}  // namespace tuixuan::scheme
