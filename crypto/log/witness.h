// What a witness decides when it is asked to cosign (c2sp.org/tlog-witness, add-checkpoint), without files and clocks:
// whether the checkpoint is of the one log it watches, signed by it, and continues the newest checkpoint that it
// cosigned. Checked in the order of the specification; the error's check gives the answer's status:
//   witness.form 400, witness.origin 404, witness.signature 403, witness.old 409 (with the size it holds),
//   witness.proof 422 (not proven to continue), witness.fork 422 (the same size with another root).
// witness.proof and witness.fork are of checkpoints that the log signed: fork.h.
#pragma once

#include <optional>

#include "crypto/log/cosignature.h"

namespace tuixuan::log {

inline constexpr std::size_t kMaxAddCheckpoint = 16384;

// held: the newest checkpoint that it cosigned, none before the first.
[[nodiscard]] Result<OpenedCheckpoint> judge(std::string_view body, const std::optional<Checkpoint>& held,
                                             const NoteKey& log);
unsigned status_of_refusal(Code check);  // one of those above

}  // namespace tuixuan::log
