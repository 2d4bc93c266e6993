#include "tally/trustee/device.h"

#include <sstream>

#include "crypto/codes/client.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::trustee {

namespace fs = std::filesystem;
using primitives::SecretBuffer;

static constexpr std::string_view kRole = "trustee";
static constexpr std::size_t kMaxDecrypted = std::size_t{1} << 20U;  // of decrypted.txt

static std::string ceremony_context(std::uint32_t attempt) { return "tuixuan-ceremony/1 " + std::to_string(attempt); }
static constexpr std::string_view kShareContext = "tuixuan-share/1";

Result<primitives::VerifyKey> Device::create(const fs::path& folder, ByteView passphrase,
                                             const primitives::SealStrength& strength) {
  std::error_code ec;
  fs::create_directories(folder, ec);
  if (!ec) fs::permissions(folder, fs::perms::owner_all, ec);
  if (ec) return fail(code::trustee::folder, folder.string() + ": " + ec.message());
  TUIXUAN_TRY(key, client::make_key_file((folder / "trustee.key").string(), kRole, passphrase, strength));
  TUIXUAN_CHECK(devices::replace(folder / "trustee.pub", as_bytes(key.hex() + "\n"), code::trustee::folder));
  return key;
}

Result<Device> Device::open(const fs::path& folder, SecretBuffer passphrase) {
  const std::string file = (folder / "trustee.key").string();
  TUIXUAN_TRY(key, client::open_key_file(file, kRole, passphrase.reveal()));
  TUIXUAN_TRY(strength, client::strength_of_file(file));
  return Device(folder, std::move(passphrase), std::move(key), strength);
}

Result<TrusteeIndex> Device::index_in(const tally::Scheme& scheme) const {
  for (std::size_t i = 0; i < scheme.trustees.size(); ++i)
    if (scheme.trustees[i].key == key_.verify_key().bytes) return TrusteeIndex{static_cast<std::uint32_t>(i + 1)};
  return fail(code::trustee::identity, "the key of this folder is none of the scheme's trustees");
}

Result<protocol::CeremonySecret> Device::ceremony_secret(std::uint32_t attempt, std::uint32_t threshold) {
  const std::string file = (folder_ / ("ceremony-" + std::to_string(attempt) + ".sealed")).string();
  TUIXUAN_TRY(there, devices::is_there(file, code::trustee::folder));
  if (there) {
    TUIXUAN_TRY(bytes, client::read_sealed(file, passphrase_.reveal(), ceremony_context(attempt)));
    return protocol::CeremonySecret::decode(bytes.reveal());
  }
  auto secret = protocol::CeremonySecret::random(threshold);
  TUIXUAN_CHECK(
      client::write_sealed(file, secret.encode().reveal(), passphrase_.reveal(), ceremony_context(attempt), strength_));
  return secret;
}

Result<void> Device::keep_share(const primitives::SecretScalar& x) {
  const std::string file = (folder_ / "share.sealed").string();
  TUIXUAN_TRY(there, devices::is_there(file, code::trustee::folder));
  if (!there) return client::write_sealed(file, x.reveal(), passphrase_.reveal(), kShareContext, strength_);
  TUIXUAN_TRY(kept, share());
  if (!primitives::equal_constant_time(kept.reveal(), x.reveal()))
    return fail(code::trustee::share,
                file + " holds the share of another ceremony; use a new folder for a new congress");
  return {};
}

Result<primitives::SecretScalar> Device::share() const {
  const std::string file = (folder_ / "share.sealed").string();
  TUIXUAN_TRY(there, devices::is_there(file, code::trustee::folder));
  if (!there) return fail(code::trustee::share, file + " is not there: this device took no part in the key ceremony");
  TUIXUAN_TRY(bytes, client::read_sealed(file, passphrase_.reveal(), kShareContext));
  return primitives::SecretScalar::decode(bytes.reveal());
}

Result<std::optional<log::Checkpoint>> Device::seen(std::string_view origin) const {
  const fs::path file = folder_ / "seen.checkpoint";
  TUIXUAN_TRY(bytes, devices::read_if_there(file, log::kMaxNoteSize, true, code::trustee::folder));
  if (!bytes) return std::nullopt;
  auto kept = log::parse_checkpoint(as_text(*bytes));
  if (!kept) return fail(code::trustee::folder, file.string() + " is damaged: " + kept.error().text());
  if (kept->origin != origin)
    return fail(code::trustee::folder, "this folder acted for the log " + kept->origin + ", not for " +
                                           std::string(origin) + "; use a new folder for a new congress");
  return std::optional(std::move(*kept));
}

Result<void> Device::remember(const log::Checkpoint& seen) {
  return devices::replace(folder_ / "seen.checkpoint", as_bytes(log::format_checkpoint(seen)), code::trustee::folder);
}

static Sha256 fingerprint(const std::vector<protocol::Row>& list) {
  Bytes all;
  for (const protocol::Row& row : list)
    for (const auto& ct : row)
      for (const auto* point : {&ct.alpha, &ct.beta})
        all.insert(all.end(), point->bytes().begin(), point->bytes().end());
  return primitives::sha256(all);
}

Result<void> Device::allow_decryption(const election::State& state, const election::StageState& stage,
                                      const election::ContestState& contest) {
  const tally::Scheme& scheme = *state.plan;
  const tally::Stage& plan = scheme.stages[stage.stage];
  const std::string which = "contest " + scheme.contests[contest.contest].id.name;
  if (contest.mixers.size() < state.mixers_needed())
    return fail(code::trustee::unmixed, which + " was mixed " + std::to_string(contest.mixers.size()) + " times, not " +
                                            std::to_string(state.mixers_needed()));
  if (contest.list.size() < plan.min_ballots && !stage.small_group)
    return fail(code::trustee::few,
                which + " has " + std::to_string(contest.list.size()) + " ballots; below " +
                    std::to_string(plan.min_ballots) +
                    " the result could show how somebody voted, and this device opens none of them");
  const fs::path file = folder_ / "decrypted.txt";
  const std::string key = stage.ctx.hex() + " " + scheme.contests[contest.contest].id.name + " ";
  const std::string line = key + fingerprint(contest.list).hex();
  TUIXUAN_TRY(before, devices::read_if_there(file, kMaxDecrypted, true, code::trustee::folder));
  std::string lines(before ? as_text(*before) : std::string_view());
  std::istringstream in(lines);
  for (std::string seen; std::getline(in, seen);) {
    if (seen == line) return {};
    if (seen.starts_with(key))
      return fail(code::trustee::second, which + " was decrypted here before, from another list; call the supervisors");
  }
  // As a whole, so that no power cut leaves half a line.
  return devices::replace(file, as_bytes(lines + line + "\n"), code::trustee::folder);
}

}  // namespace tuixuan::trustee
