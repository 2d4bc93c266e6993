// A whole congress in memory for tests and benchmarks: keys of every role, a scheme, and the entries of each step made
// as the real programs make them and taken by a real fold. Secrets come from libsodium; only what the test asks for is
// chosen. Every step returns the entry it appended, so that a test can change it and offer it to another fold.
#pragma once

#include <set>
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
  BoxId box{"main"};
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

  // The steps, in order. Each appends to log and fold and stops the test program if the fold refuses. From slips() on
  // they are of the stage `stage_id`; enter() goes on to another.
  void found();
  void ceremony();
  void enter(const StageId&);
  void slips();  // size.slips for each box that has none; each box's list of the stage's round
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
  void finish();                  // close() to count()
  // Each ballot approves these people, by label, in the only contest; by slips of the stage's boxes in order.
  // +NAME is written in.
  void vote_for(const std::vector<std::vector<std::string>>& ballots);
  // attendance() to count(), with so many ballots.
  void hold(const StageId&, const std::vector<std::vector<std::string>>& ballots);

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

  // Entries signed by two supervisors, the chair, the superior body.
  Bytes by_supervisors(election::Kind kind, Bytes body) const {
    return entry(kind, std::move(body), {&supervisors[0], &supervisors[1]});
  }
  Bytes by_chair(election::Kind kind, Bytes body) const { return entry(kind, std::move(body), {&chair}); }
  Bytes by_superior(election::Kind kind, Bytes body) const { return entry(kind, std::move(body), {&superior}); }
  // The check by which the fold refuses it; "" if it is taken.
  std::string offer(Bytes entry);

  std::vector<std::uint32_t> quorum() const;    // the trustees that agree to the close and decrypt
  const tally::Stage& plan() const;             // of stage_id, in the scheme as amended
  std::vector<std::size_t> slips_here() const;  // indices of the slips of the stage's boxes

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
  primitives::SigningKey chair = primitives::SigningKey::random();
  primitives::SigningKey superior = primitives::SigningKey::random();
  primitives::SigningKey auditor = primitives::SigningKey::random();
  std::set<std::uint32_t> absent;  // trustees who do nothing any more
  std::vector<protocol::Slip> slip_secrets;
  std::vector<BoxId> slip_boxes;  // of each slip
  tally::Scheme scheme;
  election::ObjectMap objects;
  std::vector<Bytes> log;
  election::Fold fold;
  bool keeps_history = false;          // costs a copy of the fold for each entry
  std::vector<election::Fold> before;  // before[i]: the fold as entry i found it, if history is kept
  std::uint32_t minutes = 29'000'040;  // a whole hour
};

}  // namespace tuixuan::kit
