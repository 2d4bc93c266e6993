// The one signed envelope around every entry (crypto/README.md, "Entries"):
//   u8 version = 1, 129 in a rehearsal | u8 kind | congress digest 64 | u32 minutes since 1970-01-01 UTC, as the author
//   claims | u32 length, body | u8 number of signatures, 1 to 16: key 32, signature 64 each, keys strictly ascending
// Each signature is Ed25519 of H("sig/" + kind name, congress digest, u64 minutes, body). An entry is at most 65,535
// bytes. decode() proves the form only; who may sign what is the fold's.
#pragma once

#include <vector>

#include "crypto/base/ids.h"
#include "crypto/batch/claims.h"
#include "crypto/primitives/sign.h"
#include "tally/election/kinds.h"

namespace tuixuan::election {

inline constexpr std::size_t kMaxEntrySize = 65535;
inline constexpr std::size_t kMaxSignatures = 16;

struct Signed {
  primitives::VerifyKey key;
  primitives::Signature signature;
  friend auto operator<=>(const Signed&, const Signed&) = default;
};

// What every entry says of its congress; a rehearsal's (演练) can be told from each of its entries alone.
struct CongressMark {
  Hash64 digest;
  bool rehearsal = false;
};

struct Envelope {
  Kind kind{};
  Hash64 congress;
  bool rehearsal = false;
  std::uint32_t minutes = 0;
  Bytes body;
  std::vector<Signed> signatures;

  Bytes encode() const;
  // Errors: "E01.version", "V07.kind", "E02.encoding" (length, trailing bytes, signatures out of order).
  [[nodiscard]] static Result<Envelope> decode(ByteView bytes);
  Bytes statement() const;  // the 64 bytes that are signed
  // Errors: the kind's signature check.
  [[nodiscard]] Result<void> verify_signatures() const;
  void claim_signatures(batch::Claims& claims) const;  // of keys that the state holds valid
};

// Signs with each key, sorts, encodes. The keys must differ; at least one.
Bytes sign_entry(Kind kind, const CongressMark& congress, std::uint32_t minutes, Bytes body,
                 std::initializer_list<const primitives::SigningKey*> keys);
Bytes sign_entry(Kind kind, const CongressMark& congress, std::uint32_t minutes, Bytes body,
                 std::span<const primitives::SigningKey* const> keys);

}  // namespace tuixuan::election
