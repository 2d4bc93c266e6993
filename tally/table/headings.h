// A table whose columns are told by words: each heading with the other words that offices use for it. An unknown
// heading is not read and named in the reading report, or refused where nothing else may stand; one that is almost a
// heading whose column is missing is always refused, since a column must not be switched off silently.
#pragma once

#include "tally/table/table.h"

namespace tuixuan::table {

struct Heading {
  std::string word;
  std::vector<std::string> others;  // that mean the same
  std::string meaning;              // for the reading report
  bool needed = false;
  bool key = false;  // the heading row is told by these
};

enum class OtherColumns { not_read, refused };

// The place of each heading's column. The table then gives records. Errors: `check` with its place: no heading row, a
// column that is needed, one twice, one that is almost another; those of Table.
[[nodiscard]] Result<std::vector<std::optional<std::size_t>>> find_columns(Table&, const std::vector<Heading>&,
                                                                           OtherColumns, BlankRows, SumRows,
                                                                           Code check);

}  // namespace tuixuan::table
