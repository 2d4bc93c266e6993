// A sealed ballot (crypto/README.md, "Ballots"): for each contest a row of ciphertexts and one proof that whoever
// sealed it knew the content, bound to the stage, contest, slip, kiosk and number:
//   A_j = a_j G;  c = HS("ballot/pok", ctx, contest, P, K, u64(seq), Y, cts(row), pts(A));  z_j = a_j + c r_j;
//   check z_j G = A_j + c alpha_j for all j.
// The ballot hash H("ballot", bytes) is printed as the tracker before the voter decides to cast or to check the
// machine.
#pragma once

#include <unordered_map>

#include "crypto/batch/claims.h"
#include "crypto/primitives/sign.h"
#include "crypto/protocol/elgamal.h"
#include "crypto/protocol/encoding.h"

namespace tuixuan::protocol {

struct SealedContest {
  ContestId contest;
  Row row;
  std::vector<primitives::Point> A;
  std::vector<primitives::Scalar> z;
  friend bool operator==(const SealedContest&, const SealedContest&) = default;
};

// Points that many ballots have, decoded together before each is read.
class DecodedPoints {
 public:
  DecodedPoints() = default;
  explicit DecodedPoints(std::span<const ByteView> ballots);  // of which those may be malformed
  const primitives::Point* find(std::span<const std::uint8_t, 32> bytes) const;

 private:
  using Encoding = ByteId<struct EncodingTag, 32>;
  std::unordered_map<Encoding, primitives::Point, ByteIdHash> points_;
};

struct BallotBody {
  Hash64 ctx;
  BoxId box;
  primitives::VerifyKey credential;
  KioskId kiosk;
  std::uint64_t seq = 0;  // of this kiosk in this stage: 1, 2, 3, ...
  std::vector<SealedContest> contests;

  Bytes encode() const;
  // Errors: "V08.point", "V08.scalar"; "E02.encoding" for all else about form.
  // Points that are in `known` are taken from there.
  [[nodiscard]] static Result<BallotBody> decode(ByteView bytes, const DecodedPoints& known = {});
  Hash64 hash() const;
  friend bool operator==(const BallotBody&, const BallotBody&) = default;
};

// What opens a contest: kept by the kiosk between sealing and the voter's decision, then published (challenge) or wiped
// (cast).
struct ContestSecret {
  primitives::SecretBuffer content;
  std::vector<primitives::SecretScalar> r;
};

struct Sealed {
  SealedContest contest;
  ContestSecret secret;
};

// ballot: ctx, credential, kiosk and seq are read. The content fits the width.
Sealed seal_contest(const BallotBody& ballot, const ContestId& contest, const primitives::Point& Y, ByteView content,
                    std::size_t width);

// Error "V08.pok" with the contest.
[[nodiscard]] Result<void> verify_possession(const BallotBody& ballot, const primitives::Point& Y);
// The same as claims, to be checked together with those of others.
void claim_possession(const BallotBody& ballot, const primitives::Point& Y, batch::Claims& claims);

// H("sig/kiosk-ballot", ballot hash): what the kiosk signs.
Hash64 kiosk_statement(const Hash64& ballot_hash);

// 26 base32 characters (130 bits of the ballot hash) in groups of four: for eyes, and in the address of the ballot's
// page.
std::string tracker(const Hash64& ballot_hash);

struct OpenedContest {
  Bytes content;
  std::vector<primitives::Scalar> r;
};

struct BallotOpening {
  std::vector<OpenedContest> contests;  // in the ballot's order
  Bytes encode() const;
  [[nodiscard]] static Result<BallotOpening> decode(ByteView bytes);  // error "V11.open"
};

BallotOpening publish(std::span<const ContestSecret> secrets);  // of a challenged ballot
// Each contest, sealed again with what was opened, is the ballot's row byte for byte. Error "V11.open".
[[nodiscard]] Result<void> verify_opening(const BallotBody& ballot, const BallotOpening& opening,
                                          const primitives::Point& Y);

}  // namespace tuixuan::protocol
