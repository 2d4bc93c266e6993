#include "kiosk/core/standing.h"

#include <algorithm>

#include "crypto/codes/kiosk.h"

namespace tuixuan::kiosk {

Result<void> check_key(const election::State& state, const KioskId& kiosk, const primitives::VerifyKey& key) {
  if (!state.plan) return {};
  const tally::Kiosk* enrolled = state.plan->kiosk(kiosk);
  if (enrolled != nullptr && enrolled->key != key.bytes)
    return fail(code::kiosk::other_key, "the scheme has the public key " + to_hex(enrolled->key) + " for kiosk " +
                                            kiosk.name + "; this machine's is " + key.hex());
  return {};
}

std::vector<MissingBallot> missing_casts(const election::State& state, const Journal& journal, const StageId& but) {
  std::vector<MissingBallot> out;
  const auto unsure = journal.casts_without_receipt(1000);
  if (!unsure) return out;
  for (const MissingBallot& ballot : *unsure) {
    const election::StageState* stage = state.stage(ballot.stage);
    if (ballot.stage != but && (stage == nullptr || !stage->ballots.contains(ballot.hash))) out.push_back(ballot);
  }
  return out;
}

Result<void> Standing::check_numbers(const election::StageState& stage, const StageId& id) {
  const std::uint64_t next = stage.kiosks.at(kiosk_).next;
  TUIXUAN_TRY(mine, journal_.next_seq(id));
  if (next > mine)
    return fail(code::kiosk::behind, "the log holds " + std::to_string(next - 1) + " ballots of kiosk " + kiosk_.name +
                                         ", its journal " + std::to_string(mine - 1));
  if (agreed_ + 1 >= next) return {};
  TUIXUAN_TRY(hashes, journal_.hashes(id, agreed_ + 1));
  for (const auto& [seq, hash] : hashes) {
    if (seq >= next) break;
    if (!stage.ballots.contains(hash))
      return fail(code::kiosk::twice, "the log holds another ballot number " + std::to_string(seq) + " of kiosk " +
                                          kiosk_.name + " than its journal: a second machine votes under this id");
    agreed_ = seq;
  }
  return {};
}

Result<void> Standing::check(const election::State& state, const StageId& id) {
  TUIXUAN_CHECK(check_key(state, kiosk_, key_));
  const election::StageState* stage = state.stage(id);
  const auto found = stage == nullptr ? decltype(stage->kiosks.end()){} : stage->kiosks.find(kiosk_);
  if (stage == nullptr || found == stage->kiosks.end()) return {};
  if (stage_ != id) agreed_ = 0;
  stage_ = id;
  TUIXUAN_CHECK(check_numbers(*stage, id));
  if (!found->second.last) return {};
  TUIXUAN_TRY(noted, journal_.ended(id));
  if (!noted) TUIXUAN_CHECK(journal_.end(id, *found->second.last, {}));
  const std::string which = "kiosk " + kiosk_.name + ", stage " + id.name;
  if (found->second.lost) return fail(code::kiosk::lost, which + ": declared lost by the supervisors");
  return fail(code::kiosk::ended, which + ": its last ballot was number " + std::to_string(*found->second.last));
}

}  // namespace tuixuan::kiosk
