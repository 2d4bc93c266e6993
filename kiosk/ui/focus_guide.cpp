#include "kiosk/ui/focus_guide.h"

#include <QQuickWindow>
#include <algorithm>
#include <cmath>
#include <limits>

namespace tuixuan::kiosk {

static void collect(QQuickItem* item, std::vector<QQuickItem*>& out) {
  if (!item->isVisible()) return;
  if (item->property("isTile").toBool() && item->isEnabled()) out.push_back(item);
  for (QQuickItem* child : item->childItems()) collect(child, out);
}

static QRectF area(QQuickItem* item) { return item->mapRectToScene(QRectF(0, 0, item->width(), item->height())); }

QQuickItem* list_of(QQuickItem* tile) {
  for (QQuickItem* up = tile->parentItem(); up != nullptr; up = up->parentItem())
    if (up->inherits("QQuickFlickable")) return up;
  return nullptr;
}

// Reading order: the lists among the other tiles by their place on the screen, in a list by the place in it.
std::vector<QQuickItem*> tiles_of(QQuickItem* root) {
  std::vector<QQuickItem*> out;
  collect(root, out);
  const auto before = [](const QRectF& a, const QRectF& b) {
    const bool same_row =
        std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top()) > 0.5 * std::min(a.height(), b.height());
    return same_row ? a.left() < b.left() : a.top() < b.top();
  };
  std::stable_sort(out.begin(), out.end(), [&](QQuickItem* a, QQuickItem* b) {
    QQuickItem* list_a = list_of(a);
    QQuickItem* list_b = list_of(b);
    if (list_a == list_b) return before(area(a), area(b));
    return before(area(list_a != nullptr ? list_a : a), area(list_b != nullptr ? list_b : b));
  });
  return out;
}

void reveal(QQuickItem* tile) {
  QQuickItem* list = list_of(tile);
  if (list == nullptr) return;
  const QRectF inside = tile->mapRectToItem(list, QRectF(0, 0, tile->width(), tile->height()));
  qreal y = list->property("contentY").toReal();
  if (inside.top() < 0) y += inside.top();
  if (inside.bottom() > list->height()) y += inside.bottom() - list->height();
  list->setProperty("contentY", y);
}

static QQuickItem* focused(const std::vector<QQuickItem*>& tiles) {
  const auto at = std::find_if(tiles.begin(), tiles.end(), [](QQuickItem* t) { return t->hasActiveFocus(); });
  return at == tiles.end() ? nullptr : *at;
}

// Where the keys begin on a new page: at the answer that changes nothing, where it asks; else in its middle, not in the
// bar above.
static QQuickItem* first_of(QQuickItem* root, const std::vector<QQuickItem*>& tiles) {
  const auto safe =
      std::find_if(tiles.begin(), tiles.end(), [](const QQuickItem* t) { return t->property("safe").toBool(); });
  if (safe != tiles.end()) return *safe;
  const QQuickItem* body = root->findChild<QQuickItem*>(QStringLiteral("body"));
  const auto at =
      std::find_if(tiles.begin(), tiles.end(), [&](QQuickItem* t) { return body != nullptr && body->isAncestorOf(t); });
  return at == tiles.end() ? tiles.front() : *at;
}

static void give_focus(QQuickItem* tile) {
  if (tile == nullptr) return;
  tile->forceActiveFocus(Qt::TabFocusReason);
  reveal(tile);
}

// How far `to` lies beyond the edge of `from` in the direction, more if it lies aside; infinite if it does not.
static qreal distance(const QRectF& from, const QRectF& to, Direction d) {
  const bool upright = d == Direction::up || d == Direction::down;
  const qreal gap = d == Direction::down    ? to.top() - from.bottom()
                    : d == Direction::up    ? from.top() - to.bottom()
                    : d == Direction::right ? to.left() - from.right()
                                            : from.left() - to.right();
  const qreal overlap = upright ? std::min(from.right(), to.right()) - std::max(from.left(), to.left())
                                : std::min(from.bottom(), to.bottom()) - std::max(from.top(), to.top());
  constexpr qreal kNever = std::numeric_limits<qreal>::infinity();
  if (gap < -2 || (!upright && overlap <= 0)) return kNever;
  const QPointF aside = to.center() - from.center();
  return gap + 2 * std::max<qreal>(0, -overlap) + 0.1 * std::abs(upright ? aside.x() : aside.y());
}

void move_focus(QQuickItem* root, Direction direction) {
  const auto tiles = tiles_of(root);
  if (tiles.empty()) return;
  QQuickItem* now = focused(tiles);
  if (now == nullptr) return give_focus(first_of(root, tiles));
  QQuickItem* home = list_of(now);
  const auto nearest = [&](bool inside) {
    QQuickItem* best = nullptr;
    qreal least = std::numeric_limits<qreal>::infinity();
    for (QQuickItem* t : tiles) {
      if (t == now || (list_of(t) == home) != inside) continue;
      QRectF from = area(now);
      QRectF to = area(t);
      const bool upright = direction == Direction::up || direction == Direction::down;
      if (!inside && home != nullptr && upright)
        from = QRectF(from.left(), area(home).top(), from.width(), area(home).height());
      if (QQuickItem* list = list_of(t); !inside && list != nullptr && !area(list).intersects(to)) continue;
      const qreal d = distance(from, to, direction);
      if (d < least) {
        least = d;
        best = t;
      }
    }
    return best;
  };
  QQuickItem* to = home != nullptr ? nearest(true) : nullptr;
  if (to == nullptr) to = home != nullptr ? nearest(false) : nullptr;
  if (home == nullptr) {
    // Outside of lists all tiles compete, those in lists where they can be seen.
    QQuickItem* a = nearest(true);
    QQuickItem* b = nearest(false);
    const auto far = [&](QQuickItem* t) {
      return t == nullptr ? std::numeric_limits<qreal>::infinity() : distance(area(now), area(t), direction);
    };
    to = far(b) < far(a) ? b : a;
  }
  give_focus(to);
}

void next_focus(QQuickItem* root) {
  const auto tiles = tiles_of(root);
  if (tiles.empty()) return;
  QQuickItem* now = focused(tiles);
  if (now == nullptr) return give_focus(first_of(root, tiles));
  const auto at = std::find(tiles.begin(), tiles.end(), now);
  give_focus(at + 1 == tiles.end() ? tiles.front() : *(at + 1));
}

bool has_focus(QQuickItem* root) { return focused(tiles_of(root)) != nullptr; }

void select_focused(QQuickItem* root) {
  const auto tiles = tiles_of(root);
  if (QQuickItem* now = focused(tiles)) {
    QMetaObject::invokeMethod(now, "activate");
  } else if (!tiles.empty()) {
    give_focus(first_of(root, tiles));
  }
}

}  // namespace tuixuan::kiosk
