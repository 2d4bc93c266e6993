// A role's signing key at rest: a file that only its owner may read, sealed under a passphrase
// (crypto/primitives/seal.h), bound to its role so that a desk's key does not open as a supervisor's. Errors:
// "key.file" (cannot be made or read), "key.passphrase" (too short, or none given), "seal.format", "seal.memory",
// "seal.open" (wrong passphrase, other role, or damaged).
#pragma once

#include <string>

#include "crypto/primitives/seal.h"
#include "crypto/primitives/sign.h"

namespace tuixuan::client {

inline constexpr std::size_t kMinPassphrase = 8;  // bytes

// The option --light of the commands that make a key.
inline constexpr const char* kLightHelp =
    "for a machine with little memory: 64 MiB open the key instead of 256; give it a longer passphrase";
constexpr const primitives::SealStrength& strength(bool light) {
  return light ? primitives::kSealLight : primitives::kSealModerate;
}

// One line from a file descriptor; or, without one, typed at the terminal without being shown (twice if `confirm`).
[[nodiscard]] Result<primitives::SecretBuffer> read_passphrase(int fd, const std::string& prompt, bool confirm);

// Never replaces a file.
[[nodiscard]] Result<void> write_sealed(const std::string& file, ByteView secret, ByteView passphrase,
                                        std::string_view context,
                                        const primitives::SealStrength& strength = primitives::kSealModerate);
[[nodiscard]] Result<primitives::SealStrength> strength_of_file(const std::string& file);
[[nodiscard]] Result<primitives::SecretBuffer> read_sealed(const std::string& file, ByteView passphrase,
                                                           std::string_view context);

// Where such a file of this role is already, and opens with this passphrase, that key: who was not told it, since the
// power went, asks again.
[[nodiscard]] Result<primitives::VerifyKey> make_key_file(const std::string& file, std::string_view role,
                                                          ByteView passphrase,
                                                          const primitives::SealStrength& = primitives::kSealModerate);
// The sealed bytes of such a file; `from` names them in errors.
[[nodiscard]] Result<primitives::SigningKey> open_sealed_key(ByteView sealed, std::string_view role,
                                                             ByteView passphrase, const std::string& from);
[[nodiscard]] Result<Bytes> read_sealed_key(const std::string& file);
[[nodiscard]] Result<primitives::SigningKey> open_key_file(const std::string& file, std::string_view role,
                                                           ByteView passphrase);

}  // namespace tuixuan::client
