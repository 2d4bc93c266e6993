// A whole congress in memory for tests and benchmarks: keys of every role, a scheme, and the entries of each step made
// as the real programs make them and taken by a real fold. Secrets come from libsodium; only what the test asks for is
// chosen. Every step returns the entry it appended, so that a test can change it and offer it to another fold.
#pragma once

#include <vector>

#include "crypto/protocol/ballot.h"
#include "crypto/protocol/ceremony_secret.h"
#include "crypto/protocol/slip.h"
#include "tally/ballot/choice.h"
#include "tally/election/envelope.h"
#include "tally/election/fold.h"

namespace tuixuan::kit {

struct Size {
  std::size_t slips = 12;
  std::size_t kiosks = 2;
  std::uint32_t trustees = 3;
  std::uint32_t threshold = 2;
  bool wide = true;  // contests "committee" (7 for 5, write-ins) and "secretary"; otherwise one of width 1
};

struct TrusteeKeys {
  primitives::SigningKey signing = primitives::SigningKey::random();
  protocol::CeremonySecret ceremony;
  primitives::SecretScalar share;
};

struct KioskKeys {
  KioskId id;
  primitives::SigningKey signing = primitives::SigningKey::random();
  std::uint64_t seq = 0;
};

// What a kiosk holds of a ballot it has sealed.
struct HeldBallot {
  protocol::BallotBody ballot;
  std::vector<protocol::ContestSecret> secrets;
  primitives::Signature kiosk_signature;
};

class Congress {
 public:
  explicit Congress(Size size = {}, unsigned threads = 1);

  // The steps, in order. Each appends to log and fold and stops the test program if the fold refuses.
  void found();
  void ceremony();
  void slips();
  void attendance();
  // Two without the vote, nobody left out, so many there.
  tally::Attendance everybody(std::uint64_t expected, std::uint64_t present) const;
  void open();
  void vote(std::size_t ballots);  // by slips 0, 1, ... in turn over the kiosks, with a mixture of choices
  void close();
  void mix();
  void decrypt();
  void count();
  void run(std::size_t ballots);  // all of them

  // Pieces for tests that do one thing differently.
  HeldBallot seal(std::size_t slip, std::size_t kiosk, const std::vector<tally::Selection>& selections) const;
  Bytes entry(election::Kind kind, Bytes body, std::initializer_list<const primitives::SigningKey*> keys) const;
  Bytes cast_entry(const HeldBallot&, std::size_t slip) const;
  Bytes challenge_entry(const HeldBallot&, std::size_t slip) const;
  Bytes abandon_entry(const HeldBallot&, std::size_t kiosk) const;
  Bytes opening_body() const;
  election::CloseBody close_body() const;
  primitives::SigningKey credential(std::size_t slip) const;
  std::vector<tally::Selection> some_selections(std::size_t variant) const;
  const Bytes& append(Bytes entry);  // to log and fold

  // For cheats: what a dishonest server would do. rewind() goes back to the first n entries, the secrets stay; force()
  // puts on the log what the fold refuses. Both need the history.
  void rewind(std::size_t n);
  void force(Bytes entry);

  Hash64 congress() const { return fold.state().congress; }
  const election::StageState& stage() const { return *fold.state().stage(stage_id); }
  const primitives::Point& public_key() const { return stage().opening->public_key; }

  Size size;
  unsigned threads;
  StageId stage_id{"election"};
  BoxId box{"main"};
  primitives::SigningKey organiser = primitives::SigningKey::random();
  primitives::SigningKey desk = primitives::SigningKey::random();
  primitives::SigningKey log_key = primitives::SigningKey::random();
  std::vector<primitives::SigningKey> supervisors;
  std::vector<TrusteeKeys> trustees;
  std::vector<KioskKeys> kiosks;
  std::vector<protocol::Slip> slip_secrets;
  tally::Scheme scheme;
  election::ObjectMap objects;
  std::vector<Bytes> log;
  election::Fold fold;
  bool keeps_history = false;          // costs a copy of the fold for each entry
  std::vector<election::Fold> before;  // before[i]: the fold as entry i found it, if history is kept
  std::uint32_t minutes = 29'000'040;  // a whole hour
};

}  // namespace tuixuan::kit
