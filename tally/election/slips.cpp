#include "tally/election/slips.h"

namespace tuixuan::election {

const BoxId& box_of_slip(const StageState& stage, std::span<const BoxId> boxes,
                         const primitives::VerifyKey& credential) {
  return boxes[stage.slips.at(credential).box];
}

SlipStanding slip_standing(const StageState& stage, std::span<const BoxId> boxes, const BoxId& box,
                           const primitives::VerifyKey& credential) {
  const auto slip = stage.slips.find(credential);
  if (slip == stage.slips.end()) return SlipStanding::unknown;
  if (boxes[slip->second.box] != box) return SlipStanding::other_box;
  if (slip->second.voided) return SlipStanding::voided;
  return slip->second.cast ? SlipStanding::used : SlipStanding::fits;
}

}  // namespace tuixuan::election
