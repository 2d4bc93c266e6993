// A witness of one log (c2sp.org/tlog-witness): holds the newest checkpoint that it cosigned, and cosigns the next one
// only if it is proven to continue that. What it answers is on the disk before it answers: after a power cut it never
// cosigns a log that was set back. A checkpoint that the log signed and that does not continue what is held is an
// alarm: refused, and kept with the one held as evidence, alarm-<n>.txt (crypto/log/fork.h). An alarm that is not
// proven by itself ends when that very checkpoint is proven later. One process at a time holds a folder; add() may be
// called from any thread. It keeps the highest epoch of the log that it was given (crypto/log/epoch.h), by the log's
// signature, for it knows no supervisors; after that it cosigns nothing for a server of a lower one. Errors: those of
// crypto/log/witness.h; "witness.folder", "witness.storage" (nothing was cosigned); "witness.epoch" (asked by a server
// of a lower epoch), "epoch.conflict" (another epoch of this number is held, or a higher one), "log.rollback" (the
// epoch forgets entries that were cosigned), "epoch.form".
#pragma once

#include <filesystem>

#include "crypto/base/mutex.h"
#include "crypto/log/epoch.h"
#include "crypto/log/fork.h"
#include "crypto/log/witness.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::witness {

struct Alarm {
  std::string file;  // its name in the folder
  log::Fork fork;
  log::JudgedFork judged;
};

struct Standing {
  std::optional<log::Checkpoint> held;
  std::uint64_t seconds = 0;  // when it was cosigned
  std::vector<Alarm> alarms;
};

class Witness {
 public:
  // An existing folder. Refuses a held checkpoint without the log's and its own good signature: a folder is of one log.
  [[nodiscard]] static Result<std::unique_ptr<Witness>> open(const std::filesystem::path& folder, std::string name,
                                                             primitives::SigningKey key, log::NoteKey log);

  // The line of its cosignature, at this time, for a server that says it is of this epoch.
  [[nodiscard]] Result<std::string> add(std::string_view body, std::uint64_t seconds, std::uint64_t epoch = 0);
  [[nodiscard]] Result<void> take_epoch(std::string_view note);
  std::string epoch_note() const;  // empty: none
  Standing standing() const;
  std::string held_note() const;  // with its cosignature; empty before the first
  const log::NoteKey& log() const { return log_; }
  log::NoteKey vkey() const { return {name_, log::KeyType::kCosignature, key_.verify_key()}; }

 private:
  Witness(std::filesystem::path folder, std::string name, primitives::SigningKey key, log::NoteKey log, int lock);
  [[nodiscard]] Result<void> load() TUIXUAN_REQUIRES(mutex_);
  [[nodiscard]] Result<void> raise(std::string_view body) TUIXUAN_REQUIRES(mutex_);
  void settle(const log::Checkpoint& proven) TUIXUAN_REQUIRES(mutex_);
  const std::filesystem::path folder_;
  const std::string name_;
  const primitives::SigningKey key_;
  const log::NoteKey log_;
  const devices::Fd lock_;
  mutable Mutex mutex_;
  std::string note_ TUIXUAN_GUARDED_BY(mutex_);
  std::optional<log::OpenedEpoch> epoch_ TUIXUAN_GUARDED_BY(mutex_);
  Standing standing_ TUIXUAN_GUARDED_BY(mutex_);
};

}  // namespace tuixuan::witness
