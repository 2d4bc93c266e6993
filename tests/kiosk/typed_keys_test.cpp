// A code reader that types, at every page of the real screen: capitals with Shift, at a reader's speed, with each of
// the endings readers have. It is taken where a slip belongs and answered in words elsewhere; it never marks, seals,
// casts, leaves or opens anything. And the five keys and two switches of a person go on to work beside it.
#include <QQuickItem>
#include <array>

#include "crypto/codes/kiosk.h"
#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/specimen.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {
namespace {

// Keys of a reader, by the events' own clock: no waiting.
struct Reader {
  int each = 4;            // milliseconds
  bool held = false;       // Shift held over all of it, not pressed per letter
  bool caps_lock = false;  // capitals arrive as small letters
  std::vector<std::pair<int, QString>> ending{{Qt::Key_Return, "\r"}};
  const char* name = "";
};

const std::vector<Reader>& readers() {
  static const std::vector<Reader> kReaders{
      {4, false, false, {{Qt::Key_Return, "\r"}}, "Return"},
      {20, false, false, {{Qt::Key_Enter, "\r"}}, "the Enter of the number block"},
      {50, true, false, {{Qt::Key_Tab, "\t"}}, "Tab, Shift held, slow"},
      {1, false, true, {{Qt::Key_Return, "\r"}, {Qt::Key_J, "\n"}}, "CR LF, Caps Lock, fast"},
      {30, false, false, {{Qt::Key_Tab, "\t"}, {Qt::Key_Return, "\r"}}, "Tab and Return"},
      {240, false, false, {{Qt::Key_Return, "\r"}}, "very slow"},
  };
  return kReaders;
}

class TypedKeys : public testing::Test {
 protected:
  TypedKeys() {
    StaffOptions staff;
    staff.folder = specimen.folder().string();
    hands = std::make_unique<Hands>(specimen, staff);
  }
  void read(const Reader& reader, const std::string& code) {
    clock += 5000;
    key(Qt::Key_Shift, {}, reader.held);
    for (const char c : code) {
      const bool capital = c >= 'A' && c <= 'Z';
      const bool shift = capital && !reader.caps_lock;
      if (shift && !reader.held) key(Qt::Key_Shift, {}, true);
      const QChar sign = QChar::fromLatin1(c);
      key(sign.toUpper().unicode(), reader.caps_lock ? sign.toLower() : sign, shift || reader.held);
      clock += static_cast<quint64>(reader.each);
    }
    for (const auto& [code_of, text] : reader.ending) {
      hands->type_key(code_of, text, text == "\n" ? Qt::ControlModifier : Qt::NoModifier, clock);
      clock += static_cast<quint64>(reader.each);
    }
    hands->settle(10);
  }
  void key(int code, const QString& text, bool shift) {
    hands->type_key(code, text, shift ? Qt::ShiftModifier : Qt::NoModifier, clock);
  }
  // All that a voter could lose: where the flow is, what is marked, and what the page shows.
  std::string state() {
    const Flow& flow = specimen.flow();
    std::string out = hands->page().toStdString() + "/" + std::string(name_of(flow.page())) + "/" +
                      std::to_string(flow.step()) + "/" + std::string(name_of(flow.ballot())) + "/";
    const auto counts = specimen.state().counts;
    out += std::to_string(counts.cast) + "," + std::to_string(counts.challenged) + "," +
           std::to_string(counts.abandoned) + "/" + std::to_string(hands->look.size()) +
           hands->look.language().toStdString();
    for (QQuickItem* tile : tiles_of(hands->screen->page()))
      out += tile->property("text").toString().toStdString() + (tile->property("chosen").toBool() ? "*" : "") + "|";
    return out;
  }
  // On each tile of the page in turn, so that whatever an Enter could press is tried.
  void expect_untouched(const std::string& where) {
    const auto count = tiles_of(hands->screen->page()).size();
    ASSERT_GT(count, 0U) << where;
    for (std::size_t i = 0; i < count; ++i) {
      const Reader& reader = readers()[turn++ % readers().size()];
      QQuickItem* tile = tiles_of(hands->screen->page()).at(i);
      tile->forceActiveFocus(Qt::TabFocusReason);
      hands->settle(2);
      const std::string before = state();
      read(reader, specimen.slip());
      const std::string after = state();
      ASSERT_EQ(after, before) << where << ", on " << tile->property("text").toString().toStdString() << ", "
                               << reader.name;
      EXPECT_THAT(hands->screen->view().scanAnswer().toStdString(), testing::HasSubstr("扫描")) << where;
    }
  }
  Flow& flow() { return specimen.flow(); }
  View& view() { return hands->screen->view(); }
  Specimen specimen;
  std::unique_ptr<Hands> hands;
  quint64 clock = 100'000;
  std::size_t turn = 0;
};

TEST_F(TypedKeys, EveryReaderIsTakenWhereASlipBelongs) {
  for (const Reader& reader : readers())
    for (const bool typing : {false, true}) {
      if (typing) {
        ASSERT_TRUE(hands->tap("扫不了"));
        ASSERT_EQ(hands->page(), "slip");
      }
      read(reader, specimen.slip());
      ASSERT_EQ(hands->page(), "contest") << reader.name;
      ASSERT_TRUE(tally::is_blank(flow().selection(0))) << reader.name;
      ASSERT_TRUE(hands->tap("退出"));
      ASSERT_TRUE(hands->tap("清除并退出"));
      ASSERT_TRUE(hands->wait_for_page("waiting"));
    }
}

TEST_F(TypedKeys, OnEveryOtherPageItIsAnsweredAndTouchesNothing) {
  specimen.set_open(false);
  view().tick();
  ASSERT_EQ(hands->page(), "closed");
  expect_untouched("closed");
  specimen.set_stop(Error{code::kiosk::behind, "the log holds 2 ballots of kiosk K1, its journal 0"});
  view().tick();
  ASSERT_EQ(hands->page(), "stopped");
  expect_untouched("stopped");
  specimen.set_stop({});
  specimen.set_enrolling(true);
  view().tick();
  ASSERT_EQ(hands->page(), "enrol");
  expect_untouched("enrol");
  specimen.set_enrolling(false);
  specimen.set_open(true);
  view().tick();
  ASSERT_EQ(hands->page(), "waiting");
  view().openDisplay();
  expect_untouched("display");
  view().closeOverlay();
  read(readers()[0], specimen.slip());
  for (int step = 0; step < view().stepCount(); ++step) {
    ASSERT_EQ(hands->page(), "contest");
    expect_untouched("contest " + std::to_string(step));
    if (step == 0) {
      view().mark(5, 2);
      view().startWriteIn(6);
      ASSERT_EQ(hands->page(), "write_in");
      expect_untouched("write_in from the roll");
      view().back();
      view().mark(5, 0);
    }
    if (step == 1) {
      view().startWriteIn(0);
      ASSERT_EQ(hands->page(), "write_in");
      expect_untouched("write_in by pinyin");
      view().back();
    }
    view().next();
  }
  ASSERT_EQ(hands->page(), "review");
  expect_untouched("review");
  view().seal();
  ASSERT_EQ(hands->page(), "question");
  expect_untouched("question whether it is meant to be empty");
  view().confirm();
  ASSERT_EQ(hands->page(), "sealed");
  expect_untouched("sealed");
  view().askLeave();
  ASSERT_EQ(hands->page(), "leave");
  expect_untouched("leave");
  view().stay();
  flow().tick(std::chrono::steady_clock::now() + std::chrono::hours(1));
  view().refresh();
  ASSERT_EQ(hands->page(), "idle");
  expect_untouched("idle");
  view().stay();
  view().challenge();
  ASSERT_EQ(hands->page(), "question");
  expect_untouched("question whether to check");
  view().confirm();
  ASSERT_EQ(hands->page(), "challenged");
  expect_untouched("challenged");
  view().again();
  for (int i = 0; i < view().stepCount(); ++i) view().next();
  view().seal();
  view().confirm();
  flow().report({FaultKind::disk, "the disk is full"});
  view().refresh();
  ASSERT_EQ(hands->page(), "fault");
  expect_untouched("fault");
  view().retry();
  view().cast();
  ASSERT_EQ(hands->page(), "done");
  expect_untouched("done");
  view().finish();
}

// The helper's page takes a key card and nothing else.
TEST_F(TypedKeys, ASlipOpensNoHelpersPage) {
  for (const Reader& reader : readers()) {
    view().openStaff();
    ASSERT_EQ(hands->page(), "staff");
    for (QQuickItem* tile : tiles_of(hands->screen->page()))
      if (tile->property("text").toString().startsWith(u"回到")) tile->forceActiveFocus(Qt::TabFocusReason);
    read(reader, specimen.slip());
    EXPECT_EQ(hands->page(), "staff") << reader.name;
    EXPECT_FALSE(hands->staff.isOpen());
    EXPECT_THAT(hands->staff.message().toStdString(), testing::HasSubstr("不是密钥卡")) << reader.name;
    view().closeOverlay();
  }
}

TEST_F(TypedKeys, APersonsKeysWorkBetweenScans) {
  read(readers()[0], specimen.slip());
  ASSERT_EQ(hands->page(), "contest");
  hands->pass_time(300);
  for (int i = 0; i < 40 && !hands->spoken_tile("王建军，赞成")->hasActiveFocus(); ++i) hands->press(Qt::Key_Space);
  read(readers()[1], specimen.slip());  // the slip is held under the reader again
  EXPECT_TRUE(tally::is_blank(flow().selection(0)));
  hands->pass_time(300);
  hands->press(Qt::Key_Return);
  EXPECT_FALSE(tally::is_blank(flow().selection(0))) << "a person's Enter does";
  // Half a scan, and the person goes on.
  Reader half = readers()[1];
  half.ending.clear();
  read(half, specimen.slip().substr(0, 15));
  hands->press(Qt::Key_Return);
  EXPECT_EQ(hands->page(), "contest");
  hands->settle(static_cast<int>(TypedCode::kQuiet.count()) + 200);
  EXPECT_THAT(view().scanAnswer().toStdString(), testing::HasSubstr("扫描"));
  const auto marked = flow().selection(0);
  hands->press(Qt::Key_Return);
  hands->press(Qt::Key_Right);
  hands->press(Qt::Key_Return);
  EXPECT_NE(flow().selection(0).marks, marked.marks);
}

TEST_F(TypedKeys, AnEnterThatIsHeldDownPressesOnce) {
  read(readers()[0], specimen.slip());
  for (int i = 0; i < view().stepCount(); ++i) view().next();
  ASSERT_EQ(hands->page(), "review");
  hands->pass_time(300);
  ASSERT_TRUE(hands->press_until_focus(Qt::Key_Space, "核对无误"));
  for (int i = 0; i < 60; ++i) {
    QKeyEvent event(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, "\r", i > 0);
    QCoreApplication::sendEvent(&hands->screen->window(), &event);
    hands->settle(i == 0 ? 150 : 5);
  }
  EXPECT_EQ(hands->page(), "question") << "and no second time";
}

}  // namespace
}  // namespace tuixuan::kiosk
