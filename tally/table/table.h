// The one reader of every table that people hand over: CSV and its kin (csv.h) or a sheet of a workbook (workbook.h),
// told apart by their bytes. Below a heading row, which it finds under title rows, each row is a record; sum rows, the
// heading again on the next page and what stands below the table are none, blank rows are what the kind of table says.
// It keeps the reading report (reading.h). Nothing is skipped without a note in it.
#pragma once

#include <memory>
#include <optional>

#include "tally/table/reading.h"
#include "tally/table/row.h"
#include "tally/table/source.h"
#include "tally/table/words.h"

namespace tuixuan::table {

enum class BlankRows { noted, records };  // records: a blank row is a blank paper
// rows_counted: its number must be that of the records; given: the caller looks at it; none: 总数 is an ordinary word.
enum class SumRows { rows_counted, unchecked, given, none };

struct TableKind {
  // Of a folded heading (fold_heading): whether the kind of table has it; whether the heading row is told by it.
  std::function<bool(const std::string&)> known;
  std::function<bool(const std::string&)> key;
  BlankRows blank = BlankRows::noted;
  SumRows sums = SumRows::unchecked;
  bool strict = true;  // a cell below no heading is refused, else noted
};

class Table {
 public:
  // `sheet`: of a workbook, by its name; empty: the first that holds something.
  explicit Table(Source, std::string sheet = "");
  ~Table();
  Table(Table&&) noexcept;
  Table& operator=(Table&&) = delete;

  // The next row that is not blank, whatever it is; false at the end. Errors: those of csv.h and workbook.h, and of the
  // source.
  [[nodiscard]] Result<bool> next(std::vector<std::string>& cells);

  enum class Found { heading, no_heading, empty };
  // Among the first rows. Errors: as above.
  [[nodiscard]] Result<Found> find_heading(const TableKind&);
  const std::vector<std::string>& headings() const;  // tidy, as written
  std::vector<std::string> first_row() const;        // the first row that is not blank, for a refusal
  void means(std::size_t column, const std::string& meaning);

  // After find_heading: the next record; false at the end. Errors: as above; "table.row": more or fewer cells than the
  // heading has; "table.cell": a cell with an error or a formula without its value, in a column with a meaning;
  // "table.blank": an empty line between the papers; "table.sum": a sum row whose number is not that of the rows.
  [[nodiscard]] Result<bool> record();
  const std::vector<std::string>& cells() const;  // as many as the heading has
  bool blank() const;
  const std::optional<SumRow>& sum() const;  // with SumRows::given only
  // Whether only blank rows, sum rows and the like follow. Reads on as far as needed.
  [[nodiscard]] Result<bool> last();

  std::size_t row() const;  // of the last row given
  bool workbook() const;
  Reading& reading();
  const Reading& reading() const;

 private:
  struct State;
  std::unique_ptr<State> s_;
};

}  // namespace tuixuan::table
