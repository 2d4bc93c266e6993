// The attendance of a stage as a file, "tuixuan-attendance/1": who is on the roll, who should attend and who does, and
// for paper ballots the account of each box. One JSON object, strict like the scheme file: all faults at once, each
// with its place. Whether the numbers balance is tally::imbalances' (tally/count/attendance.h).
#pragma once

#include "tally/count/attendance.h"
#include "tally/scheme/fault.h"

namespace tuixuan::scheme {

struct ParsedAttendance {
  std::optional<tally::Attendance> attendance;  // there exactly if there is no fault
  Faults faults;                                // check "attendance.file"
};
ParsedAttendance parse_attendance(ByteView file);
Bytes write_attendance(const tally::Attendance&);  // for people: indented

}  // namespace tuixuan::scheme
