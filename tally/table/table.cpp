#include "tally/table/table.h"

#include <deque>

#include "crypto/codes/documents.h"
#include "tally/table/csv.h"
#include "tally/table/fold.h"
#include "tally/table/workbook.h"

namespace tuixuan::table {

namespace {

constexpr std::size_t kFirst = std::size_t{64} << 10U;
constexpr std::size_t kMaxWorkbook = std::size_t{128} << 20U;
constexpr std::size_t kRowsAboveHeading = 20;
constexpr std::size_t kMaxBlankRows = 10'000;
constexpr std::size_t kShown = 60;

const std::string& first_filled(const Row& row) {
  static const std::string kNone;
  for (const std::string& cell : row.cells)
    if (!cell.empty()) return cell;
  return kNone;
}

std::string shown(const Row& row) {
  std::string out;
  for (const std::string& cell : row.cells)
    if (!cell.empty() && out.size() < kShown) out += (out.empty() ? "" : " ") + cell;
  return out.size() < 4 * kShown ? out : "…";
}

}  // namespace

struct Table::State {
  Source source;
  std::string wanted_sheet;
  std::optional<CsvReader> csv;
  std::optional<Workbook> book;
  TableKind kind;
  Reading reading;
  std::deque<Row> ahead;     // read, and not yet given
  std::size_t book_row = 0;  // of the last row given of a workbook
  std::optional<Row> held;   // of the workbook, below rows that it does not hold
  bool ended = false;
  std::vector<std::string> headings;
  std::vector<std::string> folded;
  Row first;  // not blank
  Row now;
  bool blank = false;
  std::optional<SumRow> sum;
  std::size_t records_before_part = 0;

  // --- rows ---

  Result<void> open() {
    std::string bytes(kFirst, '\0');
    std::size_t have = 0;
    bool whole = false;
    while (have < bytes.size() && !whole) {
      TUIXUAN_TRY(n, source(std::span(bytes).subspan(have)));
      whole = n == 0;
      have += n;
    }
    bytes.resize(have);
    if (!is_workbook(bytes)) {
      csv.emplace(std::move(bytes), std::move(source));
      return {};
    }
    while (!whole) {
      have = bytes.size();
      if (have > kMaxWorkbook)
        return refuse(code::table::size, 0, 0, "工作簿超过 128 MB，请另存为“CSV UTF-8”",
                      "the workbook has more than 128 MB: save it as CSV UTF-8");
      bytes.resize(2 * have + kFirst);
      TUIXUAN_TRY(n, source(std::span(bytes).subspan(have)));
      whole = n == 0;
      bytes.resize(have + n);
    }
    TUIXUAN_TRY(opened, Workbook::open(std::move(bytes), wanted_sheet));
    book.emplace(std::move(opened));
    return {};
  }

  void describe() {
    if (book) {
      reading.file = "XLSX";
      reading.sheet = book->sheet();
      for (const SheetName& s : book->sheets())
        if (s.name != book->sheet())
          reading.others += (reading.others.empty() ? "" : "、") + s.name + (s.hidden ? "（隐藏）" : "");
      return;
    }
    const char c = csv->separator();
    reading.file = name_of(csv->encoding()) + "，" + (c == ',' ? "逗号分隔" : c == ';' ? "分号分隔" : "制表符分隔");
  }

  // Every row, also blank ones that a workbook does not hold.
  Result<bool> read(Row& row) {
    if (ended) return false;
    if (!csv && !book) {
      TUIXUAN_CHECK(open());
      if (book) describe();
    }
    if (csv) {
      TUIXUAN_TRY(more, csv->next(row));
      if (reading.file.empty()) describe();
      ended = !more;
      return more;
    }
    if (!held) {
      Row next;
      if (!book->next(next)) {
        ended = true;
        return false;
      }
      held = std::move(next);
    }
    ++book_row;
    if (book_row < held->number) {
      row = Row{book_row, {}, {}, false};
    } else {
      row = std::move(*held);
      held.reset();
    }
    return true;
  }
  Result<bool> take(Row& row) {
    if (ahead.empty()) return read(row);
    row = std::move(ahead.front());
    ahead.pop_front();
    return true;
  }

  // --- heading ---

  bool is_heading(const Row& row) const {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [&](const std::string& c) { return !c.empty() && kind.key(fold_heading(c)); });
  }

  // A heading in two rows, the upper one merged over the lower: 到会情况 over 到会 and 票箱.
  bool is_second_heading(const Row& row) const {
    if (row.blank() || row.cells.size() > headings.size()) return false;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].empty()) continue;
      if (!kind.known(fold_heading(row.cells[i])) || kind.key(folded[i])) return false;
    }
    return true;
  }

  Result<void> take_heading(Row row) {
    while (!row.cells.empty() && row.cells.back().empty()) row.cells.pop_back();
    reading.heading_row = row.number;
    headings = std::move(row.cells);
    fold_all();
    Row next;
    TUIXUAN_TRY(more, take(next));
    if (!more) return {};
    if (is_second_heading(next)) {
      for (std::size_t i = 0; i < next.cells.size(); ++i)
        if (!next.cells[i].empty()) headings[i] = next.cells[i];
      fold_all();
      reading.note(next.number, RowFate::second_heading);
    } else {
      ahead.push_front(std::move(next));
    }
    return {};
  }

  void fold_all() {
    folded.clear();
    reading.columns.clear();
    for (std::size_t i = 0; i < headings.size(); ++i) {
      folded.push_back(fold_heading(headings[i]));
      reading.columns.push_back({i, headings[i], ""});
    }
  }

  // --- records ---

  bool heading_again(const Row& row) const {
    constexpr std::size_t kCharacter = 3;  // most rows are told by the first one
    if (row.cells.empty() || row.cells[0].substr(0, kCharacter) != headings[0].substr(0, kCharacter)) return false;
    for (std::size_t i = 0; i < std::max(row.cells.size(), folded.size()); ++i) {
      const std::string cell = i < row.cells.size() ? fold_heading(row.cells[i]) : "";
      if (cell != (i < folded.size() ? folded[i] : "")) return false;
    }
    return !row.blank();
  }

  std::optional<SumRow> sum_of(const Row& row) const {
    if (kind.sums == SumRows::none) return std::nullopt;
    auto found = sum_row(first_filled(row));
    if (!found || found->number) return found;
    std::optional<std::uint64_t> only;
    std::size_t numbers = 0;
    for (const std::string& cell : row.cells)
      if (const auto n = number_of(cell)) {
        only = n;
        ++numbers;
      }
    if (numbers == 1) found->number = only;
    return found;
  }

  bool is_aside(const Row& row) const { return sum_of(row) || is_footer(first_filled(row)) || heading_again(row); }

  // Sum rows, footers, the heading again: noted, and true.
  Result<bool> put_aside(const Row& row) {
    if (heading_again(row)) {
      reading.note(row.number, RowFate::repeated_heading);
      return true;
    }
    if (const auto found = sum_of(row)) {
      if (kind.sums == SumRows::given) return false;
      const std::size_t rows = found->of == Sum::part ? reading.records - records_before_part : reading.records;
      if (kind.sums == SumRows::rows_counted && found->number && *found->number != rows)
        return refuse(code::table::sum, row.number, 0,
                      "“" + shown(row) + "”与以上读到的 " + std::to_string(rows) + " 行不符；请核对，改正或删去这一行",
                      "\"" + shown(row) + "\", but " + std::to_string(rows) +
                          " rows were read above; look for what is missing, put the row right or delete it");
      if (found->of == Sum::part) records_before_part = reading.records;
      reading.note(row.number, RowFate::sum, shown(row));
      return true;
    }
    if (!is_footer(first_filled(row))) return false;
    reading.note(row.number, RowFate::footer, shown(row));
    return true;
  }

  bool empty_line(const Row& row) const { return csv && row.cells.size() <= 1; }

  // What a blank row is; true: a blank record.
  Result<bool> take_blank(const Row& row) {
    if (kind.blank == BlankRows::noted) {
      reading.note(row.number, RowFate::blank_skipped);
      return false;
    }
    std::vector<Row> blanks;  // those that follow
    bool more = true;
    Row next;
    for (;;) {
      TUIXUAN_TRY(got, take(next));
      more = got;
      if (!more || !next.blank()) break;
      if (blanks.size() == kMaxBlankRows)
        return refuse(code::table::blank, row.number, 0, "从这一行起有一万多行空行，请删去",
                      "more than 10000 blank rows");
      blanks.push_back(std::move(next));
    }
    const bool at_end = !more || (book && is_aside(next));
    if (more) ahead.push_front(std::move(next));
    ahead.insert(ahead.begin(), std::make_move_iterator(blanks.begin()), std::make_move_iterator(blanks.end()));
    if (at_end && book) {
      reading.note(row.number, RowFate::blank_skipped);
      return false;
    }
    if (!empty_line(row)) return true;
    if (at_end && headings.size() > 1) {
      reading.note(row.number, RowFate::blank_skipped);
      return false;
    }
    return refuse(code::table::blank, row.number, 0, "空行：是空白票的，请在格内写“弃权”；不是选票的，请删去这一行",
                  "an empty line: write 弃权 (abstain) in its cells for a blank paper, or delete it");
  }

  Result<void> fit(Row& row) {
    const std::size_t width = headings.size();
    while (row.cells.size() > width && row.cells.back().empty()) row.cells.pop_back();
    if (row.cells.size() > width || (csv && row.cells.size() < width))
      return refuse(code::table::row, row.number, row.cells.size() > width && book ? row.cells.size() : 0,
                    "有 " + std::to_string(row.cells.size()) + " 格，表头有 " + std::to_string(width) + " 格",
                    std::to_string(row.cells.size()) + " cells where the heading has " + std::to_string(width));
    row.cells.resize(width);
    for (std::size_t i = 0; i < width; ++i) {
      if (!headings[i].empty() || row.cells[i].empty()) continue;
      if (kind.strict)
        return refuse(code::table::row, row.number, i + 1, "“" + row.cells[i] + "”上面没有表头",
                      "\"" + row.cells[i] + "\" stands below no heading");
      reading.note(row.number, RowFate::remark,
                   column_letters(i + 1) + " 列没有表头，未读 / no heading, not read: " + row.cells[i]);
    }
    for (const Flaw& f : row.flaws)
      if (f.column < width && !reading.columns[f.column].meaning.empty())
        return refuse(code::table::cell, row.number, f.column + 1, f.zh, f.en);
    return {};
  }
};

Table::Table(Source source, std::string sheet) : s_(std::make_unique<State>()) {
  s_->source = std::move(source);
  s_->wanted_sheet = std::move(sheet);
}
Table::~Table() = default;
Table::Table(Table&&) noexcept = default;

std::size_t Table::row() const { return s_->now.number; }
bool Table::workbook() const { return s_->book.has_value(); }
Reading& Table::reading() { return s_->reading; }
const Reading& Table::reading() const { return s_->reading; }
const std::vector<std::string>& Table::headings() const { return s_->headings; }
const std::vector<std::string>& Table::cells() const { return s_->now.cells; }
bool Table::blank() const { return s_->blank; }
const std::optional<SumRow>& Table::sum() const { return s_->sum; }
std::vector<std::string> Table::first_row() const { return s_->first.cells; }
void Table::means(std::size_t column, const std::string& meaning) { s_->reading.columns[column].meaning = meaning; }

Result<bool> Table::next(std::vector<std::string>& cells) {
  for (;;) {
    TUIXUAN_TRY(more, s_->take(s_->now));
    if (!more) return false;
    if (s_->now.blank()) continue;
    cells = s_->now.cells;
    return true;
  }
}

Result<Table::Found> Table::find_heading(const TableKind& kind) {
  s_->kind = kind;
  std::vector<Row> above;
  while (above.size() < kRowsAboveHeading) {
    Row row;
    TUIXUAN_TRY(more, s_->take(row));
    if (!more) break;
    if (row.blank()) continue;
    s_->now.number = row.number;
    if (!s_->is_heading(row)) {
      above.push_back(std::move(row));
      continue;
    }
    for (const Row& title : above) s_->reading.note(title.number, RowFate::title, shown(title));
    s_->first = above.empty() ? row : above.front();
    TUIXUAN_CHECK(s_->take_heading(std::move(row)));
    if (s_->book)
      for (const std::size_t c : s_->book->hidden_columns())
        if (c < s_->headings.size())
          s_->reading.note(s_->reading.heading_row, RowFate::remark,
                           column_letters(c + 1) + " 列是隐藏的，照样读取 / is hidden, read all the same");
    return Found::heading;
  }
  if (above.empty()) return Found::empty;
  s_->first = above.front();
  s_->now.number = s_->first.number;
  return Found::no_heading;
}

Result<bool> Table::record() {
  State& s = *s_;
  for (;;) {
    TUIXUAN_TRY(more, s.take(s.now));
    if (!more) return false;
    s.sum.reset();
    s.blank = s.now.blank();
    if (s.blank) {
      TUIXUAN_TRY(paper, s.take_blank(s.now));
      if (!paper) continue;
      s.reading.note(s.now.number, RowFate::blank_taken);
      s.now.cells.resize(s.headings.size());
    } else {
      TUIXUAN_TRY(aside, s.put_aside(s.now));
      if (aside) continue;
      s.sum = s.sum_of(s.now);
      if (s.sum) {
        s.now.cells.resize(s.headings.size());
        return true;
      }
      TUIXUAN_CHECK(s.fit(s.now));
      if (s.now.hidden) s.reading.note(s.now.number, RowFate::hidden);
    }
    if (s.reading.records++ == 0) s.reading.first_record = s.now.number;
    s.reading.last_record = s.now.number;
    return true;
  }
}

Result<bool> Table::last() {
  State& s = *s_;
  for (std::size_t i = 0;; ++i) {
    while (i == s.ahead.size()) {
      Row row;
      TUIXUAN_TRY(more, s.read(row));
      if (!more) return true;
      s.ahead.push_back(std::move(row));
    }
    if (!s.ahead[i].blank() && !s.is_aside(s.ahead[i])) return false;
    if (i > kMaxBlankRows) return false;
  }
}

}  // namespace tuixuan::table
