#include "kiosk/flow/machine.h"

#include "crypto/codes/entries.h"

namespace tuixuan::kiosk {

Result<election::OpenedBallot> opened_in(const Journal& journal, const OpenStage& stage, std::uint64_t seq) {
  TUIXUAN_TRY(ballot, journal.find(stage.id, seq));
  if (!ballot) return fail(code::V11::open, "there is no ballot " + std::to_string(seq));
  return election::opened_ballot(ballot->entry, stage.contests);
}

}  // namespace tuixuan::kiosk
