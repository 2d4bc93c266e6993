// The server's side of its standby (service/replica.h), over HTTPS: the standby is known by its pin, and this server
// shows it the log's key on each connection. When the standby is lost nothing is acknowledged, until it is back or the
// supervisors have decided to go on alone (an epoch of this server with that cause). A batch of which it is not known
// whether the standby has it is the next one of the log in either case, so that its checkpoint never gets a rival.
#pragma once

#include <atomic>
#include <functional>

#include "crypto/base/mutex.h"
#include "server/service/replica.h"
#include "server/standby/batch.h"
#include "tally/client/https.h"

namespace tuixuan::standby {

class RemoteReplica final : public service::Replica {
 public:
  struct Files {
    std::filesystem::path sealed_key;
    std::filesystem::path epoch;
  };
  using Tell = std::function<void(const std::string&)>;
  RemoteReplica(client::Address address, Sha256 pin, primitives::SigningKey log_key, log::NoteKey log, Files files,
                Tell tell);

  [[nodiscard]] Result<void> store(std::uint64_t first, std::span<const Bytes> entries,
                                   const std::string& checkpoint) override;
  [[nodiscard]] Result<void> store_object(const Sha256& hash, ByteView bytes) override;
  [[nodiscard]] Result<void> level(ledger::Ledger& ledger) override;
  Standing standing() const override;

 private:
  [[nodiscard]] Result<Bytes> ask(const client::Https::Question& question) TUIXUAN_REQUIRES(mutex_);
  [[nodiscard]] Result<void> catch_up(ledger::Ledger& ledger) TUIXUAN_REQUIRES(mutex_);
  [[nodiscard]] Result<void> give_small_files() TUIXUAN_REQUIRES(mutex_);
  std::uint64_t decided_alone() const;  // the number of that epoch of this server; 0: none
  void stand(Standing now, const std::string& why);

  const log::NoteKey log_;
  const Files files_;
  const Tell tell_;
  std::atomic<Standing> standing_ = Standing::lost;
  Mutex mutex_;
  client::Https https_ TUIXUAN_GUARDED_BY(mutex_);
  std::uint64_t rejoined_ TUIXUAN_GUARDED_BY(mutex_) = 0;   // the epoch after which the standby was there again
  std::optional<Batch> unsure_ TUIXUAN_GUARDED_BY(mutex_);  // sent, and nobody knows
};

}  // namespace tuixuan::standby
