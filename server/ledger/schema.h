// The tables of a ledger's file and the triggers that keep them append-only: no UPDATE, no DELETE, and an INSERT only
// behind the last row, which stops INSERT OR REPLACE as well. Triggers stop accidents; the evidence is the tree and its
// signatures. For the sources of this room.
#pragma once

#include "crypto/log/note.h"
#include "server/ledger/sqlite.h"

namespace tuixuan::ledger {

inline constexpr std::uint64_t kFormatVersion = 2;

// Into an empty database, in one transaction.
[[nodiscard]] Result<void> write_schema(const Database& db, const log::NoteKey& key);
// ledger.version: not a ledger, or of another format; ledger.schema: a table or trigger is missing, changed or more;
// ledger.origin: the ledger of another log or key.
[[nodiscard]] Result<void> check_schema(const Database& db, const log::NoteKey& key);

}  // namespace tuixuan::ledger
