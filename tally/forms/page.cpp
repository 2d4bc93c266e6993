#include "tally/forms/page.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>

#include <algorithm>
#include <array>
#include <new>

#include "crypto/base/reader.h"
#include "crypto/codes/organiser.h"

namespace tuixuan::forms {
namespace {

constexpr double kPointsPerMm = 72.0 / 25.4;
constexpr double kLineWidth = 0.2;  // mm
constexpr double kSmallest = 0.6;   // of the wanted type size
constexpr int kQuietZone = 4;       // modules around a QR code, ISO/IEC 18004
constexpr std::size_t kMaxText = 4096;

struct Release {
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
  void operator()(QRcode* p) const { QRcode_free(p); }
};
template <class T>
using Handle = std::unique_ptr<T, Release>;

// Called from C: a failed allocation becomes a write error of the surface.
cairo_status_t append(void* to, const unsigned char* data, unsigned int size) noexcept {
  try {
    static_cast<Bytes*>(to)->insert(static_cast<Bytes*>(to)->end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::bad_alloc&) {
    return CAIRO_STATUS_NO_MEMORY;
  }
}

bool is_printable(std::string_view text) {
  while (true) {
    const auto end = text.find('\n');
    if (!is_printable_utf8(text.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    text.remove_prefix(end + 1);
  }
}

double height_of_layout(PangoLayout* layout) {
  int height = 0;
  pango_layout_get_size(layout, nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE / kPointsPerMm;
}

void set_font(PangoLayout* layout, const Style& style, double size) {
  const Handle<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(),
                                           style.fixed_width ? "Noto Sans Mono CJK SC" : "Noto Sans CJK SC");
  pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size(font.get(), static_cast<int>(size * PANGO_SCALE));
  pango_layout_set_font_description(layout, font.get());
}

// Leaves cairo's unit at one point, as Pango wants it.
Handle<PangoLayout> lay_out(cairo_t* cairo, double width, std::string_view text, const Style& style) {
  cairo_scale(cairo, 1 / kPointsPerMm, 1 / kPointsPerMm);
  Handle<PangoLayout> layout(pango_cairo_create_layout(cairo));
  pango_cairo_context_set_resolution(pango_layout_get_context(layout.get()), 72);
  pango_context_set_language(pango_layout_get_context(layout.get()), pango_language_from_string("zh-cn"));
  pango_layout_set_width(layout.get(), static_cast<int>(width * kPointsPerMm * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), style.align == Align::left     ? PANGO_ALIGN_LEFT
                                           : style.align == Align::centre ? PANGO_ALIGN_CENTER
                                                                          : PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  set_font(layout.get(), style, style.size);
  return layout;
}

}  // namespace

struct Document::State {
  Bytes bytes;
  Handle<cairo_surface_t> surface;
  Handle<cairo_t> cairo;
  bool faulty = false;
  Error fault;
};

Document::Document(std::string_view title) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.surface.reset(
      cairo_pdf_surface_create_for_stream(append, &s.bytes, kPageWidth * kPointsPerMm, kPageHeight * kPointsPerMm));
  cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_CREATOR, "Tuixuan");
  s.cairo.reset(cairo_create(s.surface.get()));
  cairo_scale(s.cairo.get(), kPointsPerMm, kPointsPerMm);
  if (title.size() > kMaxText || !is_printable_utf8(title)) {
    refuse(code::form::text, "the title is not printable UTF-8");
  } else {
    cairo_pdf_surface_set_metadata(s.surface.get(), CAIRO_PDF_METADATA_TITLE, std::string(title).c_str());
  }
}

Document::~Document() = default;

void Document::refuse(Code check, std::string what) {
  if (state_->faulty) return;
  state_->faulty = true;
  state_->fault = Error{check, std::move(what)};
}

bool Document::ok() const { return !state_->faulty; }

void Document::next_page() {
  if (ok()) cairo_show_page(state_->cairo.get());
}

bool Document::is_fit_to_print(std::string_view text) {
  if (text.size() > kMaxText || !is_printable(text))
    refuse(code::form::text, "a text to print is not printable UTF-8, or over " + std::to_string(kMaxText) + " bytes");
  return ok();
}

double Document::text(const Area& area, std::string_view text, const Style& style) {
  if (!ok() || text.empty() || !is_fit_to_print(text)) return 0;
  cairo_t* cairo = state_->cairo.get();
  cairo_save(cairo);
  cairo_translate(cairo, area.x, area.y);
  const Handle<PangoLayout> layout = lay_out(cairo, area.width, text, style);
  double size = style.size;
  while (height_of_layout(layout.get()) > area.height && size > style.size * kSmallest) {
    size -= 0.5;
    set_font(layout.get(), style, size);
  }
  if (height_of_layout(layout.get()) > area.height) {
    pango_layout_set_height(layout.get(), static_cast<int>(area.height * kPointsPerMm * PANGO_SCALE));
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  if (pango_layout_get_unknown_glyphs_count(layout.get()) > 0)
    refuse(code::form::font,
           "no installed font has all letters of '" + std::string(text) + "' (package fonts-noto-cjk)");
  const double height = height_of_layout(layout.get());
  if (ok()) pango_cairo_show_layout(cairo, layout.get());
  cairo_restore(cairo);
  return height;
}

double Document::height_of(double width, std::string_view text, const Style& style) {
  if (!ok() || text.empty() || !is_fit_to_print(text)) return 0;
  cairo_t* cairo = state_->cairo.get();
  cairo_save(cairo);
  const double height = height_of_layout(lay_out(cairo, width, text, style).get());
  cairo_restore(cairo);
  return height;
}

void Document::line(double x1, double y1, double x2, double y2, bool dashed) {
  if (!ok()) return;
  cairo_t* cairo = state_->cairo.get();
  const double dash = 1.2;
  cairo_save(cairo);
  cairo_set_line_width(cairo, kLineWidth);
  if (dashed) cairo_set_dash(cairo, &dash, 1, 0);
  cairo_move_to(cairo, x1, y1);
  cairo_line_to(cairo, x2, y2);
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

static constexpr double kSign = 4.6;      // mm, a 正
static constexpr double kSignStep = 5.6;  // to the next

static std::size_t signs_in_line(double width) {
  return static_cast<std::size_t>(std::max(1.0, (width + kSignStep - kSign) / kSignStep));
}

double Document::height_of_strokes(double width, std::uint64_t votes) {
  if (votes == 0) return 0;
  if (votes > kMostStrokes) return kSignStep;
  const std::size_t signs = (votes + 4) / 5;
  const std::size_t in_line = signs_in_line(width);
  return static_cast<double>((signs + in_line - 1) / in_line) * (kSignStep + 0.4);
}

void Document::strokes(double x, double y, double width, std::uint64_t votes) {
  if (!ok() || votes > kMostStrokes) return;
  struct Stroke {
    double x1, y1, x2, y2;
  };
  static constexpr std::array<Stroke, 5> kStrokes{{{0.06, 0.08, 0.94, 0.08},
                                                   {0.50, 0.08, 0.50, 0.94},
                                                   {0.50, 0.48, 0.86, 0.48},
                                                   {0.20, 0.40, 0.20, 0.94},
                                                   {0.00, 0.94, 1.00, 0.94}}};
  cairo_t* cairo = state_->cairo.get();
  const std::size_t in_line = signs_in_line(width);
  cairo_save(cairo);
  cairo_set_line_width(cairo, 2 * kLineWidth);
  for (std::uint64_t i = 0; i < votes; ++i) {
    const std::uint64_t sign = i / 5;
    const double left = x + static_cast<double>(sign % in_line) * kSignStep;
    const double top = y + 0.5 + static_cast<double>(sign / in_line) * (kSignStep + 0.4);
    const Stroke& s = kStrokes[i % 5];
    cairo_move_to(cairo, left + kSign * s.x1, top + kSign * s.y1);
    cairo_line_to(cairo, left + kSign * s.x2, top + kSign * s.y2);
  }
  cairo_stroke(cairo);
  cairo_restore(cairo);
}

void Document::frame(const Area& area) {
  if (!ok()) return;
  cairo_set_line_width(state_->cairo.get(), kLineWidth);
  cairo_rectangle(state_->cairo.get(), area.x, area.y, area.width, area.height);
  cairo_stroke(state_->cairo.get());
}

void Document::qr(double x, double y, double width, std::string_view text) {
  if (!ok()) return;
  if (text.empty() || !is_printable_utf8(text))
    return refuse(code::form::qr, "a QR code of no text, or of text that is not printable");
  const std::string copy(text);
  const Handle<QRcode> code(QRcode_encodeString(copy.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1));
  if (!code)
    return refuse(code::form::qr, "a text of " + std::to_string(text.size()) + " bytes does not fit a QR code");
  const double module = width / (code->width + 2 * kQuietZone);
  cairo_t* cairo = state_->cairo.get();
  cairo_save(cairo);
  cairo_translate(cairo, x + kQuietZone * module, y + kQuietZone * module);
  cairo_scale(cairo, module, module);
  // Runs of dark modules as one rectangle each, all in one path, so that no viewer draws hairlines between them.
  for (int row = 0; row < code->width; ++row) {
    for (int column = 0; column < code->width;) {
      const unsigned char* at = code->data + row * code->width;
      int end = column;
      while (end < code->width && (at[end] & 1U) != 0) ++end;
      if (end > column) cairo_rectangle(cairo, column, row, end - column, 1);
      column = end + 1;
    }
  }
  cairo_fill(cairo);
  cairo_restore(cairo);
}

Result<Bytes> Document::finish() {
  cairo_surface_finish(state_->surface.get());
  if (!ok()) return tl::unexpected<Error>(state_->fault);
  for (const cairo_status_t status : {cairo_status(state_->cairo.get()), cairo_surface_status(state_->surface.get())})
    if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_SURFACE_FINISHED)
      return fail(code::form::pdf, std::string("the PDF could not be made: ") + cairo_status_to_string(status));
  return std::move(state_->bytes);
}

}  // namespace tuixuan::forms
