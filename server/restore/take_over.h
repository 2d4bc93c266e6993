// A log goes on at this machine: the last steps of a restore and of a standby's promotion, and the decision to go on
// without a standby. Nothing is signed before this ledger holds every checkpoint that the witnesses and kiosks which
// could be asked have seen; those that could not are named by the supervisors. Then two of them open the log's key and
// sign the epoch (crypto/log/epoch.h), witnesses take it, and only then is it on this disk: of two machines that try it
// at once, the one that more than half of the witnesses heard first goes on. Errors: "restore.behind" (somebody has
// seen more), "restore.absent" (who was neither asked nor named), "restore.supervisors", "restore.lost" (another
// machine was first), "restore.file", those of sealed_key.h, key_file.h and the ledger.
#pragma once

#include "server/identity/identity.h"
#include "server/restore/findings.h"
#include "server/restore/supervisors.h"
#include "tally/client/congress_card.h"
#include "tally/client/witness_held.h"

namespace tuixuan::restore {

struct Plan {
  std::filesystem::path folder;  // of the new server, with its HTTPS keys and the ledger
  client::CongressCard card;
  std::string address;                 // where the hall will reach it
  std::vector<std::string> witnesses;  // NAME=URL
  std::vector<std::string> without;    // kiosks and witnesses that cannot be asked
  log::EpochCause cause = log::EpochCause::restored;
  std::filesystem::path sealed;  // the sealed copy of the log's key
  std::function<void(const std::string&)> tell;
};

// Asks the witnesses and adds what they hold.
[[nodiscard]] Result<std::set<std::string>> ask_witnesses(const Plan&, const log::NoteKey&, Findings&);  // who answered
// asked: names of the kiosks and witnesses whose knowledge is in the findings.
[[nodiscard]] Result<log::Epoch> take_over(const Plan&, const Findings&, std::set<std::string> asked,
                                           const std::function<Result<Supervisors>()>& come);
// The same server, from now on without its standby. The server may run: it looks at its folder.
[[nodiscard]] Result<log::Epoch> go_on_alone(const Plan&, const std::function<Result<Supervisors>()>& come);

}  // namespace tuixuan::restore
