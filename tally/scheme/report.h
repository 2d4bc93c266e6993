// The report of a stage "tuixuan-report/1": canonical JSON (fixed order of members, no white space, integers only, no
// escapes but the necessary), so that whoever counts the opened ballots by the scheme gets these very bytes. Numbers
// and reason codes, no sentences. Scores are exact fractions. write(parse(b)) == b, everything else is refused.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::scheme {

struct Report {
  std::string congress;  // id of the scheme
  StageId stage;
  tally::Kind kind = tally::Kind::election;
  bool rehearsal = false;
  tally::Numbers numbers;
  std::vector<tally::ContestResult> contests;  // in the order of the stage
  friend bool operator==(const Report&, const Report&) = default;
};

Bytes write_report(const Report&);
// Errors: "report.json", "report.form", "report.canonical".
[[nodiscard]] Result<Report> parse_report(ByteView);

}  // namespace tuixuan::scheme
