// What is left of a log whose server is lost: put together from backups, published records, and what kiosks hold (their
// receipts, their copies of the log). Nothing is believed without the log's signature: an entry has its place by a
// receipt, or as one of the entries of a signed checkpoint. Every checkpoint that anybody has seen is held against the
// whole. Nothing is signed here. Errors: "restore.other" (a folder of another log), "restore.nothing", "restore.ended"
// (an entry that was signed is held by nobody any more: it is never replaced, so the log ends), "restore.unclear" (two
// copies disagree where no signature reaches), "log.fork" (the log's key signed two logs), those of what is read.
#pragma once

#include <filesystem>
#include <map>

#include "crypto/log/epoch.h"
#include "crypto/log/fork.h"
#include "kiosk/core/journal_receipts.h"
#include "server/ledger/ledger.h"
#include "server/restore/scratch.h"
#include "server/verify/source.h"
#include "tally/election/objects.h"

namespace tuixuan::restore {

struct Seen {
  log::Checkpoint checkpoint;
  std::string note;
  std::string who;
  bool receipt = false;  // under which a receipt was given; nobody cosigned it
};

struct ReceiptGiven {
  std::string kiosk;
  StageId stage;
  std::uint64_t seq = 0;
  Hash64 ballot;
  std::uint64_t index = 0;
};

struct Whole {
  std::vector<Bytes> entries;
  std::vector<Seen> seen;  // by size, ascending, without those of receipts alone; the last is of all entries
};

class Findings final : public election::Objects {
 public:
  explicit Findings(log::NoteKey log) : log_(std::move(log)) {}

  // A backup, or the folder of a server that can still be read. It is copied before it is opened.
  [[nodiscard]] Result<void> add_ledger(const std::filesystem::path& folder);
  [[nodiscard]] Result<void> add_record(const std::string& where);
  [[nodiscard]] Result<kiosk::KioskIdentity> add_kiosk(const std::filesystem::path& folder);
  void add_seen(const log::OpenedCheckpoint& opened, const std::string& who, bool receipt = false);
  void add_epoch(std::string_view note);  // what is none of this log is not looked at

  [[nodiscard]] Result<Whole> put_together() const;
  [[nodiscard]] Result<Bytes> find(const Sha256& hash) const override;
  const std::map<Sha256, Bytes>& objects() const { return objects_; }  // those that were asked for
  const std::vector<Seen>& seen() const { return seen_; }
  std::uint64_t highest_epoch() const { return highest_epoch_; }
  const std::vector<std::string>& addresses() const { return addresses_; }  // of the epochs found
  const std::vector<std::string>& damage() const { return damage_; }        // what was not believed, for people
  std::vector<ReceiptGiven> receipts_from(std::uint64_t index) const;       // for this entry or a later one
  std::optional<log::Fork> fork() const;                                    // two signed logs, if they were found

 private:
  struct Candidate {
    Bytes entry;
    Sha256 leaf;
    bool proven = false;
    bool disputed = false;  // another copy has another entry here, and neither is proven
    std::string who;
  };
  void add_entry(std::uint64_t index, ByteView entry, bool proven, const std::string& who);
  void add_sequence(std::span<const Bytes> entries, std::uint64_t proven, const std::string& who);

  log::NoteKey log_;
  std::map<std::uint64_t, Candidate> entries_;
  mutable std::map<Sha256, Bytes> objects_;
  std::vector<std::unique_ptr<Scratch>> scratches_;
  std::vector<std::unique_ptr<ledger::Ledger>> ledgers_;
  std::vector<std::unique_ptr<verify::Source>> records_;
  std::vector<std::filesystem::path> copies_;  // of the log, at kiosks
  std::vector<Seen> seen_;
  std::vector<ReceiptGiven> receipts_;
  std::vector<std::string> addresses_;
  std::vector<std::string> damage_;
  std::optional<Error> contradiction_;  // two proven entries at one place
  std::uint64_t highest_epoch_ = 0;
};

}  // namespace tuixuan::restore
