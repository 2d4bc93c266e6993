// Checks a whole record from its first byte to the announced names, trusting nothing in it: every entry through the
// fold (all signatures, proofs, balances, the recount), every tile, the signed checkpoint; then what the caller brought
// from outside: keys, earlier checkpoints, receipts, trackers. Holds at once only if everything holds.
// Checks of its own: "record.file", "record.incomplete" (a stage has no result yet), "log.root" (entries and checkpoint
// differ), "log.cosignature" (a known witness's line on the checkpoint is wrong), "log.tile" (a tile is not what the
// entries give), "log.fork" (an earlier checkpoint or a receipt belongs to another log), "log.short" (the record ends
// before it), "log.receipt", "tracker.unknown".
#pragma once

#include "server/verify/source.h"
#include "tally/election/checks.h"
#include "tally/election/decisions.h"
#include "tally/election/fold.h"
#include "tally/election/witnesses.h"

namespace tuixuan::verify {

struct Named {
  std::string name;  // such as the file's name
  std::string text;
};

struct Known {  // from outside of the record
  std::optional<log::NoteKey> log;
  std::optional<primitives::VerifyKey> organiser;
  std::vector<Named> checkpoints;
  std::vector<Named> receipts;  // tlog-proof
  std::vector<Named> trackers;  // as printed at the kiosk (26 characters), or the whole ballot hash in hex
  bool partial = false;         // the congress may be under way
  bool exact = false;           // each proof by itself, with libsodium alone; the verdict is the same
};

struct Finding {
  Error what;
  std::optional<std::uint64_t> entry;
};

enum class Held { held, failed, unfinished };

struct Group {
  const election::CheckGroup* of;
  Held held = Held::unfinished;
};

// What became of something that the caller brought.
struct Answer {
  std::string name;
  bool ok = false;
  std::string zh;
  std::string en;
};

// Who cosigned the record's checkpoint, and how many are needed for it to count as witnessed; that nobody did is no
// failure.
struct Witnesses {
  std::size_t known = 0;
  std::size_t needed = 0;
  std::vector<log::Cosignature> cosigned;
};

struct Verification {
  bool ok = false;
  std::string source;
  std::string note;  // the signed checkpoint, verbatim
  std::optional<log::Checkpoint> checkpoint;
  std::optional<log::NoteKey> log;  // the key that the scheme names
  Witnesses witnesses;
  std::vector<Group> groups;
  std::vector<Finding> failures;
  std::vector<Answer> answers;
  std::vector<election::Decision> decisions;  // in the order of the log
  std::vector<Sha256> objects;                // that the entries name, in the order of their use
  std::unique_ptr<election::Fold> fold;
  const election::State& state() const { return fold->state(); }
};

struct Progress {
  std::uint64_t done = 0;
  std::uint64_t size = 0;
  std::string_view zh;  // what the next entry is
  std::string_view en;
};
using ShowProgress = std::function<void(const Progress&)>;

Verification verify_record(Source&, const Known&, unsigned threads, const ShowProgress& progress = {});

}  // namespace tuixuan::verify
