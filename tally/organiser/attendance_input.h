// The numbers of a meeting from the file that people give: tuixuan-attendance/1, or a table (tally/paper).
#pragma once

#include "tally/paper/attendance_table.h"

namespace tuixuan::organiser {

// Told apart by the first character. Shows the faults, or the reading report. Errors: "attendance.file",
// "attendance.stage": it is of another stage; those of read_attendance_table.
[[nodiscard]] Result<tally::Attendance> attendance_from(const std::string& file, const tally::Scheme&,
                                                        const tally::Stage&, paper::BoxNumbers);

}  // namespace tuixuan::organiser
