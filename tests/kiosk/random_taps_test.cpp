// Random touches and keys at the real screen: never outside the pages, never a warning of QML, never stuck, never cast
// without having been sealed. TUIXUAN_TAPS and TUIXUAN_SEEDS say how many.
#include <QQuickItem>
#include <cstdlib>
#include <random>
#include <set>

#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/specimen.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {
namespace {

unsigned number_of(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::atoi(text));
}

class RandomVoter {
 public:
  explicit RandomVoter(unsigned seed) : random_(seed), hands_(kiosk_, {}) {}

  void act() {
    QQuickWindow& window = hands_.screen->window();
    const unsigned what = random_() % 20;
    if (what == 0 && (hands_.page() == "waiting" || hands_.page() == "slip")) {
      hands_.screen->view().offerSlip(QString::fromStdString(kiosk_.slip()));
    } else if (what < 4) {
      static constexpr int kKeys[] = {Qt::Key_Up,    Qt::Key_Down,   Qt::Key_Left, Qt::Key_Right, Qt::Key_Return,
                                      Qt::Key_Space, Qt::Key_Escape, Qt::Key_F4,   Qt::Key_A};
      QTest::keyClick(&window, static_cast<Qt::Key>(kKeys[random_() % std::size(kKeys)]));
    } else if (what < 6) {
      QTest::mouseClick(&window, Qt::LeftButton, {}, QPoint(int(random_() % 1280), int(random_() % 800)));
    } else {
      const auto tiles = tiles_of(hands_.screen->page());
      if (tiles.empty()) return;
      QQuickItem* tile = tiles[random_() % tiles.size()];
      // Ways out are taken more seldom, so that some voters reach the end.
      static const QStringList kWaysOut{"退出", "清除并退出", "返回", "Leave", "Clear and leave", "Back"};
      if (kWaysOut.contains(tile->property("text").toString()) && random_() % 8 != 0) return;
      reveal(tile);
      const QPoint at = tile->mapToScene(QPointF(tile->width() / 2, tile->height() / 2)).toPoint();
      if (QRect(0, 0, 1280, 800).contains(at)) QTest::mouseClick(&window, Qt::LeftButton, {}, at);
    }
    QCoreApplication::processEvents();
    if (random_() % 50 == 0) hands_.screen->tick();
  }

  void run(unsigned taps) {
    static const std::set<QString> kPages{"closed",     "waiting", "slip", "contest", "write_in", "review",  "sealed",
                                          "challenged", "done",    "idle", "leave",   "fault",    "display", "staff"};
    for (unsigned i = 0; i < taps; ++i) {
      const QString before = hands_.page();
      act();
      const QString now = hands_.page();
      seen_.insert(now);
      ASSERT_TRUE(kPages.contains(now)) << now.toStdString();
      ASSERT_NE(now, "fault");
      ASSERT_FALSE(tiles_of(hands_.screen->page()).empty()) << "stuck on " << now.toStdString();
      ASSERT_TRUE(now != "done" || before == "sealed" || before == "done" || before == "display")
          << before.toStdString();
    }
    const QStringList warnings = hands_.screen->take_warnings();
    EXPECT_TRUE(warnings.isEmpty()) << warnings.join(u'\n').toStdString();
    // There is always a way back.
    for (int i = 0; i < 20 && hands_.page() != "waiting"; ++i) {
      hands_.screen->view().closeOverlay();
      hands_.screen->view().stay();
      hands_.screen->view().finish();
      hands_.screen->view().askLeave();
      hands_.screen->view().leave();
      hands_.screen->view().back();
    }
    EXPECT_EQ(hands_.page(), "waiting");
    total_cast += kiosk_.state().counts.cast;
  }

  std::set<QString> seen_;
  static inline std::uint64_t total_cast = 0;

 private:
  std::mt19937 random_;
  Specimen kiosk_;
  Hands hands_;
};

TEST(RandomTaps, NeverOutsideTheGraphNeverStuck) {
  const unsigned seeds = number_of("TUIXUAN_SEEDS", 1);
  const unsigned taps = number_of("TUIXUAN_TAPS", 300);
  std::set<QString> seen;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    RandomVoter voter(seed);
    voter.run(taps);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
    seen.insert(voter.seen_.begin(), voter.seen_.end());
  }
  std::printf("%u taps at each of %u seeds: %zu different pages, %llu ballots cast\n", taps, seeds, seen.size(),
              static_cast<unsigned long long>(RandomVoter::total_cast));
  EXPECT_GE(seen.size(), 5U);
}

}  // namespace
}  // namespace tuixuan::kiosk
