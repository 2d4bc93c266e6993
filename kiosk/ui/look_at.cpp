#include <QFontMetricsF>
#include <QQuickWindow>
#include <QRegularExpression>
#include <cmath>

#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/self_test.h"
#include "kiosk/ui/words.h"

namespace tuixuan::kiosk {

QStringList missing_words() {
  QStringList out;
  for (const Word& w : words()) {
    const QString zh = QString::fromUtf8(w.zh);
    const QString en = QString::fromUtf8(w.en);
    if (zh.isEmpty() || en.isEmpty() || zh == en)
      out.append(QStringLiteral("word %1 is missing").arg(QLatin1String(w.key)));
    for (const QString& hole : {QStringLiteral("%1"), QStringLiteral("%2")})
      if (zh.contains(hole) != en.contains(hole))
        out.append(QStringLiteral("word %1: %2 stands in one language only").arg(QLatin1String(w.key), hole));
  }
  return out;
}

namespace {

struct Shown {
  QQuickItem* item;
  QRectF area;  // on the screen
  QString name;
};

// Where an item can be seen: inside all that clips it.
QRectF visible_area(QQuickItem* item) {
  QRectF area = item->mapRectToScene(QRectF(0, 0, item->width(), item->height()));
  for (QQuickItem* up = item->parentItem(); up != nullptr; up = up->parentItem())
    if (up->clip()) area &= up->mapRectToScene(QRectF(0, 0, up->width(), up->height()));
  return area;
}

class Looker {
 public:
  explicit Looker(qreal target) : target_(target) {}

  void visit(QQuickItem* item) {
    if (!item->isVisible() || item->opacity() == 0) return;
    if (item->inherits("QQuickText")) look_at_text(item);
    if (const QString spoken = item->property("spoken").toString(); spoken.contains(QStringLiteral("QMLTYPE")) ||
                                                                    spoken.contains(QStringLiteral("undefined")) ||
                                                                    spoken.contains(QStringLiteral("%1")))
      faults_.append(QStringLiteral("what is spoken is not filled in: “%1”").arg(spoken.left(60)));
    if (item->property("isTile").toBool()) look_at_tile(item);
    for (QQuickItem* child : item->childItems()) visit(child);
  }

  QStringList finish(const QRectF& screen) {
    for (const auto& [item, area, name] : tiles_) {
      const bool inside = screen.adjusted(-1, -1, 1, 1).contains(area);
      if (!inside) faults_.append(name + " runs out of the screen");
    }
    overlaps(tiles_, tiles_);
    overlaps(texts_, texts_);
    for (const Shown& text : texts_)
      for (const Shown& tile : tiles_)
        if (!tile.item->isAncestorOf(text.item) && meet(text.area, tile.area))
          faults_.append(text.name + " lies under " + tile.name);
    return faults_;
  }

 private:
  // Chinese may go on in the next line at any sign, a word of letters may not.
  static bool breaks_a_word(QQuickItem* item, const QString& text) {
    static const QRegularExpression kWord(QStringLiteral("[A-Za-z]+"));
    if (item->property("lineCount").toInt() < 2) return false;
    const QFontMetricsF metrics(item->property("font").value<QFont>());
    for (auto at = kWord.globalMatch(text); at.hasNext();)
      if (metrics.horizontalAdvance(at.next().captured()) > item->width() - 0.5) return true;
    return false;
  }
  static bool meet(const QRectF& a, const QRectF& b) {
    const QRectF both = a & b;
    return both.width() > 2 && both.height() > 2;
  }
  void overlaps(const std::vector<Shown>& a, const std::vector<Shown>& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t k = i + 1; k < b.size(); ++k)
        if (meet(a[i].area, b[k].area)) faults_.append(a[i].name + " overlaps " + b[k].name);
  }
  void look_at_text(QQuickItem* item) {
    const QString text = item->property("text").toString();
    if (text.isEmpty()) return;
    const QString name = QStringLiteral("“%1”").arg(text.left(24));
    const qreal wide = item->property("contentWidth").toReal();
    const qreal high = item->property("contentHeight").toReal();
    if (item->property("truncated").toBool()) faults_.append(name + " is cut");
    if (wide > item->width() + 1) faults_.append(name + " is wider than its place");
    if (high > item->height() + 1) faults_.append(name + " is higher than its place");
    if (text.contains(QStringLiteral("undefined")) || text.contains(QStringLiteral("%1")))
      faults_.append(name + " is not filled in");
    if (breaks_a_word(item, text)) faults_.append(name + " breaks inside a word");
    const QRectF area = visible_area(item);
    if (area.height() > 2 && area.width() > 2) texts_.push_back({item, area, name});
  }
  void look_at_tile(QQuickItem* item) {
    const QString name = QStringLiteral("tile “%1”").arg(item->property("spoken").toString().left(24));
    if (item->width() < target_ - 1 || item->height() < target_ - 1)
      faults_.append(QStringLiteral("%1 is too small: %2 x %3").arg(name).arg(item->width()).arg(item->height()));
    if (item->property("spoken").toString().isEmpty()) faults_.append(name + " says nothing");
    const QRectF area = visible_area(item);
    if (area.height() > 2 && area.width() > 2) tiles_.push_back({item, area, name});
  }
  qreal target_;
  QStringList faults_;
  std::vector<Shown> texts_;
  std::vector<Shown> tiles_;
};

}  // namespace

QStringList look_at(QQuickItem* root, qreal target) {
  Looker looker(target);
  looker.visit(root);
  return looker.finish(root->mapRectToScene(QRectF(0, 0, root->width(), root->height())));
}

}  // namespace tuixuan::kiosk
