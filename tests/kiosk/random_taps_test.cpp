// Random touches, keys and pauses at the real screen: never along an arrow that the flow has not (flow.h), never a
// warning of QML, never stuck, cast only from sealed and once. The ballot is another one for each seed. TUIXUAN_TAPS
// and TUIXUAN_SEEDS say how many; TUIXUAN_FIRST_SEED, which is the first.
#include <QQuickItem>
#include <algorithm>
#include <cstdlib>
#include <map>
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

// Elections, recommendations, decisions, ratings, and all of them on one ballot.
std::vector<tally::Contest> ballot_of(unsigned seed) {
  static constexpr tally::Kind kKinds[] = {tally::Kind::election, tally::Kind::recommendation, tally::Kind::decision,
                                           tally::Kind::rating};
  std::vector<tally::Contest> contests = specimen_contests();
  if (seed % 5 == 4) return contests;
  const tally::Kind kind = kKinds[seed % 5];
  std::erase_if(contests, [kind](const tally::Contest& c) { return c.kind != kind; });
  return contests;
}

// From each page of a voter to those that one step leads to.
const std::map<QString, std::set<QString>> kArrows{
    {"waiting", {"slip", "contest"}},
    {"slip", {"waiting", "contest"}},
    {"contest", {"write_in", "question", "review", "leave", "idle"}},
    {"write_in", {"contest", "question", "leave", "idle"}},
    {"question", {"write_in", "contest", "review", "sealed", "challenged", "idle"}},
    {"review", {"contest", "sealed", "question", "leave", "idle"}},
    {"sealed", {"done", "question", "leave", "idle"}},
    {"challenged", {"contest", "leave", "idle"}},
    {"done", {"waiting"}},
    {"leave", {"contest", "write_in", "review", "sealed", "challenged", "waiting"}},
    {"idle", {"contest", "write_in", "review", "sealed", "challenged", "waiting", "question"}}};

bool is_forward(const QQuickItem* tile) { return tile->property("main").toBool(); }

bool is_overlay(const QString& page) { return page == u"display" || page == u"staff"; }

class RandomVoter {
 public:
  explicit RandomVoter(unsigned seed) : random_(seed), kiosk_(ballot_of(seed)), hands_(kiosk_, {}) {
    tiles_ = tiles_of(hands_.screen->page());
  }

  void run(unsigned taps) {
    for (unsigned i = 0; i < taps; ++i) {
      act();
      QCoreApplication::processEvents();
      QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);  // what a running event loop does
      check();
      if (testing::Test::HasFatalFailure()) return;
    }
    const QStringList warnings = hands_.screen->take_warnings();
    EXPECT_TRUE(warnings.isEmpty()) << warnings.join(u'\n').toStdString();
    EXPECT_EQ(kiosk_.state().counts.cast, cast);
    EXPECT_EQ(kiosk_.state().counts.challenged, challenged);
  }

  std::set<QString> seen;
  std::uint64_t cast = 0;
  std::uint64_t challenged = 0;

 private:
  void act() {
    const unsigned what = random_() % 20;
    if (what == 0 && (page_ == u"waiting" || page_ == u"slip")) {
      hands_.screen->view().offerSlip(QString::fromStdString(kiosk_.slip()));
    } else if (what == 0 && random_() % 20 == 0) {
      kiosk_.flow().tick(std::chrono::steady_clock::now() + std::chrono::minutes(4));  // nobody touches it for long
      hands_.screen->view().refresh();
    } else if (what < 4) {
      static constexpr int kKeys[] = {Qt::Key_Up,    Qt::Key_Down,   Qt::Key_Left, Qt::Key_Right, Qt::Key_Return,
                                      Qt::Key_Space, Qt::Key_Escape, Qt::Key_F4,   Qt::Key_A};
      press(kKeys[random_() % std::size(kKeys)]);
    } else if (what < 6) {
      touch(QPoint(int(random_() % 1280), int(random_() % 800)));
    } else {
      QQuickItem* tile = tiles_[random_() % tiles_.size()];
      // The way forward is taken more often, and ways out more seldom, so that many voters reach the end.
      const auto forward = std::find_if(tiles_.begin(), tiles_.end(), is_forward);
      if (forward != tiles_.end() && random_() % 4 == 0) tile = *forward;
      static const QStringList kWaysOut{"退出", "清除并退出", "返回", "Leave", "Clear and leave", "Back"};
      if (kWaysOut.contains(tile->property("text").toString()) && random_() % 8 != 0) return;
      reveal(tile);
      const QPoint at = tile->mapToScene(QPointF(tile->width() / 2, tile->height() / 2)).toPoint();
      if (QRect(0, 0, 1280, 800).contains(at)) touch(at);
    }
    if (random_() % 50 == 0) hands_.screen->tick();
  }

  // As long after the last key as a person takes, by the keys' own clock; an Enter acts when that has passed.
  void press(int key) {
    const bool enter = key == Qt::Key_Return;
    hands_.pass_time(1500);
    hands_.type_key(key, enter ? "\r" : key == Qt::Key_Space ? " " : key == Qt::Key_A ? "a" : "", Qt::NoModifier);
    if (!enter) return;
    hands_.pass_time(1500);
    hands_.type_key(Qt::Key_Right, {}, Qt::NoModifier);
  }

  void touch(QPoint at) { QTest::mouseClick(&hands_.screen->window(), Qt::LeftButton, {}, at); }

  void check() {
    const QString now = hands_.page();
    tiles_ = tiles_of(hands_.screen->page());
    ASSERT_FALSE(tiles_.empty()) << "stuck on " << now.toStdString();
    seen.insert(now);
    if (!is_overlay(now)) {
      const auto from = kArrows.find(page_);
      ASSERT_TRUE(now == page_ || (from != kArrows.end() && from->second.contains(now)))
          << "from " << page_.toStdString() << " to " << now.toStdString();
      if (now == u"done" && page_ != now) ++cast;
      if (now == u"challenged" && page_ == u"question") ++challenged;
      page_ = now;
    }
    const QString ballot = page_ == u"done" ? "cast" : page_ == u"waiting" || page_ == u"slip" ? "none" : "not_cast";
    ASSERT_EQ(hands_.screen->view().ballot(), ballot) << page_.toStdString();
  }

  std::mt19937 random_;
  Specimen kiosk_;
  Hands hands_;
  QString page_ = "waiting";  // beneath what lies over it
  std::vector<QQuickItem*> tiles_;
};

TEST(RandomTaps, TheQuestionWhetherSomebodyIsThereIsNotCovered) {
  Specimen kiosk(ballot_of(0));
  Hands hands(kiosk, {});
  View& view = hands.screen->view();
  hands.screen->tick();
  view.offerSlip(QString::fromStdString(kiosk.slip()));
  ASSERT_EQ(hands.page(), "contest");
  view.openDisplay();
  ASSERT_EQ(hands.page(), "display");
  kiosk.flow().tick(std::chrono::steady_clock::now() + std::chrono::minutes(4));
  view.refresh();
  EXPECT_EQ(hands.page(), "idle");
  EXPECT_EQ(view.ballot(), "not_cast");
}

TEST(RandomTaps, OnlyAlongTheArrowsNeverStuck) {
  const unsigned seeds = number_of("TUIXUAN_SEEDS", 5);
  const unsigned taps = number_of("TUIXUAN_TAPS", 400);
  const unsigned first = number_of("TUIXUAN_FIRST_SEED", 1);
  std::set<QString> seen;
  std::uint64_t cast = 0;
  std::uint64_t challenged = 0;
  for (unsigned seed = first; seed < first + seeds; ++seed) {
    RandomVoter voter(seed);
    voter.run(taps);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
    seen.insert(voter.seen.begin(), voter.seen.end());
    cast += voter.cast;
    challenged += voter.challenged;
  }
  std::printf("%u taps at each of %u seeds: %zu different pages, %llu ballots cast, %llu challenged\n", taps, seeds,
              seen.size(), static_cast<unsigned long long>(cast), static_cast<unsigned long long>(challenged));
  EXPECT_GE(seen.size(), 8U);
  EXPECT_GT(cast, 0U);
}

}  // namespace
}  // namespace tuixuan::kiosk
