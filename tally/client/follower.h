// Follows a log over HTTPS: fetches what is new, replays it through the fold, and holds the result against the signed
// checkpoint. So every program that acts on the log has checked all of it from the first entry. Errors: those of
// client.h and of the fold; "log.fork" (the entries are not those of the checkpoint), "log.rollback" (the log is
// shorter than it was). After an error other than net.* and server.* nothing more should be believed.
#pragma once

#include "tally/client/client.h"
#include "tally/snapshot/snapshot_file.h"

namespace tuixuan::client {

// Is given all that a follower has followed, to keep it (kiosk/core/log_copy.h). Cannot refuse.
class Keeper {
 public:
  virtual ~Keeper() = default;
  virtual void entries(std::uint64_t first, std::span<const Bytes>) = 0;  // the fold has taken them
  virtual void object(const Sha256& hash, ByteView bytes) = 0;
  virtual void checkpoint(const log::OpenedCheckpoint&) = 0;  // of all entries given before
  virtual std::uint64_t kept() = 0;  // so many entries from the first are on the disk, with their objects
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

  // Goes on from what this machine has verified of this log, and keeps what it verifies. Where the log does not hold
  // that, everything is verified again, and then sync() says "log.fork".
  void go_on_from(snapshot::SnapshotFile file) { kept_ = std::move(file); }

  // Up to the newest checkpoint. An empty log is no error, if nothing else was seen before.
  [[nodiscard]] Result<void> sync();
  const election::State& state() const { return fold_.state(); }
  const election::Fold& fold() const { return fold_; }
  std::uint64_t verified_before() const { return before_; }  // entries that a snapshot of this machine stood for
  Client& client() { return client_; }
  const std::optional<log::Checkpoint>& checkpoint() const { return checkpoint_; }

 private:
  [[nodiscard]] Result<void> fetch(std::uint64_t size);
  [[nodiscard]] Result<void> advance(const log::OpenedCheckpoint& now);
  [[nodiscard]] Result<void> first_advance(const log::OpenedCheckpoint& now);
  [[nodiscard]] Result<void> check_not_shorter(std::uint64_t size) const;
  [[nodiscard]] Result<void> check_seen();
  Client& client_;
  RemoteObjects objects_;
  Keeper* keeper_ = nullptr;
  election::Anchor anchor_;
  unsigned threads_;
  election::Fold fold_;
  std::optional<log::Checkpoint> checkpoint_;
  std::optional<log::Checkpoint> seen_;  // not yet held against the log
  std::optional<snapshot::SnapshotFile> kept_;
  std::uint64_t before_ = 0;
};

}  // namespace tuixuan::client
