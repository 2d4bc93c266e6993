// Ed25519 (RFC 8032) as libsodium verifies it: S < l; the key canonical and not of small order; R not of small order;
// the cofactorless equation. Other libraries differ on small-order R, so this rule is written into the protocol.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/primitives/secret.h"

namespace tuixuan::primitives {

using VerifyKey = ByteId<struct VerifyKeyTag, 32>;
using Signature = ByteId<struct SignatureTag, 64>;

// Canonical, on the curve, not of small order: what verify() demands of every key. (Not a subgroup check.)
bool is_verify_key(const VerifyKey& key);
bool verify(const VerifyKey& key, ByteView message, const Signature& signature);

class SigningKey {
 public:
  static constexpr std::size_t kSeedSize = 32;
  static SigningKey random();
  explicit SigningKey(std::span<const std::uint8_t, kSeedSize> seed);
  const VerifyKey& verify_key() const { return public_; }
  Signature sign(ByteView message) const;
  SecretBytes<kSeedSize> seed() const;
  SigningKey copy() const;

 private:
  SigningKey() = default;
  SecretBytes<64> secret_;
  VerifyKey public_;
};

}  // namespace tuixuan::primitives
