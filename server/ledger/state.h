// The inside of a Ledger: its file, its lock, one connection that writes and as many that read as are needed at once.
// For the sources of this room.
#pragma once

#include <atomic>

#include "crypto/base/mutex.h"
#include "crypto/codes/server.h"
#include "server/ledger/contents.h"
#include "server/ledger/ledger.h"
#include "server/ledger/lock.h"

namespace tuixuan::ledger {

struct Ledger::State {
  State(FileLock taken, std::filesystem::path at, log::NoteKey log_key, Database connection, Contents checked);

  // A connection of one's own; it goes back to the pool with the lease.
  struct Return {
    const State* state;
    void operator()(Database* db) const;
  };
  using Lease = std::unique_ptr<Database, Return>;
  [[nodiscard]] Result<Lease> reader() const;
  [[nodiscard]] Result<void> close_all() TUIXUAN_REQUIRES(writing);  // readers and writer
  tl::unexpected<Error> not_begun(Error why) TUIXUAN_REQUIRES(writing) {
    locked = why.check == code::ledger::locked;
    return tl::unexpected<Error>(std::move(why));
  }

  const FileLock lock;
  const std::filesystem::path path;
  const log::NoteKey key;

  Mutex writing;  // held through a whole write
  Database writer TUIXUAN_GUARDED_BY(writing);
  std::atomic<bool> broken{false};
  bool locked TUIXUAN_GUARDED_BY(writing) = false;  // a write met a lock that nobody holds

  mutable SharedMutex memory;                         // never held during disk work
  Contents contents TUIXUAN_GUARDED_BY(memory);       // the tree may be ahead of size while a batch is being written
  std::uint64_t size TUIXUAN_GUARDED_BY(memory) = 0;  // what has been committed

  mutable Mutex pool_mutex;
  mutable Condition pool_wakes;
  mutable std::vector<Database> pool TUIXUAN_GUARDED_BY(pool_mutex);
  mutable std::size_t leased TUIXUAN_GUARDED_BY(pool_mutex) = 0;
  mutable bool closing TUIXUAN_GUARDED_BY(pool_mutex) = false;  // nobody reads until all connections are closed
};

}  // namespace tuixuan::ledger
