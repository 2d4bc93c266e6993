#include "tally/table/csv.h"

#include <algorithm>

#include "crypto/codes/documents.h"
#include "tally/table/fold.h"

namespace tuixuan::table {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;
constexpr std::size_t kLinesLookedAt = 20;

std::string shown(char c) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  const auto b = static_cast<unsigned char>(c);
  return {'0', 'x', kDigits[b >> 4U], kDigits[b & 15U]};
}

}  // namespace

struct CsvReader::State {
  Source source;
  std::unique_ptr<Converter> converter;
  Encoding encoding = Encoding::utf8;
  char separator = 0;
  std::string raw;   // not yet converted
  std::string text;  // UTF-8, read up to `at`
  std::size_t at = 0;
  bool ended = false;    // the source has no more
  bool broken = false;   // a byte that is no character follows `text`
  std::size_t here = 1;  // row

  Result<void> start() {
    if (raw.size() < kChunk) TUIXUAN_CHECK(fill_raw());
    TUIXUAN_TRY(found, encoding_of(raw, ended));
    encoding = found;
    converter = std::make_unique<Converter>(encoding);
    convert();
    if (text.starts_with("\xEF\xBB\xBF")) at = 3;
    separator = find_separator();
    return {};
  }

  Result<void> fill_raw() {
    std::size_t have = raw.size();
    raw.resize(have + kChunk);
    while (have < raw.size() && !ended) {
      TUIXUAN_TRY(n, source(std::span(raw).subspan(have)));
      ended = n == 0;
      have += n;
    }
    raw.resize(have);
    return {};
  }

  void convert() {
    broken = !converter->convert(raw, text);
    if (ended && !raw.empty()) broken = true;
  }

  // The separator that most of the first lines have; of two the one that stands there more often. A first line
  // sep=; is what spreadsheets write to say it, and no row.
  char find_separator() {
    if (const std::string_view rest = std::string_view(text).substr(at);
        rest.size() > 5 && rest.starts_with("sep=") && (rest[5] == '\n' || rest[5] == '\r') &&
        std::string_view(",;\t").find(rest[4]) != std::string_view::npos) {
      const char told = rest[4];
      at += rest.find('\n') == std::string_view::npos ? rest.size() : rest.find('\n') + 1;
      ++here;
      return told;
    }
    std::size_t lines[3] = {0, 0, 0};
    std::size_t counts[3] = {0, 0, 0};
    bool here_too[3] = {false, false, false};
    bool quoted = false;
    std::size_t looked_at = 0;
    for (std::size_t i = at; i < text.size() && looked_at < kLinesLookedAt; ++i) {
      if (text[i] == '"') quoted = !quoted;
      if (quoted) continue;
      if (text[i] == '\n') {
        ++looked_at;
        std::fill(std::begin(here_too), std::end(here_too), false);
      }
      const std::size_t which = std::string_view(",;\t").find(text[i]);
      if (which == std::string_view::npos) continue;
      ++counts[which];
      lines[which] += here_too[which] ? 0 : 1;
      here_too[which] = true;
    }
    std::size_t best = 0;
    for (std::size_t i = 1; i < 3; ++i)
      if (lines[i] > lines[best] || (lines[i] == lines[best] && counts[i] > counts[best])) best = i;
    return ",;\t"[best];
  }

  // The next character without taking it; 0 at the end.
  Result<char> peek() {
    while (at == text.size()) {
      if (broken)
        return refuse(code::table::encoding, here, 0, "此处有不是文字的字节" + (raw.empty() ? "" : " " + shown(raw[0])),
                      "a byte that is no character" + (raw.empty() ? "" : ": " + shown(raw[0])));
      if (ended) return char{0};
      text.clear();
      at = 0;
      TUIXUAN_CHECK(fill_raw());
      convert();
    }
    const char c = text[at];
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
      return refuse(code::table::control, here, 0, "有控制字符 " + shown(c), "the control character " + shown(c));
    return c;
  }

  Result<void> quoted(std::string& cell, std::size_t column) {
    ++at;
    for (;;) {
      TUIXUAN_TRY(c, peek());
      if (c == 0) return refuse(code::table::quote, here, column, "引号没有结束", "a quote that does not end");
      ++at;
      if (c == '"') {
        TUIXUAN_TRY(after, peek());
        if (after != '"') return {};
        ++at;
      }
      TUIXUAN_CHECK(put(cell, c, column));
    }
  }

  Result<void> put(std::string& cell, char c, std::size_t column) const {
    if (cell.size() == kMaxCell)
      return refuse(code::table::size, here, column, "一格超过 4096 字节", "a cell of more than 4096 bytes");
    cell.push_back(c);
    return {};
  }

  // One cell, up to what ends it.
  Result<void> read_cell(std::string& cell, std::size_t column) {
    TUIXUAN_TRY(first, peek());
    if (first == '"') {
      TUIXUAN_CHECK(quoted(cell, column));
      TUIXUAN_TRY(after, peek());
      if (after != 0 && after != separator && after != '\n' && after != '\r')
        return refuse(code::table::quote, here, column, "引号之后还有内容", "something follows a closing quote");
      return {};
    }
    for (;;) {
      TUIXUAN_TRY(c, peek());
      if (c == 0 || c == separator || c == '\n' || c == '\r') return {};
      if (c == '"')
        return refuse(code::table::quote, here, column, "格内有未成对的引号", "a quote inside an unquoted cell");
      ++at;
      TUIXUAN_CHECK(put(cell, c, column));
    }
  }
};

CsvReader::CsvReader(std::string first, Source source) : s_(std::make_unique<State>()) {
  s_->raw = std::move(first);
  s_->source = std::move(source);
}
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;
Encoding CsvReader::encoding() const { return s_->encoding; }
char CsvReader::separator() const { return s_->separator; }

Result<bool> CsvReader::next(Row& row) {
  State& s = *s_;
  if (!s.converter) TUIXUAN_CHECK(s.start());
  row.number = s.here;
  row.flaws.clear();
  row.hidden = false;
  std::size_t used = 0;
  bool anything = false;  // a row at the end without a character is none
  for (char end = s.separator; end == s.separator;) {
    if (used == kMaxCells)
      return refuse(code::table::size, s.here, 0, "一行超过 600 格", "a row of more than 600 cells");
    if (row.cells.size() == used) row.cells.emplace_back();
    std::string& cell = row.cells[used++];
    cell.clear();
    TUIXUAN_CHECK(s.read_cell(cell, used));
    anything = anything || !cell.empty() || used > 1;
    tidy_in_place(cell);
    TUIXUAN_TRY(c, s.peek());
    end = c;
    if (c == '\r') {
      ++s.at;
      TUIXUAN_TRY(feed, s.peek());
      if (feed != '\n') return refuse(code::table::control, s.here, 0, "行尾不完整", "a carriage return inside a line");
      end = feed;
    }
    if (end != 0) ++s.at;
    if (end == 0 && !anything) return false;
  }
  ++s.here;
  row.cells.resize(used);
  return true;
}

}  // namespace tuixuan::table
