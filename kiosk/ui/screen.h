// The window of a kiosk: one QML engine for each voter, thrown away with its scripts, models and pictures when the
// voter has gone, and a new one for the next. Reads the code reader that types, the five keys and the two switches,
// and sees every touch. A touch on a page that was drawn less than kPause ago is nothing: the hand meant the page
// before; a key that acts is answered in words then. Whatever QML complains of is kept until take_warnings().
#pragma once

#include <QElapsedTimer>
#include <QKeyEvent>
#include <QQmlEngine>
#include <QQuickWindow>
#include <QTimer>
#include <chrono>
#include <tuple>

#include "kiosk/flow/typed_code.h"
#include "kiosk/ui/view.h"

namespace tuixuan::kiosk {

class Screen : public QObject {
  Q_OBJECT

 public:
  static constexpr std::chrono::milliseconds kPause{1000};
  // pause: shorter in tests that do not ask about it; 0: none.
  Screen(Machine& machine, Look& look, Staff& staff, const Roll* rolls, std::chrono::milliseconds pause = kPause);
  ~Screen() override;

  QQuickWindow& window() { return window_; }
  QQuickItem* page();  // the root item of what is shown
  View& view() { return *view_; }
  QStringList take_warnings() { return std::exchange(warnings_, {}); }
  // Whether the window may be closed: in the demo, not at work.
  void set_closable(bool closable) { closable_ = closable; }
  // Starts anew, as for the next voter.
  void renew();
  void tick();
  bool is_new() const;  // what is shown: touches are nothing yet

 protected:
  bool eventFilter(QObject* target, QEvent* event) override;

 private:
  void turn();  // another page, or all of it looks different
  void drawn();
  bool is_for_the_page_before(const QEvent& event);
  void key(const QKeyEvent& press);
  void take(std::vector<Typed> typed);
  void act(int key);               // of a person
  void read(const QString& code);  // by a code reader
  TypedCode::Time time_of(const QKeyEvent& press);
  TypedCode::Time time_now() const;
  Machine& machine_;
  Look& look_;
  Staff& staff_;
  const Roll* rolls_;
  QQuickWindow window_;
  std::unique_ptr<View> view_;
  std::unique_ptr<QQmlEngine> engine_;
  QQuickItem* root_ = nullptr;
  QTimer timer_;
  const std::chrono::milliseconds pause_;
  QElapsedTimer since_turn_;
  QElapsedTimer since_drawn_;  // not valid: not drawn since it turned
  bool swallowing_ = false;    // a touch that began too soon, until it ends
  std::tuple<QString, int, int, bool> looks_;
  unsigned ticks_ = 0;
  bool closable_ = false;
  TypedCode typed_;
  TypedCode::Time key_time_{};  // of the last key, on a clock that never goes back
  quint64 key_stamp_ = 0;       // of the same, as the window system told it
  QElapsedTimer since_key_;
  QStringList warnings_;
};

}  // namespace tuixuan::kiosk
