// The roll (名册) as offices export it, one row a person, and the numbers of a meeting from it: 党员总数, those without
// the vote (预备党员, 留党察看, rights suspended), those left out of the expected with ground and both approvals,
// 应到, and where the roll says who came, 实到. Columns are told by their headings; others are not read, and named. An
// exclusion that lacks an approval is none: the person stays in the expected, with a remark. A word in 到会 that is
// neither a usual yes nor a reason of absence is refused.
//
// One person written twice, also in another spelling (王芳, 王 芳), is refused with all the rows, unless the column
// 区分 or two numbers of identity tell two people apart. A number that a spreadsheet rounded (1.1E+17) tells nobody
// apart: it is passed over, with a remark. Nothing about a person leaves this reader but the remarks.
#pragma once

#include <map>
#include <set>

#include "tally/count/attendance.h"
#include "tally/paper/ballots.h"
#include "tally/table/headings.h"

namespace tuixuan::paper {

struct RollRemark {
  std::size_t line = 0;
  std::string name;
  tally::Text what;
};

struct RollPlace {  // of somebody on the roll
  std::size_t file = 0;
  std::size_t row = 0;
  std::string label;
  std::string identity;  // empty: none that can be used
};

struct Roll {
  tally::Attendance numbers;                             // but for the papers of the boxes
  bool attended = false;                                 // the roll says who came
  std::vector<std::string> first_names;                  // up to three, to look at
  std::vector<RollRemark> remarks;                       // at most 1000
  std::size_t files = 0;                                 // read so far
  std::map<std::string, std::vector<RollPlace>> people;  // by spelling key
  std::map<std::string, RollPlace> identities;           // by number
  std::map<std::string, std::size_t> exclusions;         // ground, consent and votes -> place in `excluded`
  std::map<std::string, std::size_t> absences;           // reason -> place in `absent`
};
inline constexpr std::uint64_t kMaxRoll = 1'000'000;

// The columns of a roll, the word that the templates use first. The place in the list is the place in `find_columns`.
const std::vector<table::Heading>& roll_headings();

// An empty roll for a stage, with its boxes.
Roll roll_for(const tally::Stage&);
// Adds a file's people. Errors, with row and column: "roll.column", "roll.row", "roll.kind", "roll.rights",
// "roll.exclusion" (of somebody without the vote, or no number of votes), "roll.box", "roll.came", "roll.twice",
// "roll.size"; those of Table.
[[nodiscard]] Result<void> read_roll(const tally::Scheme&, const tally::Stage&, Table&, Roll&);

}  // namespace tuixuan::paper
