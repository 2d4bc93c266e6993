#include "kiosk/core/folder.h"

#include <algorithm>
#include <filesystem>

#include "crypto/codes/kiosk.h"
#include "crypto/log/proof.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;
using primitives::SigningKey;

bool is_kiosk(const std::string& folder) {
  std::error_code ec;
  return fs::exists(fs::path(folder) / "kiosk.key", ec);
}

std::string epoch_file(const std::string& folder) { return fs::path(folder) / "epoch.note"; }

static Result<SigningKey> load_key(const std::string& folder) {
  devices::FileKeyStore store(folder);
  TUIXUAN_TRY(seed, store.get("kiosk.key"));
  if (seed.size() != SigningKey::kSeedSize) return fail(code::kiosk::key, "kiosk.key is damaged");
  SigningKey key(std::span<const std::uint8_t, SigningKey::kSeedSize>(seed.data(), seed.size()));
  primitives::wipe(seed);
  return key;
}

Result<primitives::VerifyKey> make_kiosk(const std::string& folder, const std::string& id) {
  if (!is_short_name(id)) return fail(code::kiosk::id, "the id of a kiosk is 1 to 32 of a-z A-Z 0-9 . _ -");
  if (is_kiosk(folder)) {
    TUIXUAN_TRY(key, load_key(folder));
    const auto name = devices::read_all(fs::path(folder) / "kiosk.id", 64, false, code::kiosk::folder);
    return fail(code::kiosk::exists,
                folder + " holds kiosk " + (name ? std::string(as_text(*name)) : "?") +
                    " already, with the public key " + key.verify_key().hex() +
                    "; nothing was changed. Put that key into the scheme, or give a new kiosk another "
                    "folder");
  }
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (!ec) fs::permissions(folder, fs::perms::owner_all, ec);
  if (ec) return fail(code::kiosk::folder, folder + ": " + ec.message());
  devices::FileKeyStore store(folder);
  const auto key = SigningKey::random();
  fs::remove(fs::path(folder) / "kiosk.id", ec);  // left where the power was cut before there was a key
  TUIXUAN_CHECK(devices::write_new(fs::path(folder) / "kiosk.id", as_bytes(id), code::kiosk::folder));
  TUIXUAN_CHECK(store.put("kiosk.key", key.seed().reveal()));
  return key.verify_key();
}

static constexpr const char* kJournal = "journal.sqlite";

Result<KioskFolder> open_kiosk(const std::string& folder) {
  TUIXUAN_TRY(key, load_key(folder));
  TUIXUAN_TRY(name, devices::read_all(fs::path(folder) / "kiosk.id", 64, false, code::kiosk::folder));
  const KioskId id{std::string(as_text(name))};
  TUIXUAN_TRY(journal, Journal::open((fs::path(folder) / kJournal).string(), id));
  return KioskFolder{id, std::move(key), std::move(journal)};
}

// --- from one log to the next ----------------------------------------------------------------------------------------

// The log whose ballots stand in the journal, by its name; empty: none that is known.
static Result<std::string> origin_of(const Journal& journal) {
  TUIXUAN_TRY(vkey, journal.log());
  if (!vkey.empty()) return vkey.substr(0, vkey.find('+'));
  TUIXUAN_TRY(text, journal.last_receipt());
  if (text.empty()) return std::string();
  TUIXUAN_TRY(receipt, log::parse_receipt(text));
  return receipt.checkpoint.substr(0, receipt.checkpoint.find('\n'));
}

// A journal from before it knew its log says it by its newest receipt.
static Result<bool> is_of(const Journal& journal, const log::NoteKey& log) {
  TUIXUAN_TRY(vkey, journal.log());
  if (!vkey.empty()) return vkey == log::format_vkey(log);
  TUIXUAN_TRY(text, journal.last_receipt());
  if (text.empty()) return true;
  TUIXUAN_TRY(receipt, log::parse_receipt(text));
  return log::open_checkpoint(receipt.checkpoint, log).has_value();
}

static std::string as_file_name(std::string_view origin) {
  std::string out;
  for (const char c : origin.substr(0, 40)) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    out += plain ? c : '_';
  }
  return out;
}

std::vector<std::string> journals_set_aside(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code ec;
  for (fs::directory_iterator it(folder, ec); !ec && it != fs::directory_iterator(); it.increment(ec)) {
    const std::string name = it->path().filename().string();
    if (name.starts_with("journal-") && name.ends_with(".sqlite")) out.push_back(name);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::string> join_log(KioskFolder& kiosk, const std::string& folder, const log::NoteKey& log) {
  TUIXUAN_TRY(same, is_of(kiosk.journal, log));
  if (same) {
    TUIXUAN_CHECK(kiosk.journal.bind_log(log::format_vkey(log)));
    return std::string();
  }
  TUIXUAN_TRY(origin, origin_of(kiosk.journal));
  TUIXUAN_TRY(counts, kiosk.journal.counts());
  if (counts.undelivered > 0)
    return fail(code::kiosk::other_log, "this kiosk still holds " + std::to_string(counts.undelivered) +
                                            " ballots that are not on the log " + origin + "; nothing was changed");
  std::string name;
  std::error_code ec;
  for (int n = 1; name.empty() || fs::exists(fs::path(folder) / name, ec); ++n)
    name = "journal-" + as_file_name(origin) + (n > 1 ? "-" + std::to_string(n) : "") + ".sqlite";
  const std::string path = (fs::path(folder) / kJournal).string();
  const auto aside = Journal::set_aside(std::move(kiosk.journal), path, (fs::path(folder) / name).string());
  TUIXUAN_TRY(journal, Journal::open(path, kiosk.id));
  kiosk.journal = std::move(journal);
  TUIXUAN_CHECK(aside);
  TUIXUAN_CHECK(kiosk.journal.bind_log(log::format_vkey(log)));
  return name;
}

}  // namespace tuixuan::kiosk
