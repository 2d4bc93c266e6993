#include "server/restore/backup.h"

#include "crypto/codes/server.h"
#include "hardware/devices/durable_file.h"
#include "server/identity/identity.h"
#include "server/identity/sealed_key.h"

namespace tuixuan::restore {

namespace fs = std::filesystem;
static constexpr std::size_t kMaxSmall = 65536;

// Whether it is there.
static Result<bool> copy_small(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  if (!fs::exists(from, ec)) return false;
  TUIXUAN_TRY(bytes, devices::read_all(from, kMaxSmall, false, code::backup::file));
  if (const auto known = devices::read_all(to, kMaxSmall, false, code::backup::file); known && *known == bytes)
    return true;
  TUIXUAN_CHECK(devices::replace(to, bytes, code::backup::file));
  return true;
}

Result<Backup> back_up(const fs::path& server, const fs::path& to) {
  const identity::IdentityFiles from{server};
  const identity::IdentityFiles copy{to};
  TUIXUAN_TRY(self, identity::load_identity(from));
  std::error_code ec;
  fs::create_directories(to, ec);
  if (ec) return fail(code::backup::file, to.string() + ": " + ec.message());
  const std::string about = self.public_json() + "\n";
  if (fs::exists(copy.ledger(), ec)) {
    const auto there = devices::read_all(copy.about(), kMaxSmall, false, code::backup::file);
    if (!there || as_text(*there) != about)
      return fail(code::backup::other,
                  to.string() + " is a backup of another server; give this one a folder of its own");
  }
  Backup out;
  TUIXUAN_CHECK(copy_small(from.about(), copy.about()).map([](bool) {}));
  TUIXUAN_TRY(copied, ledger::copy_ledger(from.ledger(), copy.ledger(), self.vkey()));
  out.ledger = copied;
  TUIXUAN_TRY(sealed, copy_small(from.sealed_key(), copy.sealed_key()));
  TUIXUAN_CHECK(copy_small(from.epoch(), copy.epoch()).map([](bool) {}));
  out.sealed_key = sealed;
  return out;
}

}  // namespace tuixuan::restore
