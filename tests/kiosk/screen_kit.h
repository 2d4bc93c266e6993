// A kiosk with its real screen, offscreen, against the real server over HTTPS: the congress of the kit, with a
// specimen ballot of one kind, and the hands of a voter: touches by Qt Test, five keys, two switches, and ears.
#pragma once

#include <gmock/gmock.h>

#include <QElapsedTimer>
#include <QTest>

#include "kiosk/flow/station.h"
#include "kiosk/ui/screen.h"
#include "tests/support/real_server.h"
#include "tests/support/wait.h"

namespace tuixuan::kiosk {

// Hears what is spoken, as text.
class Ears final : public Speaker {
 public:
  bool works() const override { return true; }
  void say(const QString& text, const QString&) override { heard.append(text); }
  void stop() override {}
  QString last() const { return heard.isEmpty() ? QString() : heard.last(); }
  QStringList heard;
};

// A screen before a machine, and hands.
class Hands {
 public:
  // pause: in which touches on a new page are nothing.
  Hands(Machine& machine, StaffOptions staff_options, std::chrono::milliseconds pause = std::chrono::milliseconds(0));
  void settle(int milliseconds = 20);
  bool wait_for(const std::function<bool()>& done);  // false: a hang
  bool wait_for_page(const char* page);
  QString page() { return screen->view().page(); }
  // The tile whose text begins so, visible; null if there is none.
  QQuickItem* tile(const QString& text);
  QQuickItem* spoken_tile(const QString& spoken);
  bool touch(QQuickItem* tile);
  // Wait for the tile to come.
  bool tap(const QString& text) {
    return wait_for([&] { return tile(text) != nullptr; }) && touch(tile(text));
  }
  bool tap_spoken(const QString& spoken) {
    return wait_for([&] { return spoken_tile(spoken) != nullptr; }) && touch(spoken_tile(spoken));
  }
  bool seal();  // 核对无误, whatever is empty
  void press(int key);
  // As a code reader does: a Shift for each capital, and Return; so many milliseconds a key, by the events' own clock.
  void type(const std::string& code, int each = 4);
  void pass_time(quint64 milliseconds) { clock_ += milliseconds; }  // of the keys' clock
  // One key down and up, at this time of the events' clock; 0: now.
  void type_key(int key, const QString& text, Qt::KeyboardModifiers modifiers, quint64 at = 0);
  // Presses this key until the tile that has the focus begins so; for who sees it.
  bool press_until_focus(int key, const QString& text, int most = 60);
  // Presses this key until what is heard last begins so.
  bool press_until(int key, const QString& heard, int most = 60);

  Ears ears;
  Look look;
  Staff staff;
  std::unique_ptr<Screen> screen;

 private:
  static const Roll& tables();
  QPointingDevice* finger_;
  QPoint last_;
  QElapsedTimer since_;
  QElapsedTimer since_start_;
  quint64 clock_ = 1000;  // of the keys
};

class ScreenTest : public testing::Test {
 protected:
  explicit ScreenTest(tally::Kind kind = tally::Kind::election, std::size_t slips = 12);
  ~ScreenTest() override;
  void open_log();       // the congress up to the opening, on the real server; its card lies in card_file()
  void open_congress();  // the same, and a kiosk with its screen
  std::string card_file() const { return server.folder() / "congress.json"; }
  void start_kiosk();  // again, as after a power cut
  std::string slip(std::size_t i) const { return kit.slip_secrets[i].text(); }
  const election::StageState& logged();

  kit::Congress kit;
  kit::RealServer server;
  std::filesystem::path folder;
  std::unique_ptr<Station> station;
  std::unique_ptr<Hands> hands;
  std::unique_ptr<client::Congress> reader;
};

}  // namespace tuixuan::kiosk
