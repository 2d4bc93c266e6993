// Whether a slip may vote in a stage at a box: asked by the fold of each ballot, and by the kiosk when the slip is
// scanned, so that what the kiosk takes is what the log takes.
#pragma once

#include <span>

#include "tally/election/state.h"

namespace tuixuan::election {

enum class SlipStanding {
  fits,
  unknown,    // not on the stage's lists
  other_box,  // of another box of the stage
  voided,
  used,  // a ballot was cast with it
};

// boxes: those of the stage, in its order.
SlipStanding slip_standing(const StageState&, std::span<const BoxId> boxes, const BoxId& box,
                           const primitives::VerifyKey& credential);
// The box that a known slip is of.
const BoxId& box_of_slip(const StageState&, std::span<const BoxId> boxes, const primitives::VerifyKey& credential);

}  // namespace tuixuan::election
