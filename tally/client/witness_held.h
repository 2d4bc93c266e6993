// What a witness of the scheme says it holds (server/witness): its newest cosigned checkpoint, and the epoch it has
// taken. A server asks before it signs anything after a start, and so does whoever restores a log. Believed only with
// the log's good signature. Errors: "net.*", "witness.address".
#pragma once

#include <optional>
#include <string>

#include "crypto/log/epoch.h"
#include "tally/client/https.h"

namespace tuixuan::client {

struct WitnessAddress {
  std::string name;
  Address address;
};
// NAME=URL, such as witness.example/liu=http://10.0.0.7:8081
[[nodiscard]] Result<WitnessAddress> parse_witness(const std::string& text);

struct WitnessHolds {
  std::optional<log::OpenedCheckpoint> checkpoint;
  std::string note;   // the checkpoint's, as it was said
  std::string epoch;  // the epoch's note; empty: none
};
[[nodiscard]] Result<WitnessHolds> ask_witness(const WitnessAddress& witness, const log::NoteKey& log);
// Gives it an epoch. Error "epoch.conflict": it holds another of this number or a higher one, which is in `held`.
[[nodiscard]] Result<void> tell_witness(const WitnessAddress& witness, std::string_view epoch, std::string& held);

}  // namespace tuixuan::client
