// The kiosk as a witness of the log: it has replayed all entries, so what it cosigns is the log that its voters are on.
// The checkpoint it cosigned last is on its disk before the cosignature leaves it; started again, it refuses a log that
// does not hold that one. One file for each log, seen-<key>.checkpoint, in the kiosk's folder; and alarm-<n>.txt
// (crypto/log/fork.h) where a log contradicted it. Signed with the kiosk's key: tally/election/witnesses.h.
// Errors: "log.fork", "log.rollback" (what the server asks to cosign is not the log followed here: nothing more is
// believed), "kiosk.witness" (the disk), those of client.h.
#pragma once

#include <filesystem>

#include "tally/client/congress_card.h"

namespace tuixuan::kiosk {

// Where a kiosk keeps the newest checkpoint of this log that it cosigned.
std::filesystem::path seen_file(const std::filesystem::path& folder, const log::NoteKey& log);

class LogWitness {
 public:
  // Reads what was cosigned before.
  [[nodiscard]] static Result<LogWitness> open(const std::string& folder, KioskId kiosk, primitives::SigningKey key,
                                               log::NoteKey log);

  // Before the first sync: the log must hold what was cosigned.
  void remember(client::Congress&) const;
  // After a sync: cosigns the checkpoint that the server asks to cosign, if it is of the entries followed here and
  // newer than the last. Its size; 0 if there is nothing to cosign now.
  [[nodiscard]] Result<std::uint64_t> cosign(client::Congress&);
  // A checkpoint of this log that the kiosk was shown and did not cosign, such as its newest receipt's: as good as one
  // that it cosigned, when the log contradicts it.
  void saw(std::string_view note);
  // After log.fork or log.rollback: keeps the newest that it cosigned or saw and what is shown now as evidence, and
  // hands the server its own checkpoint back. As far as the server answers. Where the evidence is; empty: none.
  std::string accuse(client::Congress&) const;
  const std::optional<log::Checkpoint>& held() const { return held_; }

 private:
  LogWitness(std::filesystem::path folder, KioskId kiosk, primitives::SigningKey key, log::NoteKey log);
  std::filesystem::path file() const { return seen_file(folder_, log_); }
  [[nodiscard]] Result<void> keep(const log::OpenedCheckpoint& opened, const std::string& name);
  [[nodiscard]] Result<void> send(client::Client&);
  std::filesystem::path folder_;
  KioskId kiosk_;
  primitives::SigningKey key_;
  log::NoteKey log_;
  std::string note_;  // the newest cosigned, with its lines
  std::optional<log::Checkpoint> held_;
  std::string seen_note_;
  std::optional<log::Checkpoint> seen_;
  bool sent_ = false;
};

// Without voters: follows the log from its first entry and cosigns its newest checkpoint, as soon as the server asks
// for it. The checkpoint. Errors: those above, of folder.h and of the card; "kiosk.witness" if it did not come to that.
[[nodiscard]] Result<log::Checkpoint> cosign_newest(const std::string& folder, const std::string& card,
                                                    std::chrono::seconds patience);

}  // namespace tuixuan::kiosk
