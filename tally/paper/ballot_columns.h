// What the headings and cells of a table of paper ballots mean (ballots.h): which column is which candidate's mark,
// grade or written name, and the signs that a cell may hold.
#pragma once

#include "tally/ballot/choice.h"
#include "tally/paper/tables.h"

namespace tuixuan::paper {

// What a cell may hold, and what it means.
template <class T>
struct Sign {
  std::string text;
  T value;
  std::string compared;  // table::sign_of
};

enum class Use { mark, grade, write_in, box, number, copies, invalid };
struct Column {
  Use use = Use::mark;
  std::size_t contest = 0;    // its place in the stage
  std::size_t at = 0;         // in marks or grades
  std::uint32_t against = 0;  // of a write-in
  friend bool operator==(const Column&, const Column&) = default;
};

struct ContestTable {
  const tally::Contest* rules = nullptr;
  std::vector<Sign<tally::Mark>> marks;
  std::vector<Sign<tally::GradeMark>> grades;
};

class BallotColumns {
 public:
  // Error "paper.stage". The scheme and the stage must outlive it.
  [[nodiscard]] static Result<BallotColumns> of(const tally::Scheme&, const tally::Stage&);

  // Errors: "paper.row": an empty table; "paper.column", "paper.box"; those of Table.
  [[nodiscard]] Result<void> find_heading(Table&);

  const std::vector<ContestTable>& contests() const { return tables_; }
  // By the table's columns; nothing for one without a heading.
  const std::vector<std::optional<Column>>& columns() const { return columns_; }
  bool has(Use) const;
  // What people call the column.
  std::string title_of(const Column&) const;

 private:
  explicit BallotColumns(const tally::Stage& stage) : stage_(&stage) {}
  Result<void> read_headings(Table&);
  Result<void> all_candidates(const Table&, std::size_t contest) const;
  Result<std::optional<Column>> column_named(const Table&, std::size_t at, const std::string& heading) const;
  std::pair<std::optional<std::size_t>, std::string> split_contest(const std::string& heading) const;
  std::optional<Column> use_of(const std::string& heading) const;
  std::optional<Column> write_in_of(std::size_t contest, std::string_view name) const;
  tl::unexpected<Error> write_in_refused(const Table&, std::size_t at, std::size_t contest) const;
  std::string an_example() const;

  const tally::Stage* stage_;
  std::vector<ContestTable> tables_;
  std::vector<std::optional<Column>> columns_;
};

}  // namespace tuixuan::paper
