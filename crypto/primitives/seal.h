// A secret at rest under a passphrase: Argon2id for the key, XChaCha20-Poly1305 for the content (crypto/README.md,
// "Secrets at rest"). Layout: "TXSEAL1\n" | salt 16 | u64 operations | u64 memory in bytes, whole KiB | nonce 24 |
// ciphertext and tag. The context is bound, so a file of one role or congress does not open as another's.
#pragma once

#include "crypto/primitives/secret.h"

namespace tuixuan::primitives {

struct SealStrength {
  std::uint64_t operations;
  std::uint64_t memory;  // bytes
};
inline constexpr SealStrength kSealModerate{3, 256U << 20U};  // about half a second; for keys kept on a device
inline constexpr SealStrength kSealLight{2, 64U << 20U};      // about 0.1 s; for machines with little memory

// Errors: "seal.memory" if this machine has not that much.
[[nodiscard]] Result<Bytes> seal(ByteView secret, ByteView passphrase, ByteView context, const SealStrength& strength);
// What the file says of itself. Errors: "seal.format".
[[nodiscard]] Result<SealStrength> strength_of(ByteView sealed);
// Errors: "seal.format" for bytes that are no such file or demand more than 1 GiB or 16 operations; "seal.memory";
// "seal.open" for a wrong passphrase, another context or a damaged file (which of them cannot be told).
[[nodiscard]] Result<SecretBuffer> open_seal(ByteView sealed, ByteView passphrase, ByteView context);

}  // namespace tuixuan::primitives
