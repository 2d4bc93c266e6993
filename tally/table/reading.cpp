#include "tally/table/reading.h"

#include "tally/table/source.h"

namespace tuixuan::table {

void Reading::note(std::size_t row, RowFate fate, const std::string& text) {
  const bool together = fate == RowFate::blank_skipped || fate == RowFate::blank_taken || fate == RowFate::hidden;
  if (together && !notes.empty() && notes.back().fate == fate && notes.back().last + 1 == row) {
    notes.back().last = row;
  } else if (notes.size() < kMaxNotes) {
    notes.push_back({row, row, fate, text});
  } else {
    ++notes_left_out;
  }
}

static std::string words(RowFate fate) {
  switch (fate) {
    case RowFate::title:
      return "表头之上，未读 / above the heading, not read";
    case RowFate::second_heading:
      return "表头的第二行 / the heading's second row";
    case RowFate::repeated_heading:
      return "重复的表头，未读 / the heading again, not read";
    case RowFate::blank_skipped:
      return "空行，未读 / blank, not read";
    case RowFate::blank_taken:
      return "空白，作为空白票 / blank: taken as blank papers";
    case RowFate::sum:
      return "合计行，未作为一行数据 / a sum row, not a record";
    case RowFate::footer:
      return "表尾，未读 / below the table, not read";
    case RowFate::hidden:
      return "在表中是隐藏的，照样读取 / hidden in the sheet, read all the same";
    case RowFate::remark:
      return "";
  }
  return "";
}

std::string to_text(const Reading& r) {
  std::string out = "  " + r.file;
  if (!r.sheet.empty()) out += "，工作表“" + r.sheet + "” / sheet \"" + r.sheet + "\"";
  out += "\n";
  if (!r.others.empty()) out += "  其他工作表未读 / sheets not read: " + r.others + "\n";
  if (r.heading_row > 0)
    out += "  表头：第 " + std::to_string(r.heading_row) + " 行 / heading: row " + std::to_string(r.heading_row) + "\n";
  std::string not_read;
  for (const ColumnRead& c : r.columns) {
    if (!c.meaning.empty())
      out += "  " + column_letters(c.column + 1) + " " + c.heading + " → " + c.meaning + "\n";
    else if (!c.heading.empty())
      not_read += (not_read.empty() ? "" : "、") + column_letters(c.column + 1) + " " + c.heading;
  }
  if (!not_read.empty()) out += "  不读取的栏目 / columns not read: " + not_read + "\n";
  out += "  读取 " + std::to_string(r.records) + " 行";
  if (r.records > 0) out += "（第 " + std::to_string(r.first_record) + " 至 " + std::to_string(r.last_record) + " 行）";
  out += " / rows read: " + std::to_string(r.records) + "\n";
  for (const RowNote& n : r.notes) {
    out += "  第 " + std::to_string(n.first);
    if (n.last > n.first) out += "–" + std::to_string(n.last);
    out += " 行：" + words(n.fate);
    if (!n.text.empty()) out += (words(n.fate).empty() ? "" : "：") + n.text;
    out += "\n";
  }
  if (r.notes_left_out > 0)
    out += "  另有 " + std::to_string(r.notes_left_out) +
           " 处未列出 / more are not listed: " + std::to_string(r.notes_left_out) + "\n";
  return out;
}

}  // namespace tuixuan::table
