// The command "status" of tuixuan-kiosk, while no other program uses the folder: what this kiosk's disk holds, whether
// the log agrees with it, and which of its ballots are not on the log, with their trackers and how their voters vote
// again. Changes nothing but what standing.h notes. Errors: those of folder.h, of the card and of client.h.
#pragma once

#include <functional>

#include "crypto/base/result.h"

namespace tuixuan::kiosk {

using TellLine = std::function<void(const std::string& line)>;  // Chinese and English
// False: the log does not agree with this kiosk, or lacks ballots of it.
[[nodiscard]] Result<bool> kiosk_status(const std::string& folder, const std::string& card, const TellLine& tell);

}  // namespace tuixuan::kiosk
