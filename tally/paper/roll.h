// The roll (名册) as offices export it, one row a person, and the numbers of a meeting from it: 党员总数, those without
// the vote (预备党员, 留党察看, rights suspended), those left out of the expected with ground and both approvals,
// 应到, and where the roll says who came, 实到. Columns are told by their headings; others are not read, and named. An
// exclusion that lacks an approval is none: the person stays in the expected, with a remark. Nothing about a person
// leaves this reader but the remarks.
#pragma once

#include <map>
#include <set>

#include "tally/count/attendance.h"
#include "tally/paper/ballots.h"

namespace tuixuan::paper {

struct RollRemark {
  std::size_t line = 0;
  std::string name;
  tally::Text what;
};

struct Roll {
  tally::Attendance numbers;                                 // but for the papers of the boxes
  bool attended = false;                                     // the roll says who came
  std::vector<std::pair<std::string, std::string>> columns;  // heading -> what it is read as, of the last file
  std::vector<std::string> not_read;                         // headings, of the last file
  std::vector<std::string> first_names;                      // up to three, to look at
  std::vector<RollRemark> remarks;                           // at most 1000
  std::set<std::string> seen;                                // numbers of identity, or else names with notes
  std::map<std::string, std::size_t> exclusions;             // ground, consent and votes -> place in `excluded`
  std::map<std::string, std::size_t> absences;               // reason -> place in `absent`
};
inline constexpr std::uint64_t kMaxRoll = 1'000'000;

// An empty roll for a stage, with its boxes.
Roll roll_for(const tally::Stage&);
// Adds a file's people. Errors, with line and column: "roll.column", "roll.row", "roll.kind", "roll.rights",
// "roll.exclusion" (of somebody without the vote, or no number of votes), "roll.box", "roll.twice", "roll.size";
// those of CsvReader.
[[nodiscard]] Result<void> read_roll(const tally::Scheme&, const tally::Stage&, CsvReader&, Roll&);

}  // namespace tuixuan::paper
