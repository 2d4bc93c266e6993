// The demo's play of a village branch: members and masses recommend on two days, the superior body recommends and
// decides on the candidates, they are posted, the members elect committee and secretary; what the election leaves open
// (DemoOptions::story) is settled; the result is reported and accepted. Errors: those of DemoCongress.
#pragma once

#include "tally/demo/congress.h"

namespace tuixuan::demo {

[[nodiscard]] Result<void> hold_branch_congress(DemoCongress&);

}  // namespace tuixuan::demo
