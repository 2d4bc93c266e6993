// What this machine has verified of a log, kept on its disk, so that nothing is verified twice here: the fold's state
// (tally/snapshot/state_bytes.h) under the log's signed checkpoint of that size, a digest of the program and the
// libraries it was started with, and a MAC of a key that only this machine has. It is the machine's memory and no
// evidence for anybody else; tuixuan-verify and whoever says --exact verify everything and never look at it. A snapshot
// that is not taken is said and costs only time. Errors: "snapshot.file" (the disk), "snapshot.key",
// "snapshot.damaged", "snapshot.machine" (another's), "snapshot.version" (of another program), "snapshot.log" (of
// another log), "snapshot.fork" (the log shown now does not begin with what was verified).
#pragma once

#include <filesystem>
#include <functional>

#include "crypto/log/checkpoint.h"
#include "crypto/primitives/mac.h"
#include "tally/election/fold.h"

namespace tuixuan::snapshot {

struct SnapshotPlace {
  std::filesystem::path file;
  std::filesystem::path key_folder;  // with machine.key, made when it is missing, for its owner only
};
// CARD.verified. The key is in the user's own state folder ($XDG_STATE_HOME/tuixuan, ~/.local/state/tuixuan): a card
// goes from hand to hand, and a folder that came with one must not bring a key that is believed.
SnapshotPlace beside_card(const std::filesystem::path& card);
// verified.log and machine.key in a folder that is this machine's alone.
SnapshotPlace in_folder(const std::filesystem::path& folder);

// 32 bytes for all that is linked at start: another build of ours or another libsodium is another program. None if the
// program was linked without a build id; then no snapshot is kept or taken.
const std::optional<ByteArray<32>>& program_digest();

struct VerifiedLog {
  log::Checkpoint checkpoint;
  std::string note;  // the log's signature over it
  election::State state;
};

class SnapshotFile {
 public:
  using Tell = std::function<void(const Error&)>;
  // tell: what hinders, as it happens. patience: a snapshot is written once verifying what it lacks took so many times
  // what writing one takes: 1 for a program that ends, more for one that runs on.
  SnapshotFile(SnapshotPlace place, Tell tell, unsigned patience);

  // None if there is none, or none that may be taken (told).
  std::optional<VerifiedLog> take(const log::NoteKey& log, const election::Anchor& anchor);
  // The log that is shown does not hold it. Both signed checkpoints are kept as evidence, FILE.fork.
  void contradicted(const VerifiedLog& kept, const std::string& shown);
  // So much CPU time more went into verifying. True: it is time for keep().
  [[nodiscard]] bool verified(double seconds);
  void keep(const election::State& state, const std::string& note, const log::NoteKey& log,
            const election::Anchor& anchor);

  // The two halves without policy.
  [[nodiscard]] Result<std::optional<VerifiedLog>> read(const log::NoteKey& log, const election::Anchor& anchor) const;
  [[nodiscard]] Result<void> write(const election::State& state, const std::string& note, const log::NoteKey& log,
                                   const election::Anchor& anchor) const;
  const SnapshotPlace& place() const { return place_; }

 private:
  SnapshotPlace place_;
  Tell tell_;
  unsigned patience_;
  double unkept_ = 0;    // seconds of verifying that no snapshot holds
  double cost_ = 0.002;  // seconds that the last reading or writing took
  bool usable_ = true;   // false once writing has failed
};

// CPU seconds of this process so far.
double cpu_seconds();

}  // namespace tuixuan::snapshot
