// What a kiosk's folder proves about its log, for a log whose server is lost: each journalled entry with the receipt it
// got. Reads a copy of the journal, so that a folder on a stick is as good as one in use and nothing in it changes. An
// entry that is not the one of its receipt (a damaged journal) is not given out, only counted. Errors: "kiosk.folder",
// "kiosk.key", "journal.open", "journal.read".
#pragma once

#include <filesystem>

#include "crypto/log/proof.h"
#include "kiosk/core/journal.h"

namespace tuixuan::kiosk {

struct ReceiptHeld {
  StageId stage;
  std::uint64_t seq = 0;
  Hash64 ballot;         // its hash: the tracker
  Bytes entry;           // empty if it is damaged
  log::Receipt receipt;  // of this log
  log::Checkpoint checkpoint;
};
struct JournalReceipts {
  std::vector<ReceiptHeld> held;  // in the order of the receipts' indexes
  std::size_t of_other_logs = 0;
  std::vector<std::string> damaged;  // "<stage> <number>": the entry is not the one of its receipt
};
// Whose folder it is.
struct KioskIdentity {
  KioskId id;
  primitives::VerifyKey key;
};
[[nodiscard]] Result<KioskIdentity> kiosk_identity(const std::filesystem::path& folder);
[[nodiscard]] Result<JournalReceipts> read_receipts(const std::filesystem::path& folder, const log::NoteKey& log);
// The newest checkpoint that it cosigned of this log, as a note; empty: none.
[[nodiscard]] Result<std::string> cosigned_by(const std::filesystem::path& folder, const log::NoteKey& log);

}  // namespace tuixuan::kiosk
