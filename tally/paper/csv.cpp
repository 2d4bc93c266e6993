#include "tally/paper/csv.h"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

#include "crypto/codes/documents.h"

namespace tuixuan::paper {

namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;

std::string shown(char c) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  const auto b = static_cast<unsigned char>(c);
  return {'0', 'x', kDigits[b >> 4U], kDigits[b & 15U]};
}

// From either encoding to UTF-8; glibc refuses what is not well-formed.
class Converter {
 public:
  explicit Converter(const char* from) : cd_(iconv_open("UTF-8", from)) {
    if (cd_ == reinterpret_cast<iconv_t>(-1)) bug("the C library knows no GB18030");
  }
  ~Converter() { iconv_close(cd_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // Takes what it can from `in`, leaving a character cut short; false at a byte that is no character.
  bool convert(std::string& in, std::string& out) {
    const std::size_t before = out.size();
    out.resize(before + in.size() * 3 + 16);
    char* from = in.data();
    std::size_t left = in.size();
    char* to = out.data() + before;
    std::size_t room = out.size() - before;
    const bool ok = iconv(cd_, &from, &left, &to, &room) != static_cast<std::size_t>(-1) || errno == EINVAL;
    out.resize(out.size() - room);
    in.erase(0, in.size() - left);
    return ok;
  }

 private:
  iconv_t cd_;
};

}  // namespace

Source text_source(std::string text) {
  return [text = std::move(text), at = std::size_t{0}](std::span<char> to) mutable -> Result<std::size_t> {
    const std::size_t n = std::min(to.size(), text.size() - at);
    std::copy_n(text.begin() + static_cast<std::ptrdiff_t>(at), n, to.begin());
    at += n;
    return n;
  };
}

tl::unexpected<Error> refuse(Code check, std::size_t line, std::size_t column, const std::string& zh,
                             const std::string& en) {
  std::string zh_place = "第 " + std::to_string(line) + " 行";
  std::string en_place = "line " + std::to_string(line);
  if (column > 0) {
    zh_place += "第 " + std::to_string(column) + " 列";
    en_place += ", column " + std::to_string(column);
  }
  return fail(check, zh_place + "：" + zh + " / " + en_place + ": " + en);
}

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
  std::size_t here = 1;  // line
  std::size_t row = 0;   // line on which the last row began

  Result<void> start() {
    TUIXUAN_CHECK(fill_raw());
    if (raw.starts_with("PK\x03\x04") || raw.starts_with("\xD0\xCF\x11\xE0"))
      return refuse(code::csv::workbook, 1, 0, "这是表格软件的工作簿，不是 CSV；请在表格软件中另存为“CSV UTF-8”",
                    "this is a workbook of a spreadsheet program; save it there as CSV UTF-8");
    std::string trial = raw;
    std::string out;
    const bool utf8 = Converter("UTF-8").convert(trial, out) && (!ended || trial.empty());
    encoding = utf8 ? Encoding::utf8 : Encoding::gb18030;
    converter = std::make_unique<Converter>(utf8 ? "UTF-8" : "GB18030");
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

  char find_separator() const {
    std::size_t counts[3] = {0, 0, 0};
    bool quoted = false;
    for (std::size_t i = at; i < text.size() && (quoted || text[i] != '\n'); ++i) {
      if (text[i] == '"') quoted = !quoted;
      const std::size_t which = std::string_view(",;\t").find(text[i]);
      if (!quoted && which != std::string_view::npos) ++counts[which];
    }
    return ",;\t"[static_cast<std::size_t>(std::max_element(counts, counts + 3) - counts)];
  }

  // The next character without taking it; 0 at the end.
  Result<char> peek() {
    while (at == text.size()) {
      if (broken)
        return refuse(code::csv::encoding, here, 0, "此处有不是文字的字节" + (raw.empty() ? "" : " " + shown(raw[0])),
                      "a byte that is no character" + (raw.empty() ? "" : ": " + shown(raw[0])));
      if (ended) return char{0};
      text.clear();
      at = 0;
      TUIXUAN_CHECK(fill_raw());
      convert();
    }
    const char c = text[at];
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
      return refuse(code::csv::control, here, 0, "有控制字符 " + shown(c), "the control character " + shown(c));
    return c;
  }

  Result<void> quoted(std::string& cell, std::size_t column) {
    ++at;
    for (;;) {
      TUIXUAN_TRY(c, peek());
      if (c == 0) return refuse(code::csv::quote, here, column, "引号没有结束", "a quote that does not end");
      ++at;
      if (c == '\n') ++here;
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
      return refuse(code::csv::size, here, column, "一格超过 4096 字节", "a cell of more than 4096 bytes");
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
        return refuse(code::csv::quote, here, column, "引号之后还有内容", "something follows a closing quote");
      return {};
    }
    for (;;) {
      TUIXUAN_TRY(c, peek());
      if (c == 0 || c == separator || c == '\n' || c == '\r') return {};
      if (c == '"')
        return refuse(code::csv::quote, here, column, "格内有未成对的引号", "a quote inside an unquoted cell");
      ++at;
      TUIXUAN_CHECK(put(cell, c, column));
    }
  }
};

CsvReader::CsvReader(Source source) : s_(std::make_unique<State>()) { s_->source = std::move(source); }
CsvReader::~CsvReader() = default;
CsvReader::CsvReader(CsvReader&&) noexcept = default;
std::size_t CsvReader::line() const { return s_->row; }
Encoding CsvReader::encoding() const { return s_->encoding; }
char CsvReader::separator() const { return s_->separator; }

static void trim(std::string& cell) {
  while (!cell.empty() && (cell.back() == ' ' || cell.back() == '\t')) cell.pop_back();
  cell.erase(0, std::min(cell.find_first_not_of(" \t"), cell.size()));
}

Result<bool> CsvReader::next(std::vector<std::string>& cells) {
  State& s = *s_;
  if (!s.converter) TUIXUAN_CHECK(s.start());
  for (;;) {
    s.row = s.here;
    std::size_t used = 0;
    bool filled = false;
    for (char end = s.separator; end == s.separator;) {
      if (used == kMaxCells)
        return refuse(code::csv::size, s.here, 0, "一行超过 600 格", "a row of more than 600 cells");
      if (cells.size() == used) cells.emplace_back();
      std::string& cell = cells[used++];
      cell.clear();
      TUIXUAN_CHECK(s.read_cell(cell, used));
      trim(cell);
      filled = filled || !cell.empty();
      TUIXUAN_TRY(c, s.peek());
      end = c;
      if (c == '\r') {
        ++s.at;
        TUIXUAN_TRY(feed, s.peek());
        if (feed != '\n') return refuse(code::csv::control, s.here, 0, "行尾不完整", "a carriage return inside a line");
        end = feed;
      }
      if (end != 0) ++s.at;
      if (end == 0 && !filled) return false;
    }
    ++s.here;
    cells.resize(used);
    if (filled) return true;
  }
}

}  // namespace tuixuan::paper
