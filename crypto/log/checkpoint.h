// A checkpoint (c2sp.org/tlog-checkpoint) is a note in which the log states its size and root:
//   <origin>\n<size>\n<base64 root>\n
// The name of the log's key is its origin. Extension lines are neither written nor taken: witnesses disagree about
// them. What a log may sign is decided where it is stored (server/ledger); here a checkpoint is only made and opened.
// Errors: "log.checkpoint" for the text, "log.note" for the signatures.
#pragma once

#include "crypto/log/merkle.h"
#include "crypto/log/note.h"

namespace tuixuan::log {

inline constexpr std::uint64_t kMaxSize = (std::uint64_t{1} << 63U) - 1;

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Sha256 root;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string format_checkpoint(const Checkpoint& checkpoint);  // the text, unsigned
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);
// The three lines alone: a size of 0 may stand with any root, which is for a witness to judge (witness.h).
[[nodiscard]] Result<Checkpoint> parse_checkpoint_lines(std::string_view text);
// For comparing by eye and aloud: SHA-256 of the text as eight groups of four digits, "1234 5678 ...". Everybody who is
// shown the same log at the same size reads the same digits.
std::string fingerprint(const Checkpoint& checkpoint);

std::string sign_checkpoint(const Checkpoint& checkpoint, const primitives::SigningKey& key);  // the note
// Refuses another origin than the key's name, and a note without this key's good signature. Other signatures are kept
// in note, unchecked: cosignature.h.
struct OpenedCheckpoint {
  Checkpoint checkpoint;
  Note note;
};
[[nodiscard]] Result<OpenedCheckpoint> open_checkpoint(std::string_view note, const NoteKey& log);

}  // namespace tuixuan::log
