// Follows a log over HTTPS: fetches what is new, replays it through the fold, and holds the result against the signed
// checkpoint. So every program that acts on the log has checked all of it from the first entry. Errors: those of
// client.h and of the fold; "log.fork" (the entries are not those of the checkpoint), "log.rollback" (the log is
// shorter than it was). After an error other than net.* and server.* nothing more should be believed.
#pragma once

#include "tally/client/client.h"
#include "tally/election/fold.h"

namespace tuixuan::client {

// Is given all that a follower has followed, to keep it (kiosk/core/log_copy.h). Cannot refuse.
class Keeper {
 public:
  virtual ~Keeper() = default;
  virtual void entries(std::uint64_t first, std::span<const Bytes>) = 0;  // the fold has taken them
  virtual void object(const Sha256& hash, ByteView bytes) = 0;
  virtual void checkpoint(const log::OpenedCheckpoint&) = 0;  // of all entries given before
};

// The objects of the log, fetched when the fold asks for them.
class RemoteObjects final : public election::Objects {
 public:
  explicit RemoteObjects(Client& client) : client_(client) {}
  [[nodiscard]] Result<Bytes> find(const Sha256& hash) const override;
  void keep_in(Keeper* keeper) { keeper_ = keeper; }

 private:
  Client& client_;
  Keeper* keeper_ = nullptr;
};

class Follower {
 public:
  // anchor: what is known from outside, such as the organiser's key.
  Follower(Client& client, election::Anchor anchor, unsigned threads);

  // A checkpoint of this log that was seen before this program started: sync() refuses a log that does not hold it.
  void remember(log::Checkpoint seen);

  // Who is given what is followed from now on; outlives the follower.
  void keep_in(Keeper* keeper);

  // Up to the newest checkpoint. An empty log is no error, if nothing else was seen before.
  [[nodiscard]] Result<void> sync();
  const election::State& state() const { return fold_.state(); }
  const election::Fold& fold() const { return fold_; }
  Client& client() { return client_; }
  const std::optional<log::Checkpoint>& checkpoint() const { return checkpoint_; }

 private:
  [[nodiscard]] Result<void> fetch(std::uint64_t size);
  [[nodiscard]] Result<void> check_not_shorter(std::uint64_t size) const;
  [[nodiscard]] Result<void> check_seen();
  Client& client_;
  RemoteObjects objects_;
  Keeper* keeper_ = nullptr;
  unsigned threads_;
  election::Fold fold_;
  std::optional<log::Checkpoint> checkpoint_;
  std::optional<log::Checkpoint> seen_;  // not yet held against the log
};

}  // namespace tuixuan::client
