// Moves the focus over the tiles of a page by keys alone. Five keys: the nearest tile in that direction, first inside
// the same scrolling list, then outside; what has the focus is scrolled into sight. Two switches: the next tile in
// reading order, from the last back to the first. Every tile is reached both ways.
#pragma once

#include <QQuickItem>

namespace tuixuan::kiosk {

enum class Direction { up, down, left, right };

std::vector<QQuickItem*> tiles_of(QQuickItem* root);  // visible and enabled, in reading order
QQuickItem* list_of(QQuickItem* tile);                // the Flickable around it, if any
void move_focus(QQuickItem* root, Direction direction);
void next_focus(QQuickItem* root);
void select_focused(QQuickItem* root);
bool has_focus(QQuickItem* root);  // a tile of it
void reveal(QQuickItem* tile);

}  // namespace tuixuan::kiosk
