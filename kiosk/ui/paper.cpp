#include "kiosk/ui/paper.h"

#include <QBuffer>
#include <QDateTime>
#include <QPainter>
#include <QPdfWriter>

#include "kiosk/ui/qr_item.h"
#include "kiosk/ui/stop_page.h"

namespace tuixuan::kiosk {

namespace {

// Lines and codes from the top of a strip of paper.
class Strip {
 public:
  explicit Strip(int height_mm) : writer_(&buffer_) {
    buffer_.open(QIODevice::WriteOnly);
    writer_.setPageSize(QPageSize(QSizeF(80, height_mm), QPageSize::Millimeter));
    writer_.setPageMargins(QMarginsF(4, 4, 4, 4), QPageLayout::Millimeter);
    writer_.setResolution(300);
    writer_.setCreator(QStringLiteral("tuixuan-kiosk"));
    painter_.begin(&writer_);
  }
  void line(const QString& text, double points) {
    QFont font(QStringLiteral("Noto Sans CJK SC"));
    font.setPointSizeF(points);
    painter_.setFont(font);
    const QRectF area(0, y_, writer_.width(), writer_.height() - y_);
    QRectF used;
    painter_.drawText(area, Qt::AlignHCenter | Qt::TextWrapAnywhere, text, &used);
    y_ += used.height() + 20;
  }
  void code(const QString& text) {
    const qreal side = writer_.width() * 0.86;
    paint_qr(painter_, qr_modules(text), QRectF((writer_.width() - side) / 2, y_, side, side));
    y_ += side + 20;
  }
  Bytes finish() {
    painter_.end();
    const QByteArray& pdf = buffer_.data();
    return {pdf.begin(), pdf.end()};
  }

 private:
  QBuffer buffer_;
  QPdfWriter writer_;
  QPainter painter_;
  qreal y_ = 0;
};

void head(Strip& strip, const MachineState& state, const Look& look) {
  if (state.rehearsal) strip.line(look.word("rehearsal"), 14);
  strip.line(look.in(state.congress), 12);
  strip.line(look.in(state.stage), 10);
}

}  // namespace

Bytes receipt_paper(const MachineState& state, const Look& look, const QString& tracker, const QString& address) {
  Strip strip(170);
  head(strip, state, look);
  strip.line(look.word("ballot_cast"), 12);
  strip.line(look.word("tracker"), 9);
  strip.line(tracker, 10.5);
  strip.code(address);
  strip.line(look.word("receipt_scan"), 9);
  strip.line(address, 7);
  return strip.finish();
}

Bytes report_paper(const MachineState& state, const Look& look) {
  // Room for every ballot that is missing: a roll of paper has no pages.
  Strip strip(120 + 12 * static_cast<int>(std::min<std::size_t>(state.missing.size(), 200)) +
              (state.missing.empty() ? 0 : 40));
  head(strip, state, look);
  strip.line(look.word("report_title"), 14);
  const auto row = [&](const char* key, const QString& value) {
    strip.line(look.word(key) + QStringLiteral("  ") + value, 11);
  };
  row("helper_kiosk", QString::fromStdString(state.id));
  row("helper_box", look.in(state.box));
  row("helper_cast", QString::number(state.counts.cast));
  row("helper_challenged", QString::number(state.counts.challenged));
  row("helper_abandoned", QString::number(state.counts.abandoned));
  row("helper_undelivered", QString::number(state.counts.undelivered));
  if (state.counts.turned > 0) row("helper_turned", QString::number(state.counts.turned));
  for (const QString& line : missing_words(look, state)) strip.line(line, 9);
  strip.line(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")), 10);
  return strip.finish();
}

}  // namespace tuixuan::kiosk
