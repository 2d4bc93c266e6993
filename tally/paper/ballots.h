// Paper ballots typed into a table, one row a paper: a column for each candidate (name or name（note）; where the stage
// has several contests, contest/name), and where wanted 序号 (the paper's number in its box), 票箱, 张数 (so many
// identical papers), 整票无效 (why the whole paper is invalid; 否 or nothing: it is not), 另选1, 另选2, ... (W2) or
// 另选@candidate (W1). A cell holds a sign or word of the scheme, nothing for an abstention, ? for one that nobody
// could make out. Anything else is refused with its place and what may stand there (B-3). A name written in counts with
// the sign of approval; without it by the scheme's rule (W3). Two spellings of one name on one paper are that name
// twice.
//
// A blank row is a blank paper; in a workbook, blank rows at the end are none. A row 合计 is checked against the papers
// above it and is no paper. A last row that says nothing but as many 张数 as all papers above is a sum row or so many
// blank papers: people decide.
#pragma once

#include "tally/ballot/choice.h"
#include "tally/paper/tables.h"

namespace tuixuan::paper {

struct PaperBallot {                         // one row
  std::size_t line = 0;                      // of the table
  std::uint64_t number = 0;                  // of the paper in its box, where the table says it
  std::size_t box = 0;                       // its place in the stage's list
  std::uint64_t copies = 1;                  // papers like this
  std::string invalid;                       // why the whole paper is; empty if it is not
  std::vector<tally::Selection> selections;  // of the stage's contests in their order
  std::vector<std::uint64_t> unmarked;       // names written without the sign, in each contest
};

inline constexpr std::uint64_t kMaxCopies = 1'000'000;
using BallotSink = std::function<Result<void>(const PaperBallot&)>;

enum class LastRow { ask, sum, papers };  // ask: refused as "paper.sum_row"

// Gives every row to the sink, in a PaperBallot that is used again for the next. Errors: "paper.stage", "paper.column",
// "paper.box", "paper.copies", "paper.mark", "paper.write_in", "paper.invalid", "paper.number", "paper.sum_row",
// "table.sum"; those of Table and of the sink.
[[nodiscard]] Result<void> read_ballots(const tally::Scheme&, const tally::Stage&, Table&, const BallotSink&,
                                        LastRow = LastRow::ask);

// The same with what the columns mean beside each row, for those who look at the cells, too.
class BallotColumns;
using RowSink = std::function<Result<void>(const PaperBallot&, const BallotColumns&)>;
[[nodiscard]] Result<void> read_ballots_with(const tally::Scheme&, const tally::Stage&, Table&, const RowSink&,
                                             LastRow);

// The box of the stage with this id or title, whatever the spaces and the width.
std::optional<std::size_t> box_named(const tally::Scheme&, const tally::Stage&, std::string_view);

}  // namespace tuixuan::paper
