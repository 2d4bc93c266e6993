// Workbooks to fill in: the roll, the numbers of a meeting, the ballots of a stage, points. The first sheet has the
// frozen heading that the readers of tally/paper understand, made from their own lists of headings; lists to choose
// from where only some words may stand; text columns where a spreadsheet would round a number. A second sheet explains
// each column in Chinese and English.
#pragma once

#include "tally/paper/ballots.h"

namespace tuixuan::templates {

// Each gives the bytes of an XLSX file. Error "templates.file".
[[nodiscard]] Result<Bytes> roll(const tally::Scheme*, const tally::Stage*);  // null: without boxes
[[nodiscard]] Result<Bytes> attendance(const tally::Scheme&, const tally::Stage&);
[[nodiscard]] Result<Bytes> ballots(const tally::Scheme&, const tally::Stage&);
[[nodiscard]] Result<Bytes> points();

}  // namespace tuixuan::templates
