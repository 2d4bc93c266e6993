// A copy of a running server on a stick or in a folder: the ledger, what is public of it, its epoch, and the log's key
// only as it is sealed under supervisors' passphrases. Errors: those of ledger/copy.h, identity.h; "backup.file",
// "backup.other" (the folder is a backup of another log).
#pragma once

#include "server/ledger/copy.h"

namespace tuixuan::restore {

struct Backup {
  ledger::Copied ledger;
  bool sealed_key = false;  // without it, nothing can be restored from this alone
};
[[nodiscard]] Result<Backup> back_up(const std::filesystem::path& server, const std::filesystem::path& to);

}  // namespace tuixuan::restore
