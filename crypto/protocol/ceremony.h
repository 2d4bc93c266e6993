// Threshold key generation, Pedersen and Feldman with commitment first (crypto/README.md, "Key ceremony"): n trustees,
// any k of them decrypt. Three public messages of each trustee, their digests, their checks; what a trustee keeps is
// ceremony_secret.h. If a share is wrong the receiver publishes its one-time key, anyone judges, and the ceremony
// starts again.
#pragma once

#include <vector>

#include "crypto/base/ids.h"
#include "crypto/proofs/possession.h"

namespace tuixuan::protocol {

struct CeremonyParameters {
  Hash64 congress;              // draft
  std::uint32_t trustees = 0;   // n
  std::uint32_t threshold = 0;  // k
};

// Round 0: u32 index | E 32 | proof 64 | commitment 64.
struct CeremonyCommit {
  TrusteeIndex trustee;
  primitives::Point ephemeral;  // E_i = e_i G
  proofs::Possession possession;
  Hash64 commitment;  // H("dkg/commit", draft, u64 i, u64 n, u64 k, pts(A_i))
  Bytes encode() const;
  [[nodiscard]] static Result<CeremonyCommit> decode(ByteView);  // errors: "V03.encoding"
  friend bool operator==(const CeremonyCommit&, const CeremonyCommit&) = default;
};

struct EncryptedShare {
  TrusteeIndex to;
  primitives::Point R;           // rho G
  primitives::Scalar encrypted;  // f_i(j) + HS("dkg/kem", Gamma, u64 i, u64 j, E_j, R, rho E_j)
  friend bool operator==(const EncryptedShare&, const EncryptedShare&) = default;
};

// Round 1: u32 index | u32 count, A_{i,m} 32 each | proof 64 | u32 count, (u32 j | R 32 | encrypted 32) each.
struct CeremonyShare {
  TrusteeIndex trustee;
  std::vector<primitives::Point> coefficients;  // A_{i,0} .. A_{i,k-1}
  proofs::Possession possession;                // of a_{i,0}
  std::vector<EncryptedShare> shares;           // for every j != i, ascending
  Bytes encode() const;
  [[nodiscard]] static Result<CeremonyShare> decode(ByteView);  // errors: "V04.encoding"
  friend bool operator==(const CeremonyShare&, const CeremonyShare&) = default;
};

// Round 2: u32 index | X 32 | proof 64.
struct CeremonyConfirm {
  TrusteeIndex trustee;
  primitives::Point public_key;  // X_j
  proofs::Possession possession;
  Bytes encode() const;
  [[nodiscard]] static Result<CeremonyConfirm> decode(ByteView);  // errors: "V05.encoding"
  friend bool operator==(const CeremonyConfirm&, const CeremonyConfirm&) = default;
};

struct ElectionKey {
  primitives::Point public_key;                 // Y
  std::vector<primitives::Point> trustee_keys;  // X_1 .. X_n
  friend bool operator==(const ElectionKey&, const ElectionKey&) = default;
};

// The messages in the order of the trustees' indices.
Hash64 ceremony_digest(const CeremonyParameters&, std::span<const CeremonyCommit> all);  // Gamma
Hash64 transcript_digest(const Hash64& gamma, std::span<const CeremonyShare> all);       // T1

[[nodiscard]] Result<void> verify_commit(const CeremonyParameters&, const CeremonyCommit&);  // V03.index, V03.popE
// V04.degree, V04.commit, V04.pop, V04.shares
[[nodiscard]] Result<void> verify_share(const CeremonyParameters&, const Hash64& gamma, const CeremonyCommit&,
                                        const CeremonyShare&);
// V05.X, V05.pop
[[nodiscard]] Result<void> verify_confirm(const CeremonyParameters&, const Hash64& transcript,
                                          std::span<const CeremonyShare> all, const CeremonyConfirm&);
ElectionKey election_key(std::span<const CeremonyShare> all, std::span<const CeremonyConfirm> confirms);

// True if the dealer's share for the complainer is wrong, as anyone can see from the complainer's opened one-time key;
// false if that key is not the committed one, or the share is right.
bool judge_complaint(const Hash64& gamma, const CeremonyCommit& complainer_commit, const CeremonyShare& dealer,
                     TrusteeIndex complainer, const primitives::Scalar& opened_key);

// Shared with the trustee's side.
Hash64 coefficient_commitment(const CeremonyParameters&, TrusteeIndex, std::span<const primitives::Point> coefficients);
Hash64 share_mask(const Hash64& gamma, TrusteeIndex from, TrusteeIndex to, const primitives::Point& E,
                  const primitives::Point& R,
                  const primitives::Point& shared);  // 64 bytes, reduced by the caller
primitives::Point evaluate(std::span<const primitives::Point> coefficients, TrusteeIndex at);  // sum j^m A_m
Bytes possession_context(const Hash64& digest, TrusteeIndex);

}  // namespace tuixuan::protocol
