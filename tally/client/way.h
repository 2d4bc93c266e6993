// Where the server of a log is: at the address and with the pin of the congress card, until an epoch says another
// (crypto/log/epoch.h). An epoch is heard on the network (beacon.h), from the old server, from who answers at the old
// address, or put into the file where it is kept; a higher one is followed once the log's key has signed it, and kept
// for ever once it fits the entries replayed and two supervisors have signed it. Lower ones are not looked at again.
// May be used from several threads. Errors: "epoch.form", "log.note"; of confirm(): "net.epoch" (it was not good: the
// way before is taken again), "epoch.conflict" (the supervisors signed two of one number: nothing goes to either before
// they have signed a higher one), "log.rollback", "log.fork".
#pragma once

#include <filesystem>
#include <optional>
#include <set>

#include "crypto/base/mutex.h"
#include "crypto/log/epoch.h"
#include "tally/client/beacon.h"
#include "tally/client/https.h"
#include "tally/election/state.h"

namespace tuixuan::client {

class Way {
 public:
  struct Place {
    Address address;
    Sha256 pin;
    std::uint64_t epoch = 0;
  };
  // kept: the file in which the epoch is kept; with none it is forgotten at the end.
  Way(Place card, log::NoteKey log, std::filesystem::path kept);

  Place place() const;
  [[nodiscard]] Result<void> offer(std::string_view note);  // one that is not higher is no error
  void look();                                              // at the file and on the network; does not wait
  // After a sync, with all entries replayed.
  [[nodiscard]] Result<void> confirm(const election::State& state);
  std::optional<log::OpenedEpoch> epoch() const;  // the one confirmed

 private:
  void read_file();
  [[nodiscard]] Result<void> judge(const log::OpenedEpoch& opened, const election::State& state) const
      TUIXUAN_REQUIRES(mutex_);
  const Place card_;
  const log::NoteKey log_;
  const std::filesystem::path file_;
  mutable Mutex mutex_;
  BeaconListener network_ TUIXUAN_GUARDED_BY(mutex_);
  std::string seen_in_file_ TUIXUAN_GUARDED_BY(mutex_);
  std::optional<Error> unread_ TUIXUAN_GUARDED_BY(mutex_);  // the file is there and cannot be read
  // As of the last sync; until then only the log's key is known.
  std::vector<primitives::VerifyKey> supervisors_ TUIXUAN_GUARDED_BY(mutex_);
  std::optional<log::OpenedEpoch> kept_ TUIXUAN_GUARDED_BY(mutex_);
  std::optional<log::OpenedEpoch> tried_ TUIXUAN_GUARDED_BY(mutex_);    // followed, not yet confirmed
  std::optional<log::OpenedEpoch> another_ TUIXUAN_GUARDED_BY(mutex_);  // of the same number, and not the same
  std::set<std::string> refused_ TUIXUAN_GUARDED_BY(mutex_);            // texts that were not good
};

// Puts an epoch's file, such as from a stick, where the programs of this card look for it. Error also "epoch.lower".
[[nodiscard]] Result<log::Epoch> put_epoch(const std::string& file, const std::string& kept, const log::NoteKey& log);

}  // namespace tuixuan::client
