// One row of a table, whatever file it comes from.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace tuixuan::table {

inline constexpr std::size_t kMaxCells = 600;
inline constexpr std::size_t kMaxCell = 4096;

struct Flaw {              // a cell that has no value to read
  std::size_t column = 0;  // from 0
  std::string zh;
  std::string en;
};

struct Row {
  std::size_t number = 0;          // as a spreadsheet shows it, from 1
  std::vector<std::string> cells;  // tidy (fold.h), UTF-8
  std::vector<Flaw> flaws;         // of a workbook
  bool hidden = false;             // in the workbook

  bool blank() const {
    return flaws.empty() && std::all_of(cells.begin(), cells.end(), [](const auto& c) { return c.empty(); });
  }
};

}  // namespace tuixuan::table
