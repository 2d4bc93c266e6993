// The public board of a record as a folder for any server of static files: the record's own files as the log server
// names them, and every page beside them. The record is verified first; what does not hold is refused with its check.
#pragma once

#include <filesystem>
#include <string>

#include "crypto/base/result.h"

namespace tuixuan::organiser {

// record: file, folder or https:// address. Refuses a folder that is there already.
[[nodiscard]] Result<void> export_board(const std::string& record, const std::filesystem::path& folder);

}  // namespace tuixuan::organiser
