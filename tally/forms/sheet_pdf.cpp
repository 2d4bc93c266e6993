#include <algorithm>

#include "tally/forms/build.h"
#include "tally/forms/flow.h"
#include "tally/forms/sheet_file.h"
#include "tally/names/names.h"

namespace tuixuan::forms {
namespace {

constexpr Style kCongress{15, true, false, Align::centre};
constexpr Style kTitle{22, true, false, Align::centre};
constexpr Style kSubtitle{9, false, false, Align::centre};
constexpr Style kStage{12.5, false, false, Align::centre};
constexpr Style kHeading{14, true, false, Align::left};
constexpr Style kOpening{14, false, false, Align::left};
constexpr Style kBody{12, false, false, Align::left};
constexpr Style kStrong{12, true, false, Align::left};
constexpr Style kSmall{10, false, false, Align::left};
constexpr Style kEnglish{8, false, false, Align::left};
constexpr Style kTableHead{10, true, false, Align::centre};
constexpr Style kFigure{13, false, false, Align::centre};
constexpr double kOfficeWidth = 95;
constexpr double kCode = 28;
constexpr std::size_t kFactsInLine = 6;

class Printer {
 public:
  Printer(Document& page, const FormData& data, unsigned pages)
      : page_(page),
        data_(data),
        flow_(page, "数据指纹 fingerprint of the record: SHA-256 " + data.fingerprint.hex(),
              data.scheme.rehearsal ? "演练 REHEARSAL" : "", pages) {}

  unsigned print(const Sheet& sheet) {
    for (const Block& block : sheet.blocks) std::visit([this](const auto& b) { add(b); }, block);
    return flow_.page_count();
  }

 private:
  std::string english(const Text& text) const { return data_.english ? text.en : ""; }
  std::string line(const Text& text) const {
    return text.zh + (data_.english && !text.en.empty() ? "　" + text.en : "");
  }
  void under(const std::string& text, Style style) {
    if (!text.empty()) flow_.paragraph(text, style);
  }

  void add(const Head& head) {
    flow_.continue_as("");
    if (begun_) flow_.new_page();
    begun_ = true;
    const tally::Congress& c = data_.scheme.congress;
    flow_.continue_as(c.title.zh + "　" + head.title.zh + "（续）");
    if (!head.posted) flow_.paragraph(c.title.zh, kCongress);
    flow_.paragraph(head.title.zh, kTitle);
    under(data_.english ? c.title.en + (c.title.en.empty() ? "" : " · ") + head.title.en : "", kSubtitle);
    if (!head.subtitle.zh.empty()) {
      flow_.space(1);
      flow_.paragraph(head.subtitle.zh, kStage);
      under(english(head.subtitle), kSubtitle);
    }
    flow_.space(2.5);
    if (head.posted) return;
    std::string facts = c.body.zh;
    for (const std::string& more : {c.term.zh, date_zh(c.date), c.place.zh}) facts += more.empty() ? "" : "　　" + more;
    flow_.paragraph(facts, {11, false, false, Align::centre});
    flow_.space(3);
  }

  void add(const Paragraph& p) {
    switch (p.look) {
      case Paragraph::Look::heading:
        flow_.space(3);
        flow_.keep(48);
        flow_.paragraph(p.text.zh, kHeading);
        break;
      case Paragraph::Look::opening:
        flow_.space(3);
        flow_.paragraph("　　" + p.text.zh, kOpening);
        flow_.space(1.5);
        break;
      case Paragraph::Look::body:
      case Paragraph::Look::strong:
        flow_.space(2);
        flow_.paragraph(p.text.zh, p.look == Paragraph::Look::body ? kBody : kStrong);
        break;
      case Paragraph::Look::small:
        flow_.space(1);
        flow_.paragraph(p.text.zh, kSmall);
        break;
    }
    under(english(p.text), kEnglish);
    if (p.look == Paragraph::Look::heading) flow_.space(1);
  }

  void add(const Facts& facts) {
    const std::size_t lines = (facts.size() + kFactsInLine - 1) / kFactsInLine;
    const std::size_t in_line = (facts.size() + lines - 1) / lines;
    const double width = kTextWidth / static_cast<double>(in_line);
    for (std::size_t from = 0; from < facts.size(); from += in_line) {
      std::vector<Cell> labels;
      std::vector<Cell> values;
      for (std::size_t i = from; i < from + in_line; ++i) {
        const bool there = i < facts.size();
        labels.push_back({width, there ? facts[i].label.zh : "", kTableHead, there ? english(facts[i].label) : "", {}});
        values.push_back({width, there ? facts[i].value : "", {15, true, false, Align::centre}, {}, {}});
      }
      flow_.keep(22);
      flow_.row(labels);
      flow_.row(values);
    }
    flow_.space(2);
  }

  void add(const Table& table) {
    double sum = 0;
    for (const Column& c : table.columns) sum += c.width;
    std::vector<double> widths;
    std::vector<Cell> head;
    for (const Column& c : table.columns) {
      widths.push_back(c.width * kTextWidth / sum);
      head.push_back({widths.back(), c.title.zh, kTableHead, english(c.title), {}});
    }
    flow_.space(1);
    flow_.begin_table(std::move(head));
    std::vector<std::vector<Cell>> together;  // the rows of one person
    const auto flush = [&] {
      if (together.size() > 1) flow_.keep_rows(together);
      for (const std::vector<Cell>& cells : together) flow_.row(cells);
      together.clear();
    };
    for (const std::vector<Field>& row : table.rows) {
      if (!row[0].text.zh.empty()) flush();
      std::vector<Cell>& cells = together.emplace_back();
      for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(cell_of(row[i], table.columns[i], widths[i]));
    }
    flush();
    flow_.end_table();
    flow_.space(2);
  }

  Cell cell_of(const Field& field, const Column& column, double width) const {
    const bool sentence = column.left && !field.text.en.empty();
    Style style{sentence      ? 10.5
                : column.left ? 12.0
                              : kFigure.size,
                field.strong, false, column.left ? Align::left : Align::centre};
    if (!column.left && !field.text.en.empty()) style.size = 11;
    std::string second = field.second;
    if (const std::string en = english(field.text); !en.empty()) second += (second.empty() ? "" : "\n") + en;
    std::string text = field.text.zh;
    if (field.strokes && *field.strokes > kMostStrokes)
      text = "正 × " + number(*field.strokes / 5) + "，另 " + number(*field.strokes % 5) + " 画" +
             (text.empty() ? "" : "\n" + text);
    const bool drawn = field.strokes && *field.strokes <= kMostStrokes;
    return {width, text, style, second, drawn ? field.strokes : std::nullopt};
  }

  void add(const Names& names) {
    std::size_t longest = 0;
    for (const std::string& name : names.names) longest = std::max(longest, tally::display_width(name));
    const std::size_t columns = longest <= 8 ? 5 : longest <= 16 ? 3 : longest <= 28 ? 2 : 1;
    const double width = kTextWidth / static_cast<double>(columns);
    for (std::size_t from = 0; from < names.names.size(); from += columns) {
      double height = 0;
      const std::size_t to = std::min(from + columns, names.names.size());
      const Style style{16, false, false, Align::centre};
      for (std::size_t i = from; i < to; ++i)
        height = std::max(height, page_.height_of(width - 4, names.names[i], style));
      const Area area = flow_.take(height + 4);
      for (std::size_t i = from; i < to; ++i)
        page_.text({area.x + static_cast<double>(i - from) * width + 2, area.y + 2, width - 4, height}, names.names[i],
                   style);
    }
    flow_.space(2);
  }

  void add(const Lines& lines) {
    flow_.space(3);
    flow_.paragraph(line(lines.label), kBody);
    for (unsigned i = 0; i < lines.count; ++i) {
      const Area area = flow_.take(11);
      page_.line(area.x, area.y + 10, area.x + area.width, area.y + 10);
    }
  }

  void add(const Signatures& s) {
    flow_.space(4);
    const double row = 10.5;
    const double height = s.stamp ? 42 : std::max(kCode + 8, row * static_cast<double>(s.roles.size()) + 8);
    const Area area = flow_.take(height);
    const double right = area.x + area.width - kCode;
    page_.qr(right, area.y, kCode, "sha256:" + data_.fingerprint.hex());
    page_.text({right - 4, area.y + kCode, kCode + 8, 4}, data_.english ? "数据指纹 fingerprint" : "数据指纹",
               {8, false, false, Align::centre});
    const std::string date = data_.date.empty() ? "________ 年 ____ 月 ____ 日" : date_zh(data_.date);
    if (s.stamp) {
      const double left = right - kOfficeWidth - 8;
      page_.text({left, area.y + 8, kOfficeWidth, 14}, s.office, {14, false, false, Align::right});
      page_.text({left, area.y + 24, kOfficeWidth, 8}, date, {14, false, false, Align::right});
      return;
    }
    double y = area.y + 2;
    for (const Text& role : s.roles) {
      sign(area.x, y, right - 8, role);
      y += row;
    }
    page_.text({area.x, y + 1, 100, 7}, "日期" + std::string(data_.english ? " Date" : "") + "：" + date, kBody);
  }

  void sign(double x, double y, double right, const Text& role) {
    page_.text({x, y, 34, 6}, role.zh + "：", kBody);
    page_.text({x, y + 5.6, 34, 4}, english(role), kEnglish);
    const double from = x + 36;
    const double middle = (from + right) / 2;
    page_.line(from, y + 6, middle - 3, y + 6);
    page_.line(middle + 3, y + 6, right, y + 6);
  }

  Document& page_;
  const FormData& data_;
  Flow flow_;
  bool begun_ = false;
};

}  // namespace

Result<Bytes> sheet_pdf(const Sheet& sheet, const FormData& data) {
  const auto* head = std::get_if<Head>(&sheet.blocks.front());
  const std::string title = data.scheme.congress.title.zh + " " + (head == nullptr ? "" : head->title.zh);
  unsigned pages = 0;
  {
    Document trial(title);
    pages = Printer(trial, data, 1).print(sheet);
  }
  Document page(title);
  Printer(page, data, pages).print(sheet);
  return page.finish();
}

}  // namespace tuixuan::forms
