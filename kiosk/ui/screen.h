// The window of a kiosk: one QML engine for each voter, thrown away with its scripts, models and pictures when the
// voter has gone, and a new one for the next. Reads the code reader that types, the five keys and the two switches,
// and sees every touch. Whatever QML complains of is kept until take_warnings().
#pragma once

#include <QElapsedTimer>
#include <QKeyEvent>
#include <QQmlEngine>
#include <QQuickWindow>
#include <QTimer>

#include "kiosk/flow/typed_code.h"
#include "kiosk/ui/view.h"

namespace tuixuan::kiosk {

class Screen : public QObject {
  Q_OBJECT

 public:
  Screen(Machine& machine, Look& look, Staff& staff, const Roll* rolls);
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

 protected:
  bool eventFilter(QObject* target, QEvent* event) override;

 private:
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
  unsigned ticks_ = 0;
  bool closable_ = false;
  TypedCode typed_;
  TypedCode::Time key_time_{};  // of the last key, on a clock that never goes back
  quint64 key_stamp_ = 0;       // of the same, as the window system told it
  QElapsedTimer since_key_;
  QStringList warnings_;
};

}  // namespace tuixuan::kiosk
