// Paragraphs and table rows one below the other over as many pages as they need, each page with its foot line.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tally/forms/page.h"

namespace tuixuan::forms {

inline constexpr double kMargin = 15;
inline constexpr double kTextWidth = kPageWidth - 2 * kMargin;

struct Cell {
  double width;
  std::string text;
  Style style;
  std::string second = {};                    // smaller, under the text: a rate, the same in English
  std::optional<std::uint64_t> strokes = {};  // drawn as 正, above the text
};

class Flow {
 public:
  // pages: how many there will be, for the foot; known after a first run (page_count()).
  Flow(Document& page, std::string foot, std::string mark, unsigned pages);

  void space(double height) { y_ += height; }
  void keep(double height);                                    // a new page unless so much is left on this one
  void keep_rows(const std::vector<std::vector<Cell>>& rows);  // the same for these rows of a table
  void new_page() { begin_page(); }
  // Small at the top of the pages that follow, so that no page is without its title.
  void continue_as(std::string title) { title_ = std::move(title); }
  // So much of the page over its whole width, on a new one if this has no room.
  Area take(double height);
  void paragraph(std::string_view text, const Style& style);
  // A row of framed cells, as high as the highest, each centred in its height; not split between pages.
  void row(const std::vector<Cell>& cells);
  // Set again at the top of each new page while rows of a table follow.
  void begin_table(std::vector<Cell> head);
  void end_table() { head_.clear(); }
  double y() const { return y_; }
  unsigned page_count() const { return number_; }

 private:
  void begin_page();
  double draw(const std::vector<Cell>& cells);
  void draw_cell(const Area& area, const Cell& cell);
  Document& page_;
  std::string foot_;
  std::string mark_;
  std::string title_;
  unsigned pages_;
  unsigned number_ = 0;
  double y_ = 0;
  std::vector<Cell> head_;
};

}  // namespace tuixuan::forms
