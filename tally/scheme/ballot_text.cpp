#include "tally/scheme/ballot_text.h"

#include <algorithm>

#include "tally/ballot/choice.h"
#include "tally/names/names.h"

namespace tuixuan::scheme {

namespace {

using tally::Contest;
using tally::display_width;

constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kWidestName = 24;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

// Lines of at most so many columns; broken anywhere between Chinese characters, in other text at spaces if it can.
std::vector<std::string> wrap(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t space = std::string::npos;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && !begins_character(text[end])) ++end;
    const std::string character = text.substr(i, end - i);
    if (!lines.back().empty() && display_width(lines.back() + character) > width) {
      std::string rest;
      if (character.size() == 1 && character != " " && space != std::string::npos && space > 0) {
        rest = lines.back().substr(space + 1);
        lines.back().resize(space);
      }
      lines.push_back(rest);
      space = std::string::npos;
    }
    if (character == " ") space = lines.back().size();
    if (character.size() > 1) space = std::string::npos;
    if (!(character == " " && lines.back().empty())) lines.back() += character;
    i = end;
  }
  return lines;
}

std::string centred(const std::string& text, std::size_t width) {
  const std::size_t used = std::min(width, display_width(text));
  const std::size_t left = (width - used) / 2;
  return std::string(left, ' ') + text + std::string(width - used - left, ' ');
}

std::string rule(const std::vector<std::size_t>& widths, const char* left, const char* middle, const char* right) {
  std::string out = left;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    for (std::size_t k = 0; k < widths[i]; ++k) out += "─";
    out += i + 1 < widths.size() ? middle : right;
  }
  return out + "\n";
}

// Cells side by side, each of several lines.
std::string table_row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
  std::vector<std::vector<std::string>> lines;
  std::size_t height = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::vector<std::string> of_cell;
    std::string rest = cells[i];
    for (std::size_t at = 0; at != std::string::npos;) {
      const std::size_t end = rest.find('\n', at);
      const std::string part = rest.substr(at, end == std::string::npos ? end : end - at);
      for (std::string& line : wrap(part, widths[i] - 2)) of_cell.push_back(std::move(line));
      at = end == std::string::npos ? end : end + 1;
    }
    height = std::max(height, of_cell.size());
    lines.push_back(std::move(of_cell));
  }
  std::string out;
  for (std::size_t k = 0; k < height; ++k) {
    out += "│";
    for (std::size_t i = 0; i < cells.size(); ++i)
      out += centred(k < lines[i].size() ? lines[i][k] : "", widths[i]) + "│";
    out += "\n";
  }
  return out;
}

std::string with_note(const tally::Candidate& c) { return c.note.empty() ? c.name : c.name + "\n（" + c.note + "）"; }

// Sign box above, name under it, and where it is so a space for another name.
std::string grid(const Contest& c, std::string_view language, std::size_t columns) {
  const bool under = c.write_ins.rule == tally::WriteInRule::under_opposed;
  const bool none = c.candidates.empty() && !c.source;
  const std::string other = language == "en"                        ? "other:"
                            : c.kind != tally::Kind::recommendation ? "另选："
                            : none                                  ? "推荐："
                                                                    : "其他：";
  const bool alone = tally::name_alone_counts(c);
  std::vector<std::string> names;
  for (const tally::Candidate& person : c.candidates) names.push_back(with_note(person));
  const std::size_t printed = names.size();
  if (c.write_ins.rule == tally::WriteInRule::free_lines) names.resize(names.size() + c.write_ins.slots);
  std::size_t width = 8;
  for (std::size_t i = 0; i < printed; ++i)
    width = std::max({width, display_width(c.candidates[i].name), display_width(c.candidates[i].note) + 4});
  width = std::min(width, kWidestName) + 2;
  const std::size_t across = std::max<std::size_t>(1, (columns - 1) / (width + 1));
  std::string out;
  for (std::size_t first = 0; first < names.size(); first += across) {
    const std::size_t count = std::min(across, names.size() - first);
    const std::vector<std::size_t> widths(count, width);
    const auto begin = names.begin() + static_cast<std::ptrdiff_t>(first);
    std::vector<std::string> signs(count);
    for (std::size_t i = 0; i < count; ++i)
      if (alone && first + i >= printed) signs[i] = other;
    out += rule(widths, "┌", "┬", "┐") + table_row(signs, widths);
    out += rule(widths, "├", "┼", "┤") + table_row({begin, begin + static_cast<std::ptrdiff_t>(count)}, widths);
    if (under)
      out += rule(widths, "├", "┼", "┤") + table_row(std::vector<std::string>(count, other), widths) +
             table_row(std::vector<std::string>(count, alone ? "" : "□"), widths);
    out += rule(widths, "└", "┴", "┘");
  }
  return out;
}

std::string grades_table(const Contest& c, std::string_view language, std::size_t columns) {
  const std::size_t marks = c.rating->grades.size() + (c.rating->not_acquainted ? 1 : 0);
  const std::size_t mark = std::max<std::size_t>(6, std::min<std::size_t>(14, (columns * 6 / 10) / marks));
  const std::size_t left = columns - 1 - marks * (mark + 1);
  const std::size_t name = std::max<std::size_t>(8, left / 2);
  std::vector<std::size_t> widths{name, std::max<std::size_t>(8, left > name + 2 ? left - name - 2 : 8)};
  widths.resize(2 + marks, mark);
  const bool en = language == "en";
  std::vector<std::string> head{en ? "name" : "姓名", en ? "item" : "项目"};
  for (const tally::Grade& g : c.rating->grades) head.push_back(g.label.in(language));
  if (c.rating->not_acquainted) head.push_back(en ? "not acquainted" : "不了解");
  std::string out = rule(widths, "┌", "┬", "┐") + table_row(head, widths);
  for (const tally::Candidate& person : c.candidates)
    for (std::size_t i = 0; i < c.rating->items.size(); ++i) {
      std::vector<std::string> row(widths.size());
      if (i == 0) row[0] = with_note(person);
      row[1] = c.rating->items[i].title.in(language);
      out += rule(widths, "├", "┼", "┤") + table_row(row, widths);
    }
  return out + rule(widths, "└", "┴", "┘");
}

std::string centred_lines(const std::string& text, std::size_t columns) {
  std::string out;
  for (const std::string& line : wrap(text, columns)) {
    std::string placed = centred(line, columns);
    placed.erase(placed.find_last_not_of(' ') + 1);
    out += placed + "\n";
  }
  return out;
}

}  // namespace

std::string ballot_text(const tally::Scheme& s, const Contest& c, std::string_view language, std::size_t columns) {
  columns = std::max(columns, kNarrowest);
  const bool en = language == "en";
  std::string out;
  if (s.rehearsal) out += centred_lines(en ? "REHEARSAL" : "演练", columns);
  out += centred_lines(s.congress.title.in(language), columns);
  out += centred_lines(ballot_title(c).in(language), columns);
  out += centred_lines(s.congress.body.in(language) + "  " + s.congress.term.in(language) + "  " + s.congress.date,
                       columns);
  out += "\n" + (c.rating ? grades_table(c, language, columns) : grid(c, language, columns));
  std::size_t number = 0;
  for (const tally::Text& line : ballot_instructions(s, c)) {
    const std::string lead = std::to_string(++number) + ". ";
    bool first = true;
    for (const std::string& part : wrap(line.in(language), columns - lead.size())) {
      out += (first ? lead : std::string(lead.size(), ' ')) + part + "\n";
      first = false;
    }
  }
  return out;
}

std::string stage_text(const tally::Scheme& s, const tally::Stage& stage, std::string_view language,
                       std::size_t columns) {
  const bool en = language == "en";
  std::string boxes;
  for (const tally::Box& box : s.boxes)
    if (std::find(stage.boxes.begin(), stage.boxes.end(), box.id) != stage.boxes.end())
      boxes += (boxes.empty() ? "" : en ? ", " : "、") + box.title.in(language);
  const tally::Threshold& q = stage.quorum;
  const bool more = q.comparison == tally::Comparison::more_than;
  const std::string fraction = std::to_string(q.num) + "/" + std::to_string(q.den);
  std::string out = "== " + stage.title.in(language) + " (" + stage.id.name + ")\n";
  out += (en ? "boxes: " : "票箱：") + boxes + "\n";
  out += en ? std::string("quorum: ") + (more ? "more than " : "at least ") + fraction + "\n"
            : std::string("到会：") + (more ? "超过 " : "不少于 ") + fraction + "\n";
  const bool together =
      std::any_of(s.contests.begin(), s.contests.end(), [](const Contest& c) { return !c.cascade.empty(); });
  if (together) out += en ? "all on one sheet\n" : "以下各项印在同一张选票上\n";
  for (const ContestId& id : stage.contests)
    if (const Contest* c = s.contest(id)) out += "\n" + ballot_text(s, *c, language, columns);
  return out;
}

}  // namespace tuixuan::scheme
