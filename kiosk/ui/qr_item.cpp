#include "kiosk/ui/qr_item.h"

#include <qrencode.h>

#include <QPainter>
#include <cmath>
#include <memory>

namespace tuixuan::kiosk {

static constexpr int kQuiet = 4;  // modules around the code (ISO/IEC 18004)

QrModules qr_modules(const QString& text) {
  const QByteArray bytes = text.toUtf8();
  if (bytes.isEmpty()) return {};
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(bytes.size()), reinterpret_cast<const unsigned char*>(bytes.constData()), 0,
                        QR_ECLEVEL_M),
      &QRcode_free);
  if (!code) return {};
  QrModules out{code->width, {}};
  for (int i = 0; i < code->width * code->width; ++i) out.dark.push_back((code->data[i] & 1U) != 0);
  return out;
}

void paint_qr(QPainter& painter, const QrModules& modules, const QRectF& area) {
  painter.fillRect(area, Qt::white);
  if (modules.width == 0) return;
  const int wide = modules.width + 2 * kQuiet;
  const qreal side = std::min(area.width(), area.height());
  const qreal dot = side >= wide ? std::floor(side / wide) : side / wide;
  const QPointF from = area.center() - QPointF(dot * modules.width / 2, dot * modules.width / 2);
  for (int y = 0; y < modules.width; ++y)
    for (int x = 0; x < modules.width; ++x)
      if (modules.dark[static_cast<std::size_t>(y * modules.width + x)])
        painter.fillRect(QRectF(from.x() + x * dot, from.y() + y * dot, dot, dot), Qt::black);
}

void QrItem::setText(const QString& text) {
  if (text == text_) return;
  text_ = text;
  Q_EMIT textChanged();
  update();
}

void QrItem::paint(QPainter* painter) { paint_qr(*painter, qr_modules(text_), QRectF(0, 0, width(), height())); }

}  // namespace tuixuan::kiosk
