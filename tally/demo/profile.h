// The demo's play of one profile (tally/profiles): its scheme with made-up names, every stage voted by the real
// programs, its recommendations combined, what an election leaves open settled. Errors: those of DemoCongress,
// "scheme.new".
#pragma once

#include "tally/demo/congress.h"

namespace tuixuan::demo {

[[nodiscard]] Result<void> hold_profile_congress(DemoCongress&, const std::string& profile);

}  // namespace tuixuan::demo
