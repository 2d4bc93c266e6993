// A copy of a ledger while it is in use, such as on a stick: everything that is new since the last time, as it stood at
// one moment of the source. Both are checked in full before a byte is written, and the copy is a ledger like any other.
// Refuses a copy that is not of this log's past: "ledger.other" (its entries are others) and "ledger.older" (it has
// more entries than the source: the source was set back). Errors: those of ledger.h.
#pragma once

#include <filesystem>

#include "crypto/log/note.h"

namespace tuixuan::ledger {

struct Copied {
  std::uint64_t before = 0;  // entries that the copy had
  std::uint64_t size = 0;
  std::uint64_t objects = 0;  // that it did not have
};
// One commit: pulled out in the middle, the copy is the one before.
[[nodiscard]] Result<Copied> copy_ledger(const std::filesystem::path& from, const std::filesystem::path& to,
                                         const log::NoteKey& key);

}  // namespace tuixuan::ledger
