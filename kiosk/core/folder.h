// A kiosk's folder: its id and its key, made on the device and never leaving it, and its journal. Mode 0700, the key
// 0600. A key is made once and never replaced. A journal is of one log: for the next one (a rehearsal is over) it is
// set aside under the log's name, kept for ever, and a new one begun. Errors: "kiosk.id", "kiosk.exists",
// "kiosk.folder", "kiosk.key", "kiosk.other_log", those of journal.h.
#pragma once

#include "crypto/log/note.h"
#include "kiosk/core/journal.h"

namespace tuixuan::kiosk {

// The public key, for the scheme.
[[nodiscard]] Result<primitives::VerifyKey> make_kiosk(const std::string& folder, const std::string& id);
bool is_kiosk(const std::string& folder);
// Where it keeps the epoch that it has taken (client/way.h): whatever card it is given later, lower ones are refused.
std::string epoch_file(const std::string& folder);

struct KioskFolder {
  KioskId id;
  primitives::SigningKey key;
  Journal journal;
};
[[nodiscard]] Result<KioskFolder> open_kiosk(const std::string& folder);

// Before the first entry of this log is looked at. The file that the journal of the log before was set aside to; empty
// if it is this log's. Error "kiosk.other_log": that journal holds ballots that are not on its log yet.
[[nodiscard]] Result<std::string> join_log(KioskFolder& kiosk, const std::string& folder, const log::NoteKey& log);
std::vector<std::string> journals_set_aside(const std::string& folder);  // file names

}  // namespace tuixuan::kiosk
