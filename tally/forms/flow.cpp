#include "tally/forms/flow.h"

#include <algorithm>

namespace tuixuan::forms {
namespace {

constexpr double kTop = 16;
constexpr double kBottom = kPageHeight - 20;
constexpr double kPadding = 1.2;
constexpr double kSecond = 0.75;  // of the text's type size
constexpr double kSmallestSecond = 7;

Style second_style(const Style& style) {
  return {std::max(style.size * kSecond, kSmallestSecond), false, false, style.align};
}

struct Heights {
  double strokes, text, second;
  double sum() const { return strokes + text + second; }
};

Heights heights_of(Document& page, const Cell& cell) {
  const double width = cell.width - 2 * kPadding;
  return {cell.strokes ? Document::height_of_strokes(width, *cell.strokes) : 0,
          page.height_of(width, cell.text, cell.style), page.height_of(width, cell.second, second_style(cell.style))};
}

double height_of_row(Document& page, const std::vector<Cell>& cells) {
  double height = 0;
  for (const Cell& cell : cells) height = std::max(height, heights_of(page, cell).sum());
  return height + 2 * kPadding;
}

}  // namespace

Flow::Flow(Document& page, std::string foot, std::string mark, unsigned pages)
    : page_(page), foot_(std::move(foot)), mark_(std::move(mark)), pages_(pages) {
  begin_page();
}

void Flow::begin_page() {
  if (number_++ > 0) page_.next_page();
  y_ = kTop;
  const std::string number = "第 " + std::to_string(number_) + " 页 共 " + std::to_string(pages_) + " 页   Page " +
                             std::to_string(number_) + " of " + std::to_string(pages_);
  page_.line(kMargin, kBottom + 3, kMargin + kTextWidth, kBottom + 3);
  page_.text({kMargin, kBottom + 4, kTextWidth, 4}, foot_, {7, false, false, Align::left});
  page_.text({kMargin, kBottom + 8, kTextWidth, 4.5}, number, {8, false, false, Align::right});
  page_.text({kMargin, 6, kTextWidth, 8}, mark_, {14, true, false, Align::right});
  page_.text({kMargin, 8, kTextWidth - 55, 5.5}, title_, {9, false, false, Align::left});
}

void Flow::keep(double height) {
  if (y_ + height <= kBottom || y_ == kTop) return;
  begin_page();
  if (!head_.empty()) y_ += draw(head_);
}

void Flow::keep_rows(const std::vector<std::vector<Cell>>& rows) {
  double height = 0;
  for (const std::vector<Cell>& row : rows) height += height_of_row(page_, row);
  keep(height);
}

Area Flow::take(double height) {
  keep(height);
  const Area area{kMargin, y_, kTextWidth, height};
  y_ += height;
  return area;
}

void Flow::paragraph(std::string_view text, const Style& style) {
  const double height = page_.height_of(kTextWidth, text, style);
  keep(height);
  page_.text({kMargin, y_, kTextWidth, std::min(height, kBottom - kTop)}, text, style);
  y_ += height;
}

void Flow::row(const std::vector<Cell>& cells) {
  keep(height_of_row(page_, cells));
  y_ += draw(cells);
}

void Flow::begin_table(std::vector<Cell> head) {
  keep(3 * height_of_row(page_, head));  // never a head alone at the bottom
  y_ += draw(head);
  head_ = std::move(head);
}

double Flow::draw(const std::vector<Cell>& cells) {
  const double height = std::min(height_of_row(page_, cells), kBottom - y_);
  double x = kMargin;
  for (const Cell& cell : cells) {
    page_.frame({x, y_, cell.width, height});
    draw_cell({x + kPadding, y_ + kPadding, cell.width - 2 * kPadding, height - 2 * kPadding}, cell);
    x += cell.width;
  }
  return height;
}

void Flow::draw_cell(const Area& area, const Cell& cell) {
  const Heights heights = heights_of(page_, cell);
  double y = area.y + std::max(0.0, area.height - heights.sum()) / 2;
  if (cell.strokes) page_.strokes(area.x, y, area.width, *cell.strokes);
  y += heights.strokes;
  const double text = std::max(1.0, std::min(heights.text, area.y + area.height - heights.second - y));
  page_.text({area.x, y, area.width, text}, cell.text, cell.style);
  page_.text({area.x, y + text, area.width, heights.second}, cell.second, second_style(cell.style));
}

}  // namespace tuixuan::forms
