// The log's key for the day when the server's machine is lost: a file that may lie on a stick or a standby, for it
// opens only under the passphrases of two supervisors together. "tuixuan-sealed-log-key/1":
//   tuixuan-sealed-log-key/1\n<vkey>\n  {<key of one, hex> <key of the other, hex> <base64 of the sealed seed>\n
// a line for each pair, the smaller key first, pairs ascending; sealed (crypto/primitives/seal.h) under both
// passphrases, each behind its u32 length, in that order, with the context "tuixuan-log-key/1 <vkey> <key> <key>". Two
// together, since two must sign whatever else the supervisors decide, and one lost stick with one passphrase must not
// be the log's key; both in one Argon2id, so that a guess must guess both at once. Errors: "sealed.form", "sealed.pair"
// (not of these two), "seal.*".
#pragma once

#include "crypto/log/note.h"
#include "crypto/primitives/seal.h"

namespace tuixuan::identity {

inline constexpr std::size_t kMaxSealedKeySize = 65536;

struct Supervisor {
  primitives::VerifyKey key;
  primitives::SecretBuffer passphrase;
};

// For each pair of two or more different supervisors.
[[nodiscard]] Result<std::string> seal_log_key(const primitives::SigningKey& log_key, const std::string& origin,
                                               std::span<const Supervisor> supervisors,
                                               const primitives::SealStrength& strength = primitives::kSealModerate);
// Whose it is; without opening it.
[[nodiscard]] Result<log::NoteKey> sealed_log_key_of(std::string_view file);
// The key, held against the vkey in the file.
[[nodiscard]] Result<primitives::SigningKey> open_log_key(std::string_view file, const Supervisor& one,
                                                          const Supervisor& other);

}  // namespace tuixuan::identity
