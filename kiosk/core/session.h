// One voter at one kiosk, from slip to thank-you. The steps are explicit and an illegal one is refused by name:
//
//   waiting --scan()--> marking --seal()--> sealed --cast()--------> waiting
//      ^                   |                   |---challenge()--> marking (same slip, next number, fresh randomness)
//      '-----leave()-------+-------leave()-----'  (a sealed ballot is abandoned)
//
// seal() writes the sealed ballot to the journal before anyone sees its tracker. Choices, randomness and the slip's
// credential live in wiping types and are gone when the session is back to waiting. Delivery is the sender's: at each
// moment the voter can be told whether the ballot is cast (in the journal, decided) and whether it is on the log
// (receipt).
#pragma once

#include <variant>

#include "crypto/protocol/ballot.h"
#include "crypto/protocol/slip.h"
#include "kiosk/core/journal.h"
#include "tally/ballot/choice.h"
#include "tally/election/state.h"

namespace tuixuan::kiosk {

// What a kiosk takes from the fold about the open stage it serves.
struct OpenStage {
  StageId id;
  BoxId box;
  Hash64 congress;
  bool rehearsal = false;
  Hash64 ctx;

  primitives::Point public_key;
  std::uint8_t round = 0;
  std::vector<tally::Contest> contests;
  std::vector<std::size_t> widths;
};
// Errors: "kiosk.enrolment" (not in the scheme), "kiosk.closed" (no stage of its box is open).
[[nodiscard]] Result<OpenStage> open_stage_for(const election::State&, const KioskId&);

// Whether a slip may vote now, as far as the log is known here: "slip.unknown", "slip.box", "slip.used", "slip.voided".
[[nodiscard]] Result<void> check_slip(const election::StageState&, std::span<const BoxId> boxes, const BoxId& box,
                                      const primitives::VerifyKey& credential);
using SlipCheck = std::function<Result<void>(const primitives::VerifyKey&)>;
SlipCheck slip_check(const election::State&, const StageId&, const BoxId&);

enum class Step { waiting, marking, sealed };

struct SealedBallot {
  std::uint64_t seq = 0;
  Hash64 hash;
  std::string tracker;
};

class Session {
 public:
  Session(KioskId kiosk, const primitives::SigningKey& key, Journal& journal);

  Step step() const { return step_; }
  // A ballot without a fate from before a restart is abandoned. To be called before the first voter of a stage.
  [[nodiscard]] Result<std::size_t> recover(const OpenStage& stage, std::uint32_t minutes);

  // Errors of every step: "session.step" when it is not its turn.
  // Errors: "kiosk.ended", "slip" (unreadable), those of SlipCheck; what this kiosk has cast but not yet delivered is
  // "slip.used" too.
  [[nodiscard]] Result<void> scan(const OpenStage& stage, std::string_view slip_text, const SlipCheck& check);
  // Replaces the selection of one contest. Errors: those of tally::encode; an overvote is taken and told by
  // tally::check.
  [[nodiscard]] Result<void> mark(std::size_t contest, tally::Selection selection);
  const tally::Selection& selection(std::size_t contest) const { return selections_.at(contest); }
  // Errors: those of tally::check for the first contest in the way; "kiosk.ended", "journal.write", "journal.full".
  [[nodiscard]] Result<SealedBallot> seal();
  // The entry's time is rounded down to the hour. Errors: "journal.write", "journal.full": the ballot is not cast, the
  // voter may try again; "journal.unknown": it may or may not be (journal.h); settle() undoes it.
  [[nodiscard]] Result<SealedBallot> cast(std::uint32_t minutes);
  [[nodiscard]] Result<SealedBallot> challenge(std::uint32_t minutes);
  [[nodiscard]] Result<void> settle() { return journal_.settle(); }
  // Forgets the voter whatever happens. Error "journal.write": a sealed ballot is without a fate; recover() before the
  // next voter.
  [[nodiscard]] Result<void> leave(std::uint32_t minutes);

 private:
  [[nodiscard]] Result<void> decide(election::Kind fate, std::uint32_t minutes);
  void forget();

  KioskId kiosk_;
  const primitives::SigningKey& key_;
  Journal& journal_;
  Step step_ = Step::waiting;
  OpenStage stage_;
  std::optional<primitives::SigningKey> credential_;
  std::vector<tally::Selection> selections_;
  std::vector<protocol::ContestSecret> secrets_;
  SealedBallot sealed_;
  Bytes ballot_;  // sealed, public
  primitives::Signature kiosk_signature_;
};

std::uint32_t whole_hour(std::uint32_t minutes);

}  // namespace tuixuan::kiosk
