// What a screen asks of the kiosk it stands on: facts to show, the receipt of a ballot, what helpers do. The real one
// is Station; the self-test's has the same flow without a network.
#pragma once

#include "kiosk/flow/flow.h"
#include "tally/election/opened.h"

namespace tuixuan::kiosk {

struct MachineState {
  tally::Text congress;
  tally::Text stage;
  std::string stage_id;
  tally::Text box;
  std::string id;
  std::string public_key;  // hex
  std::string board;       // address of the public board, "https://address:port"; empty before there is a card
  bool rehearsal = false;
  bool enrolling = false;        // no card of a congress yet, or not in its scheme
  bool reached = false;          // the server
  std::uint64_t entries = 0;     // of the log as followed here
  std::string fingerprint;       // of its checkpoint, to compare with the board and the witnesses
  JournalCounts counts;          // of the stage
  JournalCounts all;             // of all stages
  std::optional<Error> trouble;  // the log is not to be believed
  // Why no voter is taken here although a vote may be open: the log does not agree with this kiosk, it refuses what the
  // kiosk has, the disk, the card. With check "kiosk.unreached" while the log was not seen since the start.
  std::optional<Error> stop;
  std::optional<Error> late;           // what the server or the network said last, while it is not reached
  std::vector<MissingBallot> missing;  // casts that are not on the log and will not come there by themselves
  bool ended = false;                  // voting in this stage has ended here
  bool end_logged = false;             // and the log knows
  std::uint64_t seen = 0;              // entries of the log when this kiosk saw it last, before it was started
  std::vector<std::string> set_aside;  // journals of earlier logs
  std::vector<tally::Supervisor> supervisors;
};

class Machine {
 public:
  virtual ~Machine() = default;
  virtual Flow& flow() = 0;
  virtual void tick() = 0;
  virtual MachineState state() const = 0;
  // The receipt of a ballot of this stage as text, once the log has it.
  virtual std::optional<std::string> receipt(std::uint64_t seq) const = 0;
  // What a ballot was opened to that was used to check this kiosk, as its entry for the log says it. Errors:
  // "journal.*", "V11.open".
  [[nodiscard]] virtual Result<election::OpenedBallot> opened(std::uint64_t seq) const = 0;
  // From now on no slip is taken in this stage; the log is told when it has all ballots. Errors: "journal.*".
  [[nodiscard]] virtual Result<void> end_voting() = 0;
  virtual void retry() {}  // somebody asks to try again what has failed
};

// From the journal's entry for the log.
[[nodiscard]] Result<election::OpenedBallot> opened_in(const Journal&, const OpenStage&, std::uint64_t seq);

}  // namespace tuixuan::kiosk
