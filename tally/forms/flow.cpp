#include "tally/forms/flow.h"

#include <algorithm>

namespace tuixuan::forms {
namespace {

constexpr double kTop = 15;
constexpr double kBottom = kPageHeight - 20;
constexpr double kPadding = 1;

double height_of_row(Document& page, const std::vector<Cell>& cells) {
  double height = 0;
  for (const Cell& cell : cells)
    height = std::max(height, page.height_of(cell.width - 2 * kPadding, cell.text, cell.style));
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
  page_.text({kMargin, kBottom + 8, kTextWidth, 4}, number, {7, false, false, Align::right});
  page_.text({kMargin, 6, kTextWidth, 8}, mark_, {14, true, false, Align::centre});
}

void Flow::keep(double height) {
  if (y_ + height <= kBottom || y_ == kTop) return;
  begin_page();
  if (!head_.empty()) y_ += draw(head_);
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
    page_.text({x + kPadding, y_ + kPadding, cell.width - 2 * kPadding, height - 2 * kPadding}, cell.text, cell.style);
    x += cell.width;
  }
  return height;
}

}  // namespace tuixuan::forms
