// The witnesses of the log, seen from the server: which checkpoint they are asked to cosign, whose cosignatures came,
// and whether k of n have cosigned (crypto/README.md, "Witnesses"). The log does not wait for them: entries are taken
// whether anybody cosigns or not, and what is missing is said loudly.
//
// A round is one checkpoint for everybody, so that k cosignatures of the same one come together while the log grows:
// the newest one, kept until all have cosigned it or for a while. What was answered is on the disk; many are one
// commit. Error of submit(): "witness.form"; "witness.signature" (not signed by this log); "witness.cosignature" (a bad
// line of a known witness); "witness.unknown" (no line of one); "witness.size" (this log never signed that size);
// "log.fork" and "log.rollback": this log's key has signed what is not this log, an alarm, kept with evidence beside
// the ledger (alarm-<n>.txt, crypto/log/fork.h); "server.busy", "server.storage".
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <thread>

#include "crypto/base/mutex.h"
#include "crypto/log/cosignature.h"
#include "crypto/log/fork.h"

namespace tuixuan::service {

class Service;

struct CosignTimes {
  std::chrono::milliseconds round{2000};  // for how long a checkpoint is asked for, while newer ones come
  std::chrono::milliseconds late{60000};  // for how long entries may wait for k cosignatures
};

struct Witnessed {
  std::size_t witnesses = 0;        // n: those of the scheme and the kiosks
  std::size_t needed = 0;           // k
  std::string note;                 // the newest checkpoint that k cosigned, with their lines; empty if there is none
  std::uint64_t size = 0;           // its entries
  std::uint64_t seconds = 0;        // when the k-th cosigned it
  bool late = false;                // newer entries have waited too long for k cosignatures
  std::vector<std::string> alarms;  // names of the evidence
  std::map<std::string, std::string> refusals;  // witness: why it does not cosign, as it said the last time
};

class Cosigners {
 public:
  using Answer = std::function<void(Result<std::uint64_t>)>;  // the size cosigned
  using Tell = std::function<void(const std::string&)>;       // one line for the console

  Cosigners(Service& service, std::filesystem::path evidence, CosignTimes times, Tell tell);
  ~Cosigners();
  Cosigners(const Cosigners&) = delete;
  Cosigners& operator=(const Cosigners&) = delete;
  void stop();

  std::optional<std::string> round() const;       // the checkpoint to cosign; none while the log is empty
  std::optional<std::string> checkpoint() const;  // the newest, with the lines of those who cosigned just this one
  // A checkpoint of this log with its signature and with lines of witnesses. Answered once, perhaps on another
  // thread; checked on the thread of this class, so that the network's thread only hands it on.
  void submit(std::string note, Answer answer);
  void refused(const std::string& witness, const std::optional<Error>& why);  // as a witness says; none: it cosigns
  Witnessed witnessed() const;
  std::uint64_t changes() const { return changes_; }  // another number: something to show has changed
  [[nodiscard]] Result<std::string> evidence(const std::string& name) const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Line {
    std::string text;
    std::uint64_t seconds = 0;
  };
  struct Pending {
    std::string note;
    Answer answer;
  };
  struct Checked {
    std::uint64_t size = 0;
    std::map<std::string, Line> lines;  // by vkey
  };

  void load();
  void load_evidence();
  void run();
  [[nodiscard]] bool flush();  // whether anything waited
  void look();
  void count() TUIXUAN_REQUIRES(mutex_);
  [[nodiscard]] Result<Checked> check(const std::string& note);
  [[nodiscard]] Result<Checked> check_lines(const log::OpenedCheckpoint& opened) const;
  tl::unexpected<Error> raise(const log::OpenedCheckpoint& shown, const std::string& note, Error why);
  std::string with_lines(const std::string& note, std::uint64_t size) const;
  void keep(std::uint64_t size, const std::map<std::string, Line>& lines) TUIXUAN_REQUIRES(mutex_);
  void say(const std::string& line) const;

  Service& service_;
  const std::filesystem::path folder_;
  const CosignTimes times_;
  const Tell tell_;
  mutable Mutex mutex_;
  Condition wakes_;
  bool stopping_ TUIXUAN_GUARDED_BY(mutex_) = false;
  std::vector<log::NoteKey> known_ TUIXUAN_GUARDED_BY(mutex_);
  std::vector<std::string> known_vkeys_ TUIXUAN_GUARDED_BY(mutex_);
  std::uint64_t known_at_ TUIXUAN_GUARDED_BY(mutex_) = 0;  // size of the log that known_ is of
  std::vector<Pending> pending_ TUIXUAN_GUARDED_BY(mutex_);
  // Of the newest sizes: vkey, line.
  std::map<std::uint64_t, std::map<std::string, Line>> lines_ TUIXUAN_GUARDED_BY(mutex_);
  std::uint64_t round_size_ TUIXUAN_GUARDED_BY(mutex_) = 0;
  std::string round_ TUIXUAN_GUARDED_BY(mutex_);
  Clock::time_point round_began_ TUIXUAN_GUARDED_BY(mutex_);
  std::optional<Clock::time_point> waiting_since_ TUIXUAN_GUARDED_BY(mutex_);
  std::map<std::string, log::Checkpoint> alarms_ TUIXUAN_GUARDED_BY(mutex_);  // name: what was shown
  Witnessed witnessed_ TUIXUAN_GUARDED_BY(mutex_);
  std::atomic<std::uint64_t> changes_{0};
  std::thread thread_;
};

}  // namespace tuixuan::service
