// A kiosk's folder: its id and its key, made on the device and never leaving it, and its journal. Mode 0700, the key
// 0600. A key is made once and never replaced. Errors: "kiosk.id", "kiosk.exists", "kiosk.folder", "kiosk.key", those
// of journal.h.
#pragma once

#include "kiosk/core/journal.h"

namespace tuixuan::kiosk {

// The public key, for the scheme.
[[nodiscard]] Result<primitives::VerifyKey> make_kiosk(const std::string& folder, const std::string& id);
bool is_kiosk(const std::string& folder);

struct KioskFolder {
  KioskId id;
  primitives::SigningKey key;
  Journal journal;
};
[[nodiscard]] Result<KioskFolder> open_kiosk(const std::string& folder);

}  // namespace tuixuan::kiosk
