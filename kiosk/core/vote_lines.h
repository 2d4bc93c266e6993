// The command "vote" of tuixuan-kiosk: voters as lines of JSON on standard input, what a screen would show as lines of
// JSON on standard output (headless.h); at the end of the input it waits for the delivery. Errors: "kiosk.undelivered",
// those of folder.h and headless.h.
#pragma once

#include "crypto/base/result.h"

namespace tuixuan::kiosk {

struct VoteLines {
  std::string folder;
  std::string card;
  bool final = false;      // at the end, say on the log that the last ballot has been voted here
  unsigned patience = 60;  // seconds
};
[[nodiscard]] Result<void> vote_lines(const VoteLines&);

}  // namespace tuixuan::kiosk
