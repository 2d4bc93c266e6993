// Where a congress stands and what comes next: for each step that is due, who must do it and why it waits. Read from
// the state alone, so that everybody who replays the log sees the same list. It decides nothing; the rules do.
#pragma once

#include "tally/election/state.h"

namespace tuixuan::election {

enum class Who { organiser, desk, supervisors, trustees, kiosks, chair, superior };

struct Due {
  Who who = Who::supervisors;
  std::string step;   // stable name, as of the command that does it: "open", "candidates", "confirm-base", ...
  StageId stage;      // empty where it is not of a stage
  std::string about;  // id of a contest, combination, box, trustee or kiosk; may be empty
  tally::Text what;
};

// minutes: now, since 1970-01-01 UTC; only for days and notices that have not come to their end.
std::vector<Due> agenda(const State&, std::uint32_t minutes);

std::string_view name_of(Who);  // "organiser", ...
tally::Text title_of(Who);      // 组织者, organiser

}  // namespace tuixuan::election
