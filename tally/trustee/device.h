// A trustee's own device: what it keeps, and what it will not do. The folder holds trustee.key (signing key),
// ceremony-<attempt>.sealed (its secrets of the key ceremony), share.sealed (its part of the decryption key), all
// sealed under the trustee's passphrase, decrypted.txt, one line for each list it has decrypted, seen.checkpoint, and
// what it has verified of the log (tally/snapshot). It refuses to decrypt a second list of the same contest, a list
// that was not mixed by enough mixers, and a list shorter than the scheme allows; a server or an organiser who asks for
// more learns nothing. Errors: "trustee.folder", "trustee.identity" (this key is no trustee's), "trustee.share" (the
// share is not here), "trustee.second", "trustee.unmixed", "trustee.few"; those of key_file.h.
#pragma once

#include <filesystem>

#include "crypto/log/checkpoint.h"
#include "crypto/protocol/ceremony_secret.h"
#include "crypto/protocol/decryption.h"
#include "tally/client/key_file.h"
#include "tally/election/state.h"

namespace tuixuan::trustee {

class Device {
 public:
  [[nodiscard]] static Result<primitives::VerifyKey> create(const std::filesystem::path& folder, ByteView passphrase,
                                                            const primitives::SealStrength& strength);
  [[nodiscard]] static Result<Device> open(const std::filesystem::path& folder, primitives::SecretBuffer passphrase);

  const primitives::SigningKey& key() const { return key_; }
  [[nodiscard]] Result<TrusteeIndex> index_in(const tally::Scheme&) const;

  // The secrets of this attempt: those that were made before, else new ones, on the disk before they are returned.
  [[nodiscard]] Result<protocol::CeremonySecret> ceremony_secret(std::uint32_t attempt, std::uint32_t threshold);
  [[nodiscard]] Result<void> keep_share(const primitives::SecretScalar& x);  // again with the same is no error
  [[nodiscard]] Result<primitives::SecretScalar> share() const;

  // The newest checkpoint it acted upon, as seen.checkpoint keeps it: a log set back since is noticed after a restart.
  // Refuses a folder that belongs to another log.
  [[nodiscard]] Result<std::optional<log::Checkpoint>> seen(std::string_view origin) const;
  [[nodiscard]] Result<void> remember(const log::Checkpoint& seen);

  // Whether this list may be decrypted; remembers it, on the disk, before it answers yes.
  [[nodiscard]] Result<void> allow_decryption(const election::State&, const election::StageState&,
                                              const election::ContestState&);

 private:
  Device(std::filesystem::path folder, primitives::SecretBuffer passphrase, primitives::SigningKey key,
         const primitives::SealStrength& strength)
      : folder_(std::move(folder)), passphrase_(std::move(passphrase)), key_(std::move(key)), strength_(strength) {}
  std::filesystem::path folder_;
  primitives::SecretBuffer passphrase_;
  primitives::SigningKey key_;
  primitives::SealStrength strength_;  // trustee.key's own; what is sealed later gets the same
};

}  // namespace tuixuan::trustee
