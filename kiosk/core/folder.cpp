#include "kiosk/core/folder.h"

#include <filesystem>

#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;
using primitives::SigningKey;

bool is_kiosk(const std::string& folder) {
  std::error_code ec;
  return fs::exists(fs::path(folder) / "kiosk.key", ec);
}

static Result<SigningKey> load_key(const std::string& folder) {
  devices::FileKeyStore store(folder);
  TUIXUAN_TRY(seed, store.get("kiosk.key"));
  if (seed.size() != SigningKey::kSeedSize) return fail("kiosk.key", "kiosk.key is damaged");
  SigningKey key(std::span<const std::uint8_t, SigningKey::kSeedSize>(seed.data(), seed.size()));
  primitives::wipe(seed);
  return key;
}

Result<primitives::VerifyKey> make_kiosk(const std::string& folder, const std::string& id) {
  if (!is_short_name(id)) return fail("kiosk.id", "the id of a kiosk is 1 to 32 of a-z A-Z 0-9 . _ -");
  if (is_kiosk(folder)) {
    TUIXUAN_TRY(key, load_key(folder));
    const auto name = devices::read_all(fs::path(folder) / "kiosk.id", 64, false, "kiosk.folder");
    return fail("kiosk.exists", folder + " holds kiosk " + (name ? std::string(as_text(*name)) : "?") +
                                    " already, with the public key " + key.verify_key().hex() +
                                    "; nothing was changed. Put that key into the scheme, or give a new kiosk another "
                                    "folder");
  }
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (!ec) fs::permissions(folder, fs::perms::owner_all, ec);
  if (ec) return fail("kiosk.folder", folder + ": " + ec.message());
  devices::FileKeyStore store(folder);
  const auto key = SigningKey::random();
  fs::remove(fs::path(folder) / "kiosk.id", ec);  // left where the power was cut before there was a key
  TUIXUAN_CHECK(devices::write_new(fs::path(folder) / "kiosk.id", as_bytes(id), "kiosk.folder"));
  TUIXUAN_CHECK(store.put("kiosk.key", key.seed().reveal()));
  return key.verify_key();
}

Result<KioskFolder> open_kiosk(const std::string& folder) {
  TUIXUAN_TRY(key, load_key(folder));
  TUIXUAN_TRY(name, devices::read_all(fs::path(folder) / "kiosk.id", 64, false, "kiosk.folder"));
  const KioskId id{std::string(as_text(name))};
  TUIXUAN_TRY(journal, Journal::open((fs::path(folder) / "journal.sqlite").string(), id));
  return KioskFolder{id, std::move(key), std::move(journal)};
}

}  // namespace tuixuan::kiosk
