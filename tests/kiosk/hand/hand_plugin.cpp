#include "tests/kiosk/hand/hand_plugin.h"

#include <unistd.h>

#include <QDateTime>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSocketNotifier>
#include <QStyleHints>
#include <QTest>
#include <QTimer>

#include "kiosk/ui/focus_guide.h"

namespace tuixuan::kiosk {
namespace {

QQuickWindow* window() {
  for (QWindow* w : QGuiApplication::topLevelWindows())
    if (auto* quick = qobject_cast<QQuickWindow*>(w)) return quick;
  return nullptr;
}

// The pages' root item: the one that knows which file it shows.
QQuickItem* root() {
  if (window() == nullptr) return nullptr;
  for (QQuickItem* item : window()->contentItem()->childItems())
    if (item->property("file").isValid()) return item;
  return nullptr;
}

QObject* kiosk() {
  QQmlContext* context = root() == nullptr ? nullptr : qmlContext(root());
  return context == nullptr ? nullptr : context->contextProperty(QStringLiteral("kiosk")).value<QObject*>();
}

class Hand final : public QObject {
 public:
  Hand() : input_(STDIN_FILENO, QSocketNotifier::Read) {
    connect(&input_, &QSocketNotifier::activated, this, [this] { read(); });
  }

 private:
  void read() {
    char part[4096];
    const auto n = ::read(STDIN_FILENO, part, sizeof part);
    if (n <= 0) return input_.setEnabled(false);
    pending_.append(part, n);
    for (qsizetype end = pending_.indexOf('\n'); end >= 0; end = pending_.indexOf('\n')) {
      const QString line = QString::fromUtf8(pending_.left(end));
      pending_.remove(0, end + 1);
      const QByteArray answer = "hand " + obey(line.section(u' ', 0, 0), line.section(u' ', 1)).toUtf8() + "\n";
      if (::write(STDOUT_FILENO, answer.constData(), static_cast<std::size_t>(answer.size())) < 0) return;
    }
  }

  QString obey(const QString& command, const QString& rest) {
    if (kiosk() == nullptr) return QStringLiteral("no screen");
    if (command == u"page") return root()->property("file").toString();
    if (command == u"get") return get(rest);
    if (command == u"chosen") return QString::number(chosen());
    if (command == u"tap") return tap(rest) ? QStringLiteral("yes") : QStringLiteral("no");
    if (command == u"where") return where(rest);
    if (command == u"type") return type(rest);
    if (command == u"scan") return scan(rest);
    if (command == u"next") return next();
    if (command == u"picture") return window()->grabWindow().save(rest) ? QStringLiteral("yes") : QStringLiteral("no");
    if (command == u"close") {
      QTimer::singleShot(0, window(), [] { window()->close(); });
      return QStringLiteral("yes");
    }
    return QStringLiteral("what?");
  }

  static QString get(const QString& name) {
    const QVariant value = kiosk()->property(name.section(u'.', 0, 0).toUtf8().constData());
    return name.contains(u'.') ? value.toMap()[name.section(u'.', 1)].toString() : value.toString();
  }

  static int chosen() {
    int n = 0;
    for (QQuickItem* tile : tiles_of(root()))
      n += tile->property("chosen").toBool() && !tile->property("quiet").toBool() ? 1 : 0;
    return n;
  }

  static QQuickItem* tile_of(const QString& what) {
    for (QQuickItem* tile : tiles_of(root()))
      if (tile->property("text").toString().startsWith(what) || tile->property("spoken").toString() == what)
        return tile;
    return nullptr;
  }

  static QPoint middle_of(QQuickItem* tile) {
    reveal(tile);
    return tile->mapToScene(QPointF(tile->width() / 2, tile->height() / 2)).toPoint();
  }

  static QString where(const QString& what) {
    QQuickItem* tile = tile_of(what);
    if (tile == nullptr) return QStringLiteral("nowhere");
    const QPoint at = window()->mapToGlobal(middle_of(tile));
    return QStringLiteral("%1 %2").arg(at.x()).arg(at.y());
  }

  bool tap(const QString& what) {
    // Touches on a new page are nothing yet; an older program knows no such thing.
    const QVariant settled = kiosk()->property("settled");
    if (settled.isValid() && !settled.toBool()) return false;
    if (QQuickItem* tile = tile_of(what)) {
      const QPoint at = middle_of(tile);
      // A hand is not so quick: a second touch in the same place within this time is a slip.
      const double again = QDateTime::currentMSecsSinceEpoch() - tile->property("lastTouch").toDouble();
      if (!tile->property("repeats").toBool() && again >= 0 && again < 1020)
        QTest::qWait(static_cast<int>(1020 - again));
      const qint64 least = QGuiApplication::styleHints()->mouseDoubleClickInterval() + 20;
      if (since_.isValid() && (at - last_).manhattanLength() < 60 && since_.elapsed() < least)
        QTest::qWait(static_cast<int>(least - since_.elapsed()));
      last_ = at;
      static QPointingDevice* finger = QTest::createTouchDevice();
      QTest::touchEvent(window(), finger).press(0, at);
      QTest::touchEvent(window(), finger).release(0, at);
      since_.start();  // not before: on a busy machine the press itself may come late
      return true;
    }
    return false;
  }

  static QString type(const QString& code) {
    for (const QChar c : code) {
      if (c.isUpper()) QTest::keyPress(window(), Qt::Key_Shift, Qt::ShiftModifier);
      QTest::keyClick(window(), c.toLatin1(), c.isUpper() ? Qt::ShiftModifier : Qt::NoModifier);
      if (c.isUpper()) QTest::keyRelease(window(), Qt::Key_Shift);
    }
    QTest::keyClick(window(), Qt::Key_Return);
    return QStringLiteral("yes");
  }

  static QString next() {
    QTest::keyClick(window(), Qt::Key_Tab);
    return QStringLiteral("yes");
  }

  // As a reader at a USB port types it: Shift is held for a capital and let go again.
  static QString scan(const QString& code) {
    for (const QChar c : code) {
      const bool capital = c.isUpper();
      if (capital) QTest::keyPress(window(), Qt::Key_Shift, Qt::ShiftModifier);
      QTest::keyClick(window(), c.toLatin1(), capital ? Qt::ShiftModifier : Qt::NoModifier);
      if (capital) QTest::keyRelease(window(), Qt::Key_Shift);
    }
    QTest::keyClick(window(), Qt::Key_Return);
    return QStringLiteral("yes");
  }

  QSocketNotifier input_;
  QByteArray pending_;
  QPoint last_;
  QElapsedTimer since_;
};

}  // namespace

QObject* HandPlugin::create(const QString&, const QString&) { return new Hand; }

}  // namespace tuixuan::kiosk
