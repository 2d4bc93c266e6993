// A new server for a log whose machine is lost, in a new folder: from backups, records, and what kiosks and witnesses
// hold (findings.h), taken over by two supervisors (take_over.h). Where the log cannot go on, the receipts concerned
// are written beside the folder, FOLDER.ended.txt; where its key has signed two logs, the evidence, FOLDER.fork.txt.
// Nothing is left in the folder then. Errors: those of both, "restore.kiosk" (a folder is not of the kiosk it says it
// is).
#pragma once

#include "server/restore/take_over.h"

namespace tuixuan::restore {

struct Sources {
  std::vector<std::string> backups;  // folders
  std::vector<std::string> records;  // files, folders or addresses
  std::vector<std::string> kiosks;   // folders
};
[[nodiscard]] Result<log::Epoch> restore(Plan plan, const Sources& sources,
                                         const std::function<Result<Supervisors>()>& come);

}  // namespace tuixuan::restore
