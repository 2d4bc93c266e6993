// A document of A4 pages as PDF, in memory. Lengths in millimetres from the top left corner, type sizes in points.
// Chinese and Latin letters come from Noto Sans CJK and are embedded. The same calls give the same bytes: no clock is
// read. Refuses rather than prints wrongly: text that is not printable UTF-8 or has a letter no installed font knows,
// and a QR text that does not fit. The first fault is kept, later calls do nothing, finish() returns it. Errors:
// "form.text", "form.font", "form.qr", "form.pdf".
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "crypto/base/bytes.h"

namespace tuixuan::forms {

inline constexpr double kPageWidth = 210;
inline constexpr double kPageHeight = 297;
inline constexpr std::uint64_t kMostStrokes = 600;

enum class Align { left, centre, right };

struct Style {
  double size = 10;  // points
  bool bold = false;
  bool fixed_width = false;
  Align align = Align::left;
};

struct Area {
  double x, y, width, height;
};

class Document {
 public:
  explicit Document(std::string_view title);  // in the file's properties
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  void next_page();  // the first page is there from the start
  // Breaks lines at the width; no longer text than the height holds: the type gets smaller down to 60 %, then it is cut
  // with an ellipsis. Returns the height used. '\n' begins a new line.
  double text(const Area& area, std::string_view text, const Style& style);
  double height_of(double width, std::string_view text, const Style& style);  // that text() would use, without limit
  void line(double x1, double y1, double x2, double y2, bool dashed = false);
  void frame(const Area& area);
  // So many votes as 正, five strokes each in the order of writing, in lines of this width. More than kMostStrokes are
  // not drawn one by one: the height is then that of a line and nothing is drawn.
  void strokes(double x, double y, double width, std::uint64_t votes);
  static double height_of_strokes(double width, std::uint64_t votes);
  // Square of this width with its quiet zone inside. Error correction level Q: a quarter of it may be damaged.
  void qr(double x, double y, double width, std::string_view text);

  bool ok() const;
  [[nodiscard]] Result<Bytes> finish();  // once, at the end

 private:
  struct State;
  bool is_fit_to_print(std::string_view text);
  void refuse(Code check, std::string what);
  std::unique_ptr<State> state_;
};

}  // namespace tuixuan::forms
