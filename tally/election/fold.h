// The fold: the one place that says what may be appended to a congress's log and what it then means. The server accepts
// an entry exactly if the fold accepts it; the verifier, the kiosk, the desk and the trustees replay the same fold.
//
//   bytes --prepare()--> Prepared (form, signatures and proofs checked; const, may run on many threads at once)
//         --apply()----> the next state (order, double use, balances checked; one thread)
//
// A Prepared is good for the state it was made against: if an entry other than a ballot came in between, apply()
// answers "E09.stale" and the caller prepares again. An entry that is refused changes nothing. A voting entry found on
// a log although it breaks a rule is struck: it has no effect and the close must list it.
#pragma once

#include <functional>
#include <memory>

#include "crypto/batch/checking.h"
#include "tally/election/objects.h"
#include "tally/election/state.h"

namespace tuixuan::election {

// What a caller knows from outside the log and wants to see on it; empty fields are not compared.
struct Anchor {
  std::optional<primitives::VerifyKey> organiser;
  std::optional<primitives::VerifyKey> log_key;
};

using Action = std::function<Result<void>(State&)>;  // checks what depends on the state, then changes it

struct Prepared {
  Sha256 leaf;          // leaf hash of the entry
  std::uint64_t epoch;  // of the state it was prepared against
  Kind kind;
  Action action;
};

class Fold {
 public:
  explicit Fold(Anchor anchor = {}, unsigned threads = 1, batch::Checking checking = batch::Checking::merged);
  // Goes on from a state that this machine has verified (tally/snapshot).
  explicit Fold(Anchor anchor, unsigned threads, State state);

  [[nodiscard]] Result<Prepared> prepare(ByteView entry, const Objects& objects) const;
  // prepare() of entries that stand or wait side by side, on the fold's threads: the signatures and proofs of ballots
  // are checked together. Empty where an entry is refused, or only prepare() can say: ask that.
  std::vector<std::optional<Prepared>> prepare_run(std::span<const ByteView> entries, const Objects& objects,
                                                   unsigned threads) const;
  [[nodiscard]] Result<void> apply(const Prepared& prepared);
  // prepare() and apply() in one.
  [[nodiscard]] Result<void> accept(ByteView entry, const Objects& objects);
  // Takes a refused voting entry of an existing log as struck. Error: the reason itself, if the entry cannot be struck
  // (another kind, unreadable, or no stage is open).
  [[nodiscard]] Result<void> strike(ByteView entry, const Error& why);
  // accept(), or strike() where accept() refuses: what a reader of an existing log does with each entry.
  [[nodiscard]] Result<void> replay(ByteView entry, const Objects& objects);

  const State& state() const { return state_; }
  std::uint64_t size() const { return state_.tree.size(); }

 private:
  [[nodiscard]] Result<Prepared> prepare(ByteView entry, const Objects&, batch::Claims*,
                                         const protocol::DecodedPoints*) const;
  void append_leaf(const Sha256& leaf, Kind kind);
  Anchor anchor_;
  unsigned threads_;
  batch::Checking checking_;
  State state_;
};

}  // namespace tuixuan::election
