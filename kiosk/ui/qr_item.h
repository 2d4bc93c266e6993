// A QR code, black on white whatever the theme, with its quiet zone; whole dots a module, as large as fits. Made by
// libqrencode. Also as modules, for paper.
#pragma once

#include <QQuickPaintedItem>
#include <vector>

namespace tuixuan::kiosk {

struct QrModules {
  int width = 0;  // 0: the text is too long
  std::vector<bool> dark;
};
QrModules qr_modules(const QString& text);
void paint_qr(QPainter& painter, const QrModules& modules, const QRectF& area);

class QrItem : public QQuickPaintedItem {
  Q_OBJECT
  Q_PROPERTY(QString text MEMBER text_ WRITE setText NOTIFY textChanged)

 public:
  explicit QrItem(QQuickItem* parent = nullptr) : QQuickPaintedItem(parent) {}
  void setText(const QString& text);
  void paint(QPainter* painter) override;

 Q_SIGNALS:
  void textChanged();

 private:
  QString text_;
};

}  // namespace tuixuan::kiosk
