// Papers counted by hand, pile by pile, "counting the exceptions": of each box the papers returned, the invalid ones by
// reason, and for each candidate only the few × and blanks; the approvals follow (s = V − o − b − void cells). Columns
// 票箱, 选举项目 (where there are several), 内容, 姓名, 张数, 不赞成, 弃权, 缓议, 作废格, 赞成. 内容 is 收回, 空白,
// 无效, 候选人, 另选 or 未画符号. Where 赞成 is filled in too, from the 正 of the tally sheet, it must be what follows.
// Numbers that one paper each could not give are refused with line and numbers (V-7).
#pragma once

#include "tally/count/count.h"
#include "tally/paper/ballots.h"

namespace tuixuan::paper {

struct Pile {  // of one contest in one box
  std::size_t contest = 0;
  std::size_t box = 0;
  tally::ContestTotals totals;
  std::uint64_t unmarked = 0;
};
inline constexpr std::size_t kMaxWritten = 10'000;  // names written in, and reasons, of a whole table

// Whether one of the first rows is the heading of piles: it has a column 内容. Takes those rows.
[[nodiscard]] Result<bool> is_pile_table(Table&);

// Every pile, by box and contest; each box that is there has all contests of the stage. Errors: "paper.stage",
// "paper.column", "paper.box", "paper.row", "paper.number" (no number, or too large), "paper.twice", "paper.missing",
// "paper.balance" (numbers that cannot be), "paper.write_in"; those of Table.
[[nodiscard]] Result<std::vector<Pile>> read_piles(const tally::Scheme&, const tally::Stage&, Table&);

}  // namespace tuixuan::paper
