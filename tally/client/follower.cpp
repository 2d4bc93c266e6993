#include "tally/client/follower.h"

#include <algorithm>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "tally/election/replay.h"

namespace tuixuan::client {

Result<Bytes> RemoteObjects::find(const Sha256& hash) const {
  auto bytes = client_.object(hash);
  if (!bytes && bytes.error().check == code::server::absent)
    return fail(code::E04::object, "object " + hash.hex() + " is not there");
  if (bytes && keeper_ != nullptr) keeper_->object(hash, *bytes);
  return bytes;
}

static election::Anchor with_log_key(election::Anchor anchor, const log::NoteKey& log) {
  anchor.log_key = log.key;
  return anchor;
}

Follower::Follower(Client& client, election::Anchor anchor, unsigned threads)
    : client_(client),
      objects_(client),
      anchor_(with_log_key(std::move(anchor), client.log())),
      threads_(threads),
      fold_(anchor_, threads) {}

Result<void> Follower::fetch(std::uint64_t size) {
  while (fold_.size() < size) {
    log::BundleId id;
    id.index = fold_.size() / log::kTileWidth;
    const std::uint64_t first = id.index * log::kTileWidth;
    id.width = static_cast<unsigned>(std::min<std::uint64_t>(log::kTileWidth, size - first));
    TUIXUAN_TRY(entries, client_.bundle(id));
    const std::span<const Bytes> fresh = std::span(entries).subspan(fold_.size() - first);
    TUIXUAN_CHECK(election::replay_all(fold_, fresh, objects_, threads_, election::Reading::striking));
    if (keeper_ != nullptr) keeper_->entries(fold_.size() - fresh.size(), fresh);
  }
  return {};
}

void Follower::keep_in(Keeper* keeper) {
  keeper_ = keeper;
  objects_.keep_in(keeper);
}

void Follower::remember(log::Checkpoint seen) {
  if (!seen_ || seen_->size < seen.size) seen_ = std::move(seen);
}

Result<void> Follower::check_not_shorter(std::uint64_t size) const {
  const std::uint64_t before = std::max(fold_.size(), seen_ ? seen_->size : 0);
  if (size >= before) return {};
  return fail(code::log::rollback, "the log had " + std::to_string(before) + " entries and now shows " +
                                       std::to_string(size) + ": entries are missing");
}

Result<void> Follower::check_seen() {
  if (!seen_) return {};
  if (fold_.state().tree.root_at(seen_->size) != seen_->root)
    return fail(code::log::fork, "the log is not the one that was seen before: its first " +
                                     std::to_string(seen_->size) + " entries are others");
  seen_.reset();
  return {};
}

// From what the fold has to the checkpoint.
Result<void> Follower::advance(const log::OpenedCheckpoint& now) {
  const double begin = snapshot::cpu_seconds();
  const std::uint64_t before = fold_.size();
  TUIXUAN_CHECK(fetch(now.checkpoint.size));
  if (fold_.state().tree.root() != now.checkpoint.root)
    return fail(code::log::fork, "the entries of the log are not those of its checkpoint of size " +
                                     std::to_string(now.checkpoint.size));
  TUIXUAN_CHECK(check_seen());
  if (!kept_ || fold_.size() == before || !kept_->verified(snapshot::cpu_seconds() - begin)) return {};
  if (keeper_ == nullptr || keeper_->kept() >= fold_.size())
    kept_->keep(fold_.state(), log::format_note(now.note), client_.log(), anchor_);
  return {};
}

// From the snapshot, if there is one. What is wrong then is believed only after everything was verified again, and by
// its name there; a log that does not hold what was verified before is refused by check_seen().
Result<void> Follower::first_advance(const log::OpenedCheckpoint& now) {
  auto kept = kept_->take(client_.log(), anchor_);
  if (!kept) return advance(now);
  const log::Checkpoint before = kept->checkpoint;
  remember(before);
  if (keeper_ != nullptr && keeper_->kept() < before.size) return advance(now);  // it wants to see them all
  TUIXUAN_CHECK(check_not_shorter(now.checkpoint.size));
  election::Fold fresh = std::exchange(fold_, election::Fold(anchor_, threads_, std::move(kept->state)));
  auto done = advance(now);
  if (done) {
    before_ = before.size;
    return {};
  }
  fold_ = std::move(fresh);
  if (kind_of(done.error()) == ErrorKind::later) return done;
  done = advance(now);
  if (fold_.size() >= before.size && fold_.state().tree.root_at(before.size) != before.root)
    kept_->contradicted(*kept, log::format_note(now.note));
  return done;
}

Result<void> Follower::sync() {
  if (client_.way()) client_.way()->look();
  auto opened = client_.checkpoint();
  if (!opened) {
    if (opened.error().check == code::server::unknown && fold_.size() == 0) return check_not_shorter(0);
    return tl::unexpected<Error>(std::move(opened.error()));
  }
  TUIXUAN_CHECK(check_not_shorter(opened->checkpoint.size));
  TUIXUAN_CHECK(kept_ && fold_.size() == 0 ? first_advance(*opened) : advance(*opened));
  if (client_.way()) TUIXUAN_CHECK(client_.way()->confirm(fold_.state()));
  if (keeper_ != nullptr && checkpoint_ != opened->checkpoint) keeper_->checkpoint(*opened);
  checkpoint_ = opened->checkpoint;
  return {};
}

}  // namespace tuixuan::client
