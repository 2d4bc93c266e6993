// A witness's cosignature (c2sp.org/tlog-cosignature, v1, key type 0x04): "as of this time, this is the largest
// consistent tree of this log that I saw". The signature is over
//   cosignature/v1\ntime <seconds>\n<text of the checkpoint>
// and its line carries the time: u64 big-endian time || Ed25519 signature. And the body by which a witness is asked
// (c2sp.org/tlog-witness, add-checkpoint). Errors: "log.cosignature", "log.witness".
#pragma once

#include "crypto/log/checkpoint.h"

namespace tuixuan::log {

std::string cosignature_message(std::uint64_t seconds, std::string_view text);
NoteSignature cosign(std::string_view text, std::uint64_t seconds, const std::string& name,
                     const primitives::SigningKey& key);
// The time it states.
[[nodiscard]] Result<std::uint64_t> verify_cosignature(std::string_view text, const NoteSignature& signature,
                                                       const NoteKey& witness);

struct Cosignature {
  NoteKey witness;
  std::uint64_t seconds = 0;
};
// The good cosignatures of the known witnesses, the latest of each; a bad one of a known witness refuses the note.
[[nodiscard]] Result<std::vector<Cosignature>> cosignatures(const Note& note, std::span<const NoteKey> witnesses);
// The checkpoint with the lines of a witness's answer, in which this witness must have signed, and nobody else.
[[nodiscard]] Result<std::string> add_cosignatures(std::string_view note, std::string_view answer,
                                                   const NoteKey& witness);

// old <size>\n  <base64 hash>\n ...  \n  <the signed checkpoint>
struct AddCheckpoint {
  std::uint64_t old_size = 0;
  Hashes proof;
  std::string checkpoint;  // the note
  friend bool operator==(const AddCheckpoint&, const AddCheckpoint&) = default;
};
std::string format_add_checkpoint(const AddCheckpoint& request);
[[nodiscard]] Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

}  // namespace tuixuan::log
