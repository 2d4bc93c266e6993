// Whether the log agrees with this kiosk, which is what it opens by: the key that the scheme, as amended, has for its
// id; its next number; no end of its voting. Whoever votes at a kiosk that the log does not agree with is thanked for
// a ballot that can never be taken. Errors, each a page with what the helper does (kiosk/ui/stop_page.h):
//   kiosk.other_key  the scheme has another public key for this id
//   kiosk.ended      it has said which ballot was its last here
//   kiosk.lost       the supervisors have declared it lost
//   kiosk.behind     the log holds ballots of this kiosk that its journal does not: the journal was lost. It does not
//                    go on by the log's numbers: a ballot of the lost journal that is not delivered yet may still lie
//                    somewhere, and its voter was thanked
//   kiosk.twice      the log holds another ballot under one of its numbers: a second machine votes under this id
#pragma once

#include "kiosk/core/session.h"

namespace tuixuan::kiosk {

// The key alone; no error for a kiosk that the scheme does not have.
[[nodiscard]] Result<void> check_key(const election::State&, const KioskId&, const primitives::VerifyKey&);

// The kiosk's casts of other stages than this one that are not on the log: their voters may vote again where that stage
// is held again, and nowhere else. At most 1,000.
std::vector<MissingBallot> missing_casts(const election::State&, const Journal&, const StageId& but);

class Standing {
 public:
  Standing(KioskId kiosk, primitives::VerifyKey key, Journal& journal)
      : kiosk_(std::move(kiosk)), key_(key), journal_(journal) {}
  // Against all of the log so far. What the log says of an end is noted in the journal, which then refuses by itself.
  [[nodiscard]] Result<void> check(const election::State&, const StageId&);

 private:
  [[nodiscard]] Result<void> check_numbers(const election::StageState&, const StageId&);
  KioskId kiosk_;
  primitives::VerifyKey key_;
  Journal& journal_;
  StageId stage_;
  std::uint64_t agreed_ = 0;  // of this stage, up to this number: the log only grows
};

}  // namespace tuixuan::kiosk
