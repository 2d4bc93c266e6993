// An epoch: who serves a log from now on, "tuixuan-epoch/1". When the machine of a log's server is lost, its log goes
// on at another one, or alone without its standby; the supervisors decide that, and it has a number. Whoever has seen
// an epoch refuses lower ones for ever. A note (note.h) over
//   tuixuan-epoch/1\n<origin>\n<number>\n<size>\n<base64 root>\n<address>\n<pin, hex>\n<cause>\n  {without <name>\n}
// signed by the log's key and, under the name "supervisor", by two or more supervisors. The log of the epoch begins
// with these `size` entries and this root; address and pin are those of the server; the names are of those kiosks and
// witnesses that could not be asked what they had seen. Before the first, the epoch is 0: as the congress card says.
// Errors: "epoch.form", "epoch.supervisors", those of note.h.
#pragma once

#include "crypto/log/checkpoint.h"

namespace tuixuan::log {

inline constexpr std::size_t kMaxEpochSize = 8192;
inline constexpr std::size_t kMaxAddress = 300;
inline constexpr std::size_t kMaxWithout = 64;

enum class EpochCause { promoted, restored, alone };  // the standby; a backup and what kiosks hold; no standby any more

struct Epoch {
  std::string origin;
  std::uint64_t number = 0;  // from 1
  std::uint64_t size = 0;    // from 1
  Sha256 root;
  std::string address;  // https://host:port
  Sha256 pin;           // of its certificate's key
  EpochCause cause = EpochCause::promoted;
  std::vector<std::string> without;  // ascending
  friend bool operator==(const Epoch&, const Epoch&) = default;
};

std::string_view name_of(EpochCause cause);
std::string format_epoch(const Epoch& epoch);  // the text
[[nodiscard]] Result<Epoch> parse_epoch(std::string_view text);
std::string sign_epoch(const Epoch& epoch, const primitives::SigningKey& log,
                       std::span<const primitives::SigningKey* const> supervisors);

// Only with the good signature of the log's key; the supervisors' are checked by those who know them.
struct OpenedEpoch {
  Epoch epoch;
  Note note;
};
[[nodiscard]] Result<OpenedEpoch> open_epoch(std::string_view note, const NoteKey& log);
// Two different ones of these have signed it.
[[nodiscard]] Result<void> check_supervisors(const OpenedEpoch& opened,
                                             std::span<const primitives::VerifyKey> supervisors);

}  // namespace tuixuan::log
