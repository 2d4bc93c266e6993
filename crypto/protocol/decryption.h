// Partial decryptions and their combination (crypto/README.md, "Decryption"). A trustee's record for one contest, an
// object beside the log:  u32 N | u32 w | D 32 N w | A | B | z   with D_{i,m} = x alpha_{i,m} of the last list.
#pragma once

#include <vector>

#include "crypto/base/ids.h"
#include "crypto/proofs/equality.h"
#include "crypto/proofs/shuffle.h"

namespace tuixuan::protocol {

struct DecryptionStatement {
  Hash64 tctx;
  ContestId contest;
  TrusteeIndex trustee;
  primitives::Point public_key;   // Y
  primitives::Point trustee_key;  // X_t
};

struct DecryptionRecord {
  std::size_t width = 0;
  std::vector<primitives::Point> factors;  // D, row by row
  proofs::Equality proof;

  Bytes encode() const;
  // Errors: "V14.shape", "V14.decode".
  [[nodiscard]] static Result<DecryptionRecord> decode(ByteView bytes, unsigned threads,
                                                       batch::Checking checking = batch::Checking::merged);
  friend bool operator==(const DecryptionRecord&, const DecryptionRecord&) = default;
};

DecryptionRecord make_decryption(const DecryptionStatement&, std::span<const proofs::Row> list,
                                 const primitives::SecretScalar& x, unsigned threads);
// Errors: "V14.shape" (not the size of the list), "V14.proof".
[[nodiscard]] Result<void> verify_decryption(const DecryptionStatement&, std::span<const proofs::Row> list,
                                             const DecryptionRecord&, unsigned threads,
                                             batch::Checking checking = batch::Checking::merged);

// lambda_t = product over s != t of s / (s - t); the indices differ and are not zero.
primitives::Scalar lagrange(std::span<const TrusteeIndex> trustees, TrusteeIndex t);

struct PartialDecryption {
  TrusteeIndex trustee;
  std::span<const primitives::Point> factors;
};
// M = beta - sum lambda_t D_t, row by row.
std::vector<primitives::Point> combine(std::span<const proofs::Row> list, std::span<const PartialDecryption> parts,
                                       unsigned threads);
// Whether combine() would give these points, but for 2^-128: all in one sum.
bool combines_to(std::span<const primitives::Point> opened, std::span<const proofs::Row> list,
                 std::span<const PartialDecryption> parts, unsigned threads);

}  // namespace tuixuan::protocol
