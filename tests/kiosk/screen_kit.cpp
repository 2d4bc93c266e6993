#include "tests/kiosk/screen_kit.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QPointer>
#include <QQuickItem>
#include <QStyleHints>
#include <fstream>

#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/specimen.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;

const Roll& Hands::tables() {
  static const Roll kTables = Roll::load().value();
  return kTables;
}

Hands::Hands(Machine& machine, StaffOptions staff_options, std::chrono::milliseconds pause)
    : look(ears, 96, QStringLiteral("zh")), staff(machine, look, std::move(staff_options)) {
  static QPointingDevice* finger = QTest::createTouchDevice();
  finger_ = finger;
  since_start_.start();
  screen = std::make_unique<Screen>(machine, look, staff, &tables(), pause);
  screen->window().resize(1280, 800);
  screen->window().show();
  settle(50);
}

void Hands::settle(int milliseconds) {
  QElapsedTimer timer;
  timer.start();
  do {
    QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
  } while (timer.elapsed() < milliseconds);
}

bool Hands::wait_for(const std::function<bool()>& done) {
  return kit::wait_until(
      done,
      [this] {
        settle(10);
        return false;
      },
      std::chrono::milliseconds(0));
}

bool Hands::wait_for_page(const char* name) {
  return wait_for([&] { return page() == QLatin1String(name); });
}

QQuickItem* Hands::tile(const QString& text) {
  for (QQuickItem* t : tiles_of(screen->page()))
    if (t->property("text").toString().startsWith(text)) return t;
  return nullptr;
}

QQuickItem* Hands::spoken_tile(const QString& spoken) {
  for (QQuickItem* t : tiles_of(screen->page()))
    if (t->property("spoken").toString() == spoken) return t;
  return nullptr;
}

bool Hands::touch(QQuickItem* t) {
  if (t == nullptr) return false;
  reveal(t);
  settle(10);
  const QPoint at = t->mapToScene(QPointF(t->width() / 2, t->height() / 2)).toPoint();
  wait_for([&] { return !screen->is_new(); });
  // A hand is not so quick: the same tile once more within this time is a slip, and two quick touches are one.
  const double again = QDateTime::currentMSecsSinceEpoch() - t->property("lastTouch").toDouble();
  if (!t->property("repeats").toBool() && again >= 0 && again < 1020) settle(static_cast<int>(1020 - again));
  const qint64 least = QGuiApplication::styleHints()->mouseDoubleClickInterval() + 20;
  if ((at - last_).manhattanLength() < 60 && !t->property("repeats").toBool() && since_.isValid() &&
      since_.elapsed() < least)
    settle(static_cast<int>(least - since_.elapsed()));
  last_ = at;
  since_.start();
  QTest::touchEvent(&screen->window(), finger_).press(0, at);
  settle(5);
  QTest::touchEvent(&screen->window(), finger_).release(0, at);
  settle(15);
  return true;
}

bool Hands::seal() {
  if (!tap("核对无误")) return false;
  if (page() == u"question" && !tap("不选了")) return false;
  return wait_for_page("sealed");
}

void Hands::press(int key) {
  clock_ = std::max(clock_ + 1, static_cast<quint64>(since_start_.elapsed()));
  type_key(key, key == Qt::Key_Return ? "\r" : key == Qt::Key_Space ? " " : "", Qt::NoModifier);
  // An Enter waits whether it is a reader's.
  if (key == Qt::Key_Return) settle(static_cast<int>(TypedCode::kHold.count()) + 5);
  settle(8);
}

void Hands::type_key(int key, const QString& text, Qt::KeyboardModifiers modifiers, quint64 at) {
  if (at != 0) clock_ = at;
  for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
    QKeyEvent event(type, key, modifiers, text);
    event.setTimestamp(clock_);
    QCoreApplication::sendEvent(&screen->window(), &event);
  }
}

void Hands::type(const std::string& code, int each) {
  clock_ = std::max(clock_ + 400, static_cast<quint64>(since_start_.elapsed()));
  for (const char c : code) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital) type_key(Qt::Key_Shift, {}, Qt::ShiftModifier);
    type_key(QChar::fromLatin1(c).toUpper().unicode(), QString(QLatin1Char(c)),
             capital ? Qt::ShiftModifier : Qt::NoModifier);
    clock_ += static_cast<quint64>(each);
  }
  type_key(Qt::Key_Return, QStringLiteral("\r"), Qt::NoModifier);
  clock_ += static_cast<quint64>(TypedCode::kTail.count()) + 50;  // a person is not so quick
  settle(20);
}

bool Hands::press_until_focus(int key, const QString& text, int most) {
  for (int i = 0; i < most; ++i) {
    const QQuickItem* t = tile(text);
    if (t != nullptr && t->hasActiveFocus()) return true;
    press(key);
  }
  return false;
}

bool Hands::press_until(int key, const QString& heard, int most) {
  for (int i = 0; i < most; ++i) {
    if (ears.last().startsWith(heard)) return true;
    press(key);
  }
  return ears.last().startsWith(heard);
}

ScreenTest::ScreenTest(tally::Kind kind, std::size_t slips) : kit({slips, 2, 3, 2, true}, 2), server(kit) {
  folder = server.folder() / "K1";
  kit.scheme.kiosks[0].key = make_kiosk(folder, kit.kiosks[0].id.name).value().bytes;
  kit.scheme.contests.clear();
  kit.scheme.stages[0].contests.clear();
  kit.scheme.stages[0].kind = kind;
  for (tally::Contest& c : specimen_contests()) {
    if (c.kind != kind) continue;
    kit.scheme.stages[0].contests.push_back(c.id);
    kit.scheme.contests.push_back(std::move(c));
  }
}

ScreenTest::~ScreenTest() {
  hands.reset();
  station.reset();
}

void ScreenTest::open_log() {
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  ASSERT_TRUE(server.start());
  client::Client client = server.client();
  server.send_log(client, 0, 1);
  server.send_log(client, 1, kit.log.size());
  std::ofstream(card_file()) << client::write_card(server.card());
}

void ScreenTest::open_congress() {
  open_log();
  start_kiosk();
}

void ScreenTest::start_kiosk() {
  hands.reset();
  station.reset();
  StationOptions options;
  options.folder = folder;
  options.card = card_file();
  options.rest = std::chrono::milliseconds(100);
  station = Station::open(options).value();
  StaffOptions staff;
  staff.folder = folder;
  hands = std::make_unique<Hands>(*station, staff);
  ASSERT_TRUE(hands->wait_for_page("waiting"));
}

const election::StageState& ScreenTest::logged() {
  reader = client::Congress::join(server.card(), kit::kHang, 2).value();
  const auto synced = reader->sync();
  EXPECT_TRUE(synced) << synced.error().text();
  return *reader->state().stage(kit.stage_id);
}

}  // namespace tuixuan::kiosk

int main(int argc, char** argv) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  QGuiApplication app(argc, argv);
  testing::InitGoogleMock(&argc, argv);
  return RUN_ALL_TESTS();
}
