// A stage that is added to a congress under way, "tuixuan-stage/1": one JSON object with a stage and its contests, in
// the form that they have in the scheme (run-off, new round, the same vote again). Whether it follows from a result is
// the fold's; here only its form and the rules of each contest.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/scheme/fault.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::scheme {

struct AddedStage {
  tally::Stage stage;
  std::vector<tally::Contest> contests;
};

struct ParsedStage {
  std::optional<AddedStage> added;  // there exactly if no fault refuses
  Faults faults;
};
// sealed: for a log; there what is of paper only is refused.
ParsedStage parse_stage(ByteView file, Use = Use::sealed);
Bytes write_stage(const AddedStage&);

}  // namespace tuixuan::scheme
