// The slip (领票凭条): 128 secret bits that a voter draws from a pile. From them, the congress and the round comes an
// Ed25519 credential; only its public key is ever logged (crypto/README.md, "Slips"). As text: TX1-, then 28 characters
// of base32 in groups of four: 26 for the secret, 2 (10 bits) that find a typing error.
#pragma once

#include "crypto/primitives/sign.h"

namespace tuixuan::protocol {

Hash64 draft_digest(ByteView scheme_file);  // the congress: H("draft", file)

class Slip {
 public:
  static constexpr std::size_t kSecretSize = 16;
  static Slip random();
  // Accepts small letters, missing or additional hyphens and spaces. Errors: "slip" (not a slip, or a typing error).
  [[nodiscard]] static Result<Slip> parse(std::string_view text);
  std::string text() const;  // secret: to be printed, never stored
  primitives::SigningKey credential(const Hash64& congress, std::uint8_t round) const;

 private:
  Slip() = default;
  primitives::SecretBytes<kSecretSize> secret_;
};

}  // namespace tuixuan::protocol
