// The record of one mix of one contest (crypto/README.md, "Mixing"), an object beside the log:
//   u32 N | u32 w | output N w 64 | c 32N | c^ 32N | t1 t2 t3 | t4 64w | t^ 32N | s1 s2 s3 | s4 32w | s^ 32N | s' 32N
// in all (160 + 64 w) N + 200 + 96 w bytes; every list has its length from N and w, so none can be short.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/proofs/shuffle.h"

namespace tuixuan::protocol {

inline constexpr std::size_t kMaxBallots = 20'000'000;

struct MixStatement {
  Hash64 tctx;
  ContestId contest;
  MixPosition position;
  TrusteeIndex mixer;
  primitives::Point public_key;
};

struct MixRecord {
  std::vector<proofs::Row> output;
  proofs::ShuffleProof proof;

  Bytes encode() const;
  // Errors: "V13.shape" (the length is not what N and w make), "V13.decode" (a point or scalar that is not canonical).
  [[nodiscard]] static Result<MixRecord> decode(ByteView bytes, unsigned threads,
                                                batch::Checking checking = batch::Checking::merged);
  friend bool operator==(const MixRecord&, const MixRecord&) = default;
};

MixRecord make_mix(const MixStatement&, std::span<const proofs::Row> input, unsigned threads);  // input not empty
// Errors: "V13.shape", "V13.E1" to "V13.E5".
[[nodiscard]] Result<void> verify_mix(const MixStatement&, std::span<const proofs::Row> input, const MixRecord&,
                                      unsigned threads, batch::Checking checking = batch::Checking::merged);

}  // namespace tuixuan::protocol
