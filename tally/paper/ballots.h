// Paper ballots typed into a table, one row a paper: a column for each candidate (name or name（note）; where the stage
// has several contests, contest/name), and where wanted 票箱, 张数 (so many identical papers), 整票无效 (why the whole
// paper is invalid), 另选1, 另选2, ... (W2) or 另选@candidate (W1). A cell holds a sign or word of the scheme, nothing
// for an abstention, ? for one that nobody could make out. Anything else is refused with its place and what may stand
// there (B-3). A name written in counts with the sign of approval; without it by the scheme's rule (W3).
#pragma once

#include "tally/ballot/choice.h"
#include "tally/paper/csv.h"

namespace tuixuan::paper {

struct PaperBallot {  // one row
  std::size_t line = 0;
  std::size_t box = 0;                       // its place in the stage's list
  std::uint64_t copies = 1;                  // papers like this
  std::string invalid;                       // why the whole paper is; empty if it is not
  std::vector<tally::Selection> selections;  // of the stage's contests in their order
  std::vector<std::uint64_t> unmarked;       // names written without the sign, in each contest
};

inline constexpr std::uint64_t kMaxCopies = 1'000'000;
using BallotSink = std::function<Result<void>(const PaperBallot&)>;

// Gives every row to the sink, in a PaperBallot that is used again for the next. Errors: "paper.stage", "paper.column",
// "paper.box", "paper.copies", "paper.mark", "paper.write_in", "paper.row"; those of CsvReader and of the sink.
[[nodiscard]] Result<void> read_ballots(const tally::Scheme&, const tally::Stage&, CsvReader&, const BallotSink&);

// What a stage is called, by its box: the box with this id or title.
std::optional<std::size_t> box_named(const tally::Scheme&, const tally::Stage&, std::string_view);

}  // namespace tuixuan::paper
