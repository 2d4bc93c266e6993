// The log server without its sockets: takes entries that the fold accepts, makes them durable in groups, and answers
// with receipts. The way of an entry:
//
//   submit() --queue--> worker: known already? signatures and proofs of what waits together (Fold::prepare_run)
//            --queue--> sequencer: order and double use (Fold::apply), up to 256 entries in one commit with their
//                       signed checkpoint, fsync, then the receipts
//
// Promises: what is answered with a receipt is on the disk; the same entry sent again gets the same place; an entry is
// taken exactly if the fold takes it. When the disk fails the console is told, nothing is acknowledged, reading goes
// on, and the service reopens and replays its ledger until writing works again; where it does not for half a minute, it
// asks to be started anew. While nothing comes, it writes by itself now and then, so that a failing disk is known
// before the next voter. Errors: the fold's checks; "server.busy" (queue full), "server.storage" (disk; nothing was
// stored), "server.uncertain" (a failed commit: stored or not), "server.trouble" (it could not be read),
// "server.stopping"; "server.unknown" (no such entry), "server.upload" (who may store objects), "server.record" (at
// start: the ledger holds what the fold refuses).
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
  Cosigners::Tell tell = {};                 // for the console
  std::chrono::milliseconds probe{5000};     // so old may the last proof be that the disk takes what is written
  std::chrono::milliseconds give_up{30000};  // of failed recoveries, after which `ended` is called, once
  std::function<void()> ended = {};          // so that whoever runs this process starts it anew
  EpochFiles epochs = {};                    // empty: this server knows of no epochs
  Sha256 pin = {};                           // of this server, by which an epoch means it
  Replica* replica = nullptr;
};

// What is known of the ledger's disk.
struct Storage {
  bool ok = true;
  std::string what;          // why it is not
  std::uint64_t failed = 0;  // for so many seconds
  std::uint64_t proven = 0;  // the last write that reached the disk is so many seconds old
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
  std::map<Code, std::uint64_t> refusals;
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
  bool healthy() const { return storage().ok; }
  Storage storage() const;
  // Somebody met this error when reading: if it is the disk's, the ledger is opened and checked anew.
  void noticed(const Error& why);
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
    std::chrono::steady_clock::time_point came;
  };

  Service(Settings, primitives::SigningKey, std::unique_ptr<ledger::Ledger>);
  [[nodiscard]] Result<void> replay();
  bool gathers() const TUIXUAN_REQUIRES(queue_mutex_);
  std::vector<Job> take_share() TUIXUAN_REQUIRES(queue_mutex_);
  void prepare_together(std::span<Job* const> fresh);
  [[nodiscard]] std::optional<Error> prepare_alone(Job& job);
  void work();
  void sequence();
  void commit(std::vector<Job> batch);
  [[nodiscard]] Result<void> apply(const Job& job) TUIXUAN_REQUIRES(fold_mutex_);
  [[nodiscard]] Result<void> store(std::vector<Job>& fresh);
  void fail_all(std::vector<Job>& batch, const Error& why);
  bool is_idle() const TUIXUAN_REQUIRES(queue_mutex_) { return unprepared_.empty() && in_work_ == 0; }
  const log::Tree& own_tree() const TUIXUAN_UNCHECKED;  // for the sequencer
  [[nodiscard]] Result<void> back();                    // ledger, standby and fold are at one again
  void recover();                                       // until a write works, or the service is stopped
  void keep();                           // probes the disk, moves the write-ahead file into the ledger in quiet moments
  bool is_held(const Error& why) const;  // nothing is taken for the standby's or an epoch's sake, not for the disk's
  void stopped_by(const Error& why);     // such a reason
  void storage_failed(const Error& why);
  void storage_works();  // a write has reached the disk
  void storage_recovered();
  void say(const std::string& line) const;
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
  bool committing_ TUIXUAN_GUARDED_BY(queue_mutex_) = false;
  std::size_t last_commit_ TUIXUAN_GUARDED_BY(queue_mutex_) = 0;  // how many were in it
  std::chrono::steady_clock::time_point committed_at_ TUIXUAN_GUARDED_BY(queue_mutex_);
  bool stopping_ TUIXUAN_GUARDED_BY(queue_mutex_) = false;
  std::atomic<bool> healthy_{true};

  using Clock = std::chrono::steady_clock;
  mutable Mutex storage_mutex_;
  Condition keeper_wakes_;
  Error trouble_ TUIXUAN_GUARDED_BY(storage_mutex_);                // while it is not healthy
  bool held_ TUIXUAN_GUARDED_BY(storage_mutex_) = false;            // the trouble is not the disk's
  Clock::time_point failed_at_ TUIXUAN_GUARDED_BY(storage_mutex_);  // likewise
  Clock::time_point proven_at_ TUIXUAN_GUARDED_BY(storage_mutex_);  // the last write that reached the disk
  std::uint64_t unmoved_ TUIXUAN_GUARDED_BY(storage_mutex_) = 0;    // writes since the write-ahead file was moved
  bool keeper_stops_ TUIXUAN_GUARDED_BY(storage_mutex_) = false;

  mutable Mutex metrics_mutex_;
  Metrics metrics_ TUIXUAN_GUARDED_BY(metrics_mutex_);

  std::vector<std::thread> workers_;
  std::thread sequencer_;
  std::thread keeper_;
  std::unique_ptr<Cosigners> cosigners_;
};

}  // namespace tuixuan::service
