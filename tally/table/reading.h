// The reading report (读表说明): what of a table was read as what, for the people who handed it over. Which sheet,
// which row is the heading, what each column means, which rows were taken, and which were not, and why.
#pragma once

#include <string>
#include <vector>

namespace tuixuan::table {

struct ColumnRead {
  std::size_t column = 0;  // from 0
  std::string heading;     // as written
  std::string meaning;     // empty: not read
};

enum class RowFate { title, second_heading, repeated_heading, blank_skipped, blank_taken, sum, footer, hidden, remark };

struct RowNote {  // of rows that follow each other
  std::size_t first = 0;
  std::size_t last = 0;
  RowFate fate = RowFate::remark;
  std::string text;  // what stands there, or what is remarkable
};

struct Reading {
  std::string file;    // UTF-8，逗号分隔, or XLSX
  std::string sheet;   // of a workbook
  std::string others;  // its other sheets
  std::size_t heading_row = 0;
  std::vector<ColumnRead> columns;
  std::size_t records = 0;
  std::size_t first_record = 0;
  std::size_t last_record = 0;
  std::vector<RowNote> notes;  // at most kMaxNotes, neighbours together
  std::size_t notes_left_out = 0;

  void note(std::size_t row, RowFate, const std::string& text = "");
};
inline constexpr std::size_t kMaxNotes = 200;

// Lines of Chinese and English, each indented by two spaces.
std::string to_text(const Reading&);

}  // namespace tuixuan::table
