// Walks through every page of the kiosk in every language, text size and theme at a given size of the screen, on a
// specimen ballot, and looks at each: no QML warning, no word missing, no text cut or running out of its place, no text
// or tile over another, nothing to touch smaller than 18 mm. With a folder, it also writes a picture of each page.
#pragma once

#include <QSize>
#include <QStringList>
#include <functional>

#include "crypto/base/result.h"
#include "kiosk/ui/screen.h"

namespace tuixuan::kiosk {

struct WalkOptions {
  QSize screen{1280, 800};
  qreal dots_per_inch = 96;
  std::vector<int> sizes{0, 1, 2, 3};
  std::vector<int> themes{0, 1, 2};
  QString pictures;  // folder; empty: none
};
struct WalkResult {
  int pages = 0;  // looked at
  QStringList faults;
};
[[nodiscard]] Result<WalkResult> walk_all(const WalkOptions& options);

QStringList missing_words();
// What is wrong with the page that is shown.
QStringList look_at(QQuickItem* root, qreal target);

}  // namespace tuixuan::kiosk
