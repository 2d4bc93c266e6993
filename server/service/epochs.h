// Whether this server may sign: which epoch it serves (crypto/log/epoch.h), and what it has heard of higher ones. A
// server that is shown a higher epoch with another server's pin keeps it on the disk and signs nothing more, ever; from
// then on it only tells people where the log is served now. Two epochs of one number stop it until the supervisors have
// signed a higher one. And the reasons for which it takes no entries for a while. May be called from any thread.
// Errors: "server.superseded", "epoch.conflict", "epoch.form", "epoch.supervisors", "server.storage".
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <optional>

#include "crypto/base/mutex.h"
#include "crypto/log/epoch.h"

namespace tuixuan::service {

struct EpochFiles {
  std::filesystem::path own;         // the epoch of this server; written by those who make one, read again and again
  std::filesystem::path superseded;  // the higher one of another server
};

class Epochs {
 public:
  Epochs(EpochFiles files, log::NoteKey log, Sha256 pin);

  std::uint64_t number() const;  // of this server; 0 before the first
  std::string note() const;      // where the log is served: the highest that is known; empty: as the congress card says
  std::optional<log::Epoch> own() const;
  // Someone shows one. Known supervisors are those of the scheme.
  [[nodiscard]] Result<void> learn(std::string_view note, std::span<const primitives::VerifyKey> supervisors);
  void look();  // at the own file: the supervisors may have made a new one here

  // No entries are taken from now on, and why; until release() of the same check.
  void hold(Error why);
  void release(Code check);
  std::optional<Error> refusal() const;               // the gravest first
  std::uint64_t changes() const { return changes_; }  // another number: something has changed

 private:
  [[nodiscard]] Result<std::optional<log::OpenedEpoch>> read(const std::filesystem::path& file) const;
  const EpochFiles files_;
  const log::NoteKey log_;
  const Sha256 pin_;
  mutable Mutex mutex_;
  std::optional<log::OpenedEpoch> own_ TUIXUAN_GUARDED_BY(mutex_);
  std::optional<log::OpenedEpoch> superseded_ TUIXUAN_GUARDED_BY(mutex_);
  std::map<Code, Error> held_ TUIXUAN_GUARDED_BY(mutex_);
  std::atomic<std::uint64_t> changes_{0};
};

}  // namespace tuixuan::service
