// What a screen asks of the kiosk it stands on: facts to show, the receipt of a ballot, what helpers do. The real one
// is Station; the self-test's has the same flow without a network.
#pragma once

#include "kiosk/flow/flow.h"
#include "tally/election/opened.h"

namespace tuixuan::kiosk {

struct MachineState {
  tally::Text congress;
  tally::Text stage;
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
  std::optional<Error> trouble;  // the log refuses, or is not to be believed: no more voters here
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
  // The kiosk's last number on the log. Errors: "kiosk.undelivered", "net.*", the log's.
  [[nodiscard]] virtual Result<void> end_voting() = 0;
};

// From the journal's entry for the log.
[[nodiscard]] Result<election::OpenedBallot> opened_in(const Journal&, const OpenStage&, std::uint64_t seq);

}  // namespace tuixuan::kiosk
