// Hands that tremble, at the kiosk as it is shipped, by real touches at pixels: many touches on one spot, wherever it
// is and however quick, cast nothing and give nothing up; what can be touched does not move under the finger.
// TUIXUAN_TOUCHES=all: every spot of a fine grid with every number and gap.
#include <QPointer>
#include <QQuickItem>
#include <map>
#include <random>

#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/specimen.h"
#include "tests/kiosk/x_kit.h"
#include "tests/support/seed.h"

namespace tuixuan::kiosk {
namespace {

using std::chrono::milliseconds;

struct Burst {
  unsigned times;
  milliseconds gap;
};
struct Spot {
  unsigned x;
  unsigned y;
};

class TremblingHands : public XScreen {
 protected:
  static bool all() { return std::getenv("TUIXUAN_TOUCHES") != nullptr; }
  // Every spot of a grid; in the row of the actions and where things lie apart, more of them.
  static std::vector<Spot> spots() {
    std::vector<Spot> out;
    const unsigned step = all() ? 100 : 310;
    for (unsigned y : {30U, 250U, 420U, 640U, 762U})
      for (unsigned px = y > 700 ? 80 : 150; px<1280; px += y> 700 ? step * 2 / 3 : step) out.push_back({px, y});
    return out;
  }
  static std::vector<Burst> bursts() {
    std::vector<Burst> out;
    for (const unsigned times : {4U, 10U, 40U})
      for (const int gap : {80, 300, 450, 900}) out.push_back({times, milliseconds(gap)});
    return out;
  }
  // At the marks, one of them made.
  void begin(std::size_t who) {
    scan(who);
    ASSERT_TRUE(program->wait_for_page("MarkPage"));
    click("王建军，赞成");
    ASSERT_TRUE(program->wait_for([&] { return program->ask("chosen") == "1"; }));
    ASSERT_TRUE(program->wait_for([&] { return settled(); }));
  }
};

TEST_F(TremblingHands, ManyTouchesOnOneSpotCastNothingAndGiveNothingUp) {
  open_log();
  switch_on();
  std::size_t n = 0;
  for (const Spot& spot : spots())
    for (std::size_t i = 0; i < (all() ? bursts().size() : 1); ++i) {
      // In the short run each spot with another burst; the longest are for TUIXUAN_TOUCHES=all.
      const Burst burst = all() ? bursts()[i] : bursts()[n % 6];
      ++n;
      SCOPED_TRACE(std::to_string(spot.x) + "," + std::to_string(spot.y) + ": " + std::to_string(burst.times) +
                   " touches, " + std::to_string(burst.gap.count()) + " ms");
      begin(0);
      if (HasFatalFailure()) return;
      touch_at(spot.x, spot.y, burst.times, burst.gap);
      rest(milliseconds(300));
      ASSERT_EQ(program->get("ballot"), "not_cast") << program->ask("page");
      ASSERT_NE(program->ask("page"), "WaitingPage");
      go_home();
      if (HasFatalFailure()) return;
    }
  const election::StageState& stage = logged();
  EXPECT_EQ(stage.cast, 0U);
  EXPECT_EQ(stage.challenged, 0U);
  std::printf("%zu bursts of touches\n", n);
}

// Who casts with a trembling finger keeps the receipt before the eyes, and finds one ballot on the log.
TEST_F(TremblingHands, TheTouchThatCastsDoesNotTakeTheReceiptAway) {
  open_log();
  switch_on();
  std::size_t who = 0;
  for (const Burst& burst : {Burst{4, milliseconds(80)}, Burst{10, milliseconds(450)}, Burst{10, milliseconds(900)}}) {
    begin(who++);
    ASSERT_TRUE(program->tap("下一步"));
    ASSERT_TRUE(program->wait_for([&] { return program->get("stepNumber") == "2"; }));
    ASSERT_TRUE(program->tap("下一步"));
    ASSERT_TRUE(program->wait_for_page("ReviewPage"));
    ASSERT_TRUE(program->seal());
    ASSERT_TRUE(program->wait_for([&] { return settled(); }));
    const std::string at = program->ask("where 投出选票");
    const auto space = at.find(' ');
    touch_at(static_cast<unsigned>(std::stoi(at.substr(0, space))), static_cast<unsigned>(std::stoi(at.substr(space))),
             burst.times, burst.gap);
    ASSERT_TRUE(program->wait_for_page("DonePage"));
    rest(milliseconds(200));
    EXPECT_EQ(program->ask("page"), "DonePage");
    go_home();
    if (HasFatalFailure()) return;
  }
  ASSERT_TRUE(program->wait_for([&] { return logged().cast == who; }));
}

// By pixels: each thing to touch is where it was, as large as it was, after each touch on a mark.
TEST_F(TremblingHands, WhatIsSeenToBeTouchedDoesNotMove) {
  open_log();
  switch_on();
  begin(0);
  const auto things = [&] {
    const Pixels seen = look();
    auto out = boxes(seen, kWhite);
    for (const Box& red : boxes(seen, kDeepRed)) out.push_back(red);
    std::sort(out.begin(), out.end());
    return out;
  };
  // The frame of the focus is drawn over the edge of what was touched.
  const auto same = [](const Box& a, const Box& b) {
    const auto near = [](unsigned p, unsigned q) { return (p > q ? p - q : q - p) <= 12; };
    return near(a.left, b.left) && near(a.top, b.top) && near(a.right, b.right) && near(a.bottom, b.bottom);
  };
  std::size_t compared = 0;
  for (const char* tile : {"丁文华，不赞成", "丁文华，赞成", "丁文华，弃权", "李秀兰，不赞成", "张志高，赞成",
                           "丁文华，不赞成", "李秀兰，赞成"}) {
    const auto before = things();
    ASSERT_GT(before.size(), 10U);
    click(tile);
    rest(milliseconds(150));
    const auto after = things();
    for (const Box& box : before) {
      const bool there = std::any_of(after.begin(), after.end(), [&](const Box& b) { return same(box, b); });
      // What may go, since nobody is opposed any more, leaves its place empty.
      const bool left_empty = std::all_of(after.begin(), after.end(), [&](const Box& b) {
        const bool apart = b.right < box.left || b.left > box.right || b.bottom < box.top || b.top > box.bottom;
        return apart || (b.left <= box.left && b.right >= box.right && b.top <= box.top && b.bottom >= box.bottom);
      });
      EXPECT_TRUE(there || left_empty) << tile << ": " << box.left << "," << box.top << " " << box.wide() << "x"
                                       << box.high();
      ++compared;
    }
  }
  std::printf("%zu things compared\n", compared);
}

// Through the object tree, on every page of every kind of ballot: whatever is touched, nothing else moves unless the
// page changed.
TEST(StillPages, NothingMovesUnderTheFinger) {
  std::mt19937 random(static_cast<unsigned>(kit::seed_or(20261201)));
  std::size_t compared = 0;
  std::set<std::string> pages;
  const std::vector<tally::Kind> kinds{tally::Kind::election, tally::Kind::recommendation, tally::Kind::decision,
                                       tally::Kind::rating};
  for (int ballot = 0; ballot < 5; ++ballot) {
    auto contests = specimen_contests();
    if (ballot < 4)
      std::erase_if(contests, [&](const auto& c) { return c.kind != kinds[static_cast<std::size_t>(ballot)]; });
    Specimen kiosk(contests);
    Hands hands(kiosk, {});
    if (ballot == 4) hands.look.setSize(3);
    bool turned = false;
    const auto listen = [&] {
      QObject::connect(&hands.screen->view(), &View::turned, &hands.screen->view(), [&] { turned = true; });
    };
    listen();
    QObject::connect(&hands.look, &Look::changed, &hands.look, [&] { turned = true; });
    QPointer<View> view = &hands.screen->view();
    for (int i = 0; i < 150; ++i) {
      if (view.isNull()) {  // another voter's
        view = &hands.screen->view();
        listen();
      }
      if (hands.page() == u"waiting" || hands.page() == u"slip") view->offerSlip(QString::fromStdString(kiosk.slip()));
      hands.settle(5);
      const auto tiles = tiles_of(hands.screen->page());
      QQuickItem* tile = tiles[random() % tiles.size()];
      const QString text = tile->property("text").toString();
      if (text == u"▲" || text == u"▼") continue;  // scroll by request
      reveal(tile);
      hands.settle(2);
      std::vector<std::pair<QPointer<QQuickItem>, QRectF>> before;
      for (QQuickItem* t : tiles) before.emplace_back(t, t->mapRectToScene(QRectF(0, 0, t->width(), t->height())));
      turned = false;
      const std::string page = hands.page().toStdString();
      const QPoint at = tile->mapToScene(QPointF(tile->width() / 2, tile->height() / 2)).toPoint();
      QTest::mouseClick(&hands.screen->window(), Qt::LeftButton, {}, at);
      hands.settle(8);
      if (turned || view.isNull()) continue;
      for (const auto& [t, area] : before) {
        if (t.isNull() || !t->isVisible()) continue;  // results of a search
        const QRectF now = t->mapRectToScene(QRectF(0, 0, t->width(), t->height()));
        const auto near = [](qreal p, qreal q) { return std::abs(p - q) < 1; };  // less than a dot
        const bool still = near(now.x(), area.x()) && near(now.y(), area.y()) && near(now.right(), area.right()) &&
                           near(now.bottom(), area.bottom());
        EXPECT_TRUE(still) << page << ", " << text.toStdString() << " moved "
                           << t->property("text").toString().toStdString() << " from " << area.x() << "," << area.y()
                           << " to " << now.x() << "," << now.y() << " size " << area.width() << "x" << area.height()
                           << " -> " << now.width() << "x" << now.height();
        ++compared;
      }
      pages.insert(page);
      if (testing::Test::HasFailure()) return;
    }
  }
  std::printf("%zu places compared on %zu pages\n", compared, pages.size());
  EXPECT_GE(pages.size(), 5U);
}

}  // namespace
}  // namespace tuixuan::kiosk
