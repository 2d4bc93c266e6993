// The log server without its sockets: takes entries that the fold accepts, makes them durable in groups, and answers
// with receipts. The way of an entry:
//
//   submit() --queue--> worker: known already? signatures and proofs (Fold::prepare), many at once
//            --queue--> sequencer: order and double use (Fold::apply), up to 256 entries in one commit with their
//                       signed checkpoint, fsync, then the receipts
//
// Promises: what is answered with a receipt is on the disk; the same entry sent again gets the same place; an entry is
// taken exactly if the fold takes it. When the disk fails nothing is acknowledged, reading goes on, and the service
// reopens and replays its ledger until writing works again. Errors: the fold's checks; "server.busy" (queue full),
// "server.storage" (disk), "server.stopping"; "server.unknown" (no such entry), "server.upload" (who may store
// objects), "server.record" (at start: the ledger holds what the fold refuses).
#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <thread>

#include "server/ledger/ledger.h"
#include "server/service/cosigners.h"
#include "server/service/epochs.h"
#include "server/service/replica.h"
#include "server/service/state_lock.h"
#include "tally/election/fold.h"

namespace tuixuan::service {

struct Settings {
  std::filesystem::path ledger;
  std::string origin;
  election::Anchor anchor;  // whose scheme is taken as the first entry
  unsigned workers = 2;
  std::size_t queue = 4096;  // entries waiting, before senders are told to come back later
  CosignTimes cosign_times = {};
  Cosigners::Tell tell = {};  // for the console
  EpochFiles epochs = {};     // empty: this server knows of no epochs
  Sha256 pin = {};            // of this server, by which an epoch means it
  Replica* replica = nullptr;
};

struct Status {
  std::uint64_t size = 0;  // of the log, durable
  std::string congress;    // digest in hex; empty before the scheme
  std::string title_zh;
  std::string title_en;
  bool rehearsal = false;
  struct Stage {
    StageId id;
    std::string phase;
    std::uint64_t slips = 0;
    std::uint64_t cast = 0;
    std::uint64_t challenged = 0;
    std::uint64_t abandoned = 0;
    std::uint64_t voided = 0;
  };
  std::vector<Stage> stages;
};

struct Metrics {  // since start
  std::uint64_t accepted = 0;
  std::uint64_t repeated = 0;
  std::uint64_t refused = 0;
  std::uint64_t busy = 0;
  std::uint64_t batches = 0;
  std::uint64_t recoveries = 0;
  std::uint64_t waiting = 0;
  std::map<std::string, std::uint64_t> refusals;  // by check
};

// The signed words of who may store an object: its hash and length under this congress, by a key of a role.
struct UploadPermit {
  primitives::VerifyKey key;
  primitives::Signature signature;
};

class Service {
 public:
  // Called once, on a thread of the service; must not block. The receipt is tlog-proof text.
  using Answer = std::function<void(Result<std::string>)>;

  // Opens the ledger, or makes a new one if `create`; checks and replays all of it. Errors: those of the ledger,
  // "server.record".
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(Settings, primitives::SigningKey log_key, bool create);
  ~Service();  // stops
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  void submit(Bytes entry, Answer answer);
  void stop();  // takes nothing more, finishes what is queued, returns when all is answered

  [[nodiscard]] Result<std::string> receipt(const Sha256& leaf) const;
  [[nodiscard]] Result<std::string> receipt_of_ballot(const Hash64& ballot) const;
  // Before anything is read of a body: whether this may be stored. Error "server.upload".
  [[nodiscard]] Result<void> may_upload(const Sha256& object, std::uint64_t length, const UploadPermit&) const;
  [[nodiscard]] Result<void> put_object(const Sha256& object, ByteView bytes);

  // Of stored checkpoints, verified by who gives them here (Cosigners).
  [[nodiscard]] Result<void> put_cosignatures(std::span<const ledger::StoredCosignature> cosignatures);
  Cosigners& cosigners() { return *cosigners_; }

  // Which epoch this is, and whether anything is signed at all.
  Epochs& epochs() { return epochs_; }
  [[nodiscard]] Result<void> learn_epoch(std::string_view note);
  std::optional<Replica::Standing> standby() const;  // none: no standby is configured

  const ledger::Ledger& ledger() const { return *ledger_; }
  const log::NoteKey& key() const { return key_; }
  bool healthy() const { return healthy_; }
  // With the fold's state held still: no entry is taken meanwhile, so be short.
  void read_state(const std::function<void(const election::State&)>& reader) const;
  bool is_kiosk(const primitives::VerifyKey&) const;  // of this congress, as the log stands
  Status status() const;
  Metrics metrics() const;

 private:
  struct Job {
    Bytes entry;
    Sha256 leaf;
    Answer answer;
    std::optional<election::Prepared> prepared;
  };

  Service(Settings, primitives::SigningKey, std::unique_ptr<ledger::Ledger>);
  [[nodiscard]] Result<void> replay();
  void work();
  void sequence();
  void commit(std::vector<Job> batch);
  [[nodiscard]] Result<void> apply(const Job& job) TUIXUAN_REQUIRES(fold_mutex_);
  void store(std::vector<Job>& fresh);
  void fail_all(std::vector<Job>& batch, const Error& why);
  bool is_idle() const TUIXUAN_REQUIRES(queue_mutex_) { return unprepared_.empty() && in_work_ == 0; }
  const log::Tree& own_tree() const TUIXUAN_UNCHECKED;  // for the sequencer
  bool back();                                          // ledger, standby and fold are at one again
  void recover();                                       // until a write works, or the service is stopped
  void refuse(Job& job, Error why);
  [[nodiscard]] Result<void> written(Result<void> done, const std::string& what);

  const Settings settings_;
  const log::NoteKey key_;
  const primitives::SigningKey log_key_;

  const std::unique_ptr<ledger::Ledger> ledger_;
  Epochs epochs_;

  mutable FoldMutex fold_mutex_;
  std::unique_ptr<election::Fold> fold_ TUIXUAN_GUARDED_BY(fold_mutex_) TUIXUAN_PT_GUARDED_BY(fold_mutex_);

  Mutex queue_mutex_;
  Condition unprepared_wakes_;
  Condition prepared_wakes_;
  std::deque<Job> unprepared_ TUIXUAN_GUARDED_BY(queue_mutex_);
  std::deque<Job> prepared_ TUIXUAN_GUARDED_BY(queue_mutex_);
  std::size_t in_work_ TUIXUAN_GUARDED_BY(queue_mutex_) = 0;  // jobs in a worker's hands
  bool stopping_ TUIXUAN_GUARDED_BY(queue_mutex_) = false;
  std::atomic<bool> healthy_{true};

  mutable Mutex metrics_mutex_;
  Metrics metrics_ TUIXUAN_GUARDED_BY(metrics_mutex_);

  std::vector<std::thread> workers_;
  std::thread sequencer_;
  std::unique_ptr<Cosigners> cosigners_;
};

}  // namespace tuixuan::service
