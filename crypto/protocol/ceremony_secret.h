// What a trustee keeps during and after the key ceremony. Its bytes go to disk only sealed (primitives/seal.h); e and
// the polynomial are dropped once the key share is made.
#pragma once

#include "crypto/protocol/ceremony.h"

namespace tuixuan::protocol {

struct CeremonySecret {
  primitives::SecretScalar e;                          // one-time decryption key
  std::vector<primitives::SecretScalar> coefficients;  // f(X), k of them

  static CeremonySecret random(std::uint32_t threshold);
  primitives::SecretBuffer encode() const;                             // e | a_0 .. a_{k-1}
  [[nodiscard]] static Result<CeremonySecret> decode(ByteView bytes);  // error "seal.format"
};

CeremonyCommit make_commit(const CeremonyParameters&, TrusteeIndex, const CeremonySecret&);
// all: the commitments of every trustee, by index.
CeremonyShare make_share(const CeremonyParameters&, const Hash64& gamma, TrusteeIndex, const CeremonySecret&,
                         std::span<const CeremonyCommit> all);

// A share that does not fit its dealer's coefficients: grounds for a complaint.
struct WrongShare {
  TrusteeIndex dealer;
};
// x_j = sum of the shares of all dealers, one's own included.
[[nodiscard]] tl::expected<primitives::SecretScalar, WrongShare> open_shares(const Hash64& gamma, TrusteeIndex,
                                                                             const CeremonySecret&,
                                                                             std::span<const CeremonyCommit> commits,
                                                                             std::span<const CeremonyShare> all);
CeremonyConfirm make_confirm(const Hash64& transcript, TrusteeIndex, const primitives::SecretScalar& x);

}  // namespace tuixuan::protocol
