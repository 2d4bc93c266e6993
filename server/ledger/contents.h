// What a ledger keeps in memory of its file, built only by checking all of it: each entry's bytes against its leaf
// hash, the root of the tree against the root by definition and by the right edge, every stored checkpoint's signature,
// size and root, and that the newest one covers the whole log. Errors: ledger.leaf, ledger.root, ledger.checkpoint,
// ledger.damaged. For the sources of this room.
#pragma once

#include <optional>
#include <unordered_map>

#include "crypto/log/checkpoint.h"
#include "server/ledger/sqlite.h"

namespace tuixuan::ledger {

struct Contents {
  log::Tree tree;
  log::Frontier frontier;
  std::unordered_map<Sha256, std::uint64_t, ByteIdHash> index;  // of the first entry with this leaf hash
  std::optional<std::string> latest;                            // the newest checkpoint
};

[[nodiscard]] Result<Contents> check_contents(const Database& db, const log::NoteKey& key);

}  // namespace tuixuan::ledger
