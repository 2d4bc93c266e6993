// The numbers of a meeting as a table, for people who do not write JSON: rows 项目, 票箱, 数, 说明 (the reason or
// ground), 上级同意文号, 大会赞成票数. Items: 总数, 预备党员, 留党察看, 权利中止, 有选举权, 不计入应到会, 应到会,
// 实到会, 缺席; of each box 到会, 领取, 发出, 作废换发, 剩余, 投票人数, 收回. What follows from the rest (有选举权,
// 应到会) may be left out; what is given must be what follows. The table and the file tuixuan-attendance/1 are one and
// the same thing to the count.
#pragma once

#include "tally/count/attendance.h"
#include "tally/paper/ballots.h"
#include "tally/table/headings.h"

namespace tuixuan::paper {

const std::vector<table::Heading>& attendance_headings();
// The items in their order, as the templates have them.
std::vector<std::string> attendance_items();
std::vector<std::string> box_items();

enum class BoxNumbers { needed, not_yet };  // not yet: before the voting

// Errors: "attendance.column", "attendance.item" (unknown, twice, missing), "attendance.number", "attendance.box";
// those of Table.
[[nodiscard]] Result<tally::Attendance> read_attendance_table(const tally::Scheme&, const tally::Stage&, Table&,
                                                              BoxNumbers);

}  // namespace tuixuan::paper
