#include "kiosk/ui/screen.h"

#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlContext>
#include <QStyleHints>

#include "crypto/primitives/secret.h"
#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/qr_item.h"
#include "kiosk/ui/watchdog.h"

namespace tuixuan::kiosk {

static constexpr qint64 kNeverDrawn = 5000;  // a screen that is not shown at all does not wait for ever
static constexpr qreal kTremorMm = 7;        // a finger that moves less means to touch, not to scroll

Screen::Screen(Machine& machine, Look& look, Staff& staff, const Roll* rolls, std::chrono::milliseconds pause)
    : machine_(machine), look_(look), staff_(staff), rolls_(rolls), pause_(pause) {
  qmlRegisterType<QrItem>("Tuixuan.Kiosk.Native", 1, 0, "QrCode");
  window_.installEventFilter(this);
  connect(&staff_, &Staff::scanned, this, &Screen::read);
  window_.resize(1280, 800);
  QGuiApplication::styleHints()->setStartDragDistance(static_cast<int>(kTremorMm / Look::kTargetMm * look_.target()));
  connect(&look_, &Look::changed, this, [this] {
    window_.setColor(look_.paper());
    const auto now = std::tuple(look_.language(), look_.size(), look_.theme(), look_.blank());
    if (std::exchange(looks_, now) != now) turn();
  });
  connect(&window_, &QQuickWindow::frameSwapped, this, &Screen::drawn);
  connect(&timer_, &QTimer::timeout, this, &Screen::tick);
  window_.setColor(look_.paper());
  renew();
  connect(&window_, &QQuickWindow::widthChanged, this, [this](int w) { root_->setWidth(w); });
  connect(&window_, &QQuickWindow::heightChanged, this, [this](int h) { root_->setHeight(h); });
  timer_.start(100);
}

Screen::~Screen() {
  delete root_;
  engine_.reset();
}

void Screen::renew() {
  delete root_;
  root_ = nullptr;
  engine_.reset();
  view_.reset();
  typed_.wipe();
  look_.reset();
  view_ = std::make_unique<View>(machine_, look_, staff_, rolls_);
  // Not at once: the page that the voter touched is still at work.
  connect(view_.get(), &View::voterLeft, this, &Screen::renew, Qt::QueuedConnection);
  connect(view_.get(), &View::turned, this, &Screen::turn);
  engine_ = std::make_unique<QQmlEngine>();
  connect(engine_.get(), &QQmlEngine::warnings, this, [this](const QList<QQmlError>& list) {
    for (const QQmlError& e : list) warnings_.append(e.toString());
  });
  engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
  engine_->rootContext()->setContextProperty(QStringLiteral("kiosk"), view_.get());
  engine_->rootContext()->setContextProperty(QStringLiteral("look"), &look_);
  QQmlComponent component(engine_.get(), QUrl(QStringLiteral("qrc:/qt/qml/Tuixuan/Kiosk/Main.qml")));
  root_ = qobject_cast<QQuickItem*>(component.create());
  if (root_ == nullptr) qFatal("the pages do not load: %s", qPrintable(component.errorString()));
  root_->setParentItem(window_.contentItem());
  root_->setSize(window_.size());
  turn();
}

// --- a page that has just come ---------------------------------------------------------------------------------------

void Screen::turn() {
  since_turn_.start();
  since_drawn_.invalidate();
  if (view_) view_->set_settled(pause_.count() == 0);
}

void Screen::drawn() {
  if (!since_drawn_.isValid()) since_drawn_.start();
}

bool Screen::is_new() const {
  if (pause_.count() == 0) return false;
  return since_drawn_.isValid() ? since_drawn_.elapsed() < pause_.count() : since_turn_.elapsed() < kNeverDrawn;
}

bool Screen::is_for_the_page_before(const QEvent& event) {
  switch (event.type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::TouchBegin:
      swallowing_ = is_new();
      return swallowing_;
    case QEvent::MouseMove:
    case QEvent::TouchUpdate:
      return swallowing_;
    case QEvent::MouseButtonRelease:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
      return std::exchange(swallowing_, false);
    default:
      return false;
  }
}

QQuickItem* Screen::page() { return root_; }

void Screen::tick() {
  if (++ticks_ % 20 == 0) tell_watchdog();
  take(typed_.pass(time_now()));
  view_->tick();
  view_->set_settled(!is_new());
  if (view_->page() == u"staff" && staff_.isOpen() && ticks_ % 10 == 0) staff_.refresh();
  const QString page = view_->page();
  staff_.awaitCode(page == u"waiting" || page == u"slip" || (page == u"staff" && !staff_.isOpen()));
}

void Screen::read(const QString& code) {
  view_->touched();
  if (view_->page() == u"staff" && !staff_.isOpen()) {
    staff_.offerCode(code);
  } else {
    view_->offerSlip(code);
  }
}

// --- keys ------------------------------------------------------------------------------------------------------------

// Readers are told from people by the time between two keys, and the window system knows it better than a program that
// was busy drawing. Its clock may jump; this one does not.
TypedCode::Time Screen::time_of(const QKeyEvent& press) {
  constexpr qint64 kJump = 60'000;
  const qint64 passed = since_key_.isValid() ? since_key_.elapsed() : 0;
  const auto told = static_cast<qint64>(press.timestamp() - key_stamp_);
  const bool believed = key_stamp_ != 0 && press.timestamp() != 0 && told >= 0 && told < passed + kJump;
  key_time_ += TypedCode::Time(believed ? told : passed);
  key_stamp_ = press.timestamp();
  since_key_.start();
  return key_time_;
}

TypedCode::Time Screen::time_now() const {
  return key_time_ + TypedCode::Time(since_key_.isValid() ? since_key_.elapsed() : 0);
}

// Whatever Shift, Caps Lock or Control a reader presses, a key is what is printed on it.
static TypedKey typed_key(const QKeyEvent& press) {
  const int code = press.key();
  const QString text = press.text();
  if (code == Qt::Key_Return || code == Qt::Key_Enter)
    return {press.isAutoRepeat() ? KeySort::nothing : KeySort::enter, 0, code, true};
  if (code == Qt::Key_Tab || code == Qt::Key_Backtab) return {KeySort::steer, 0, code, true};
  if (code == Qt::Key_Space) return {press.isAutoRepeat() ? KeySort::nothing : KeySort::steer, ' ', code, false};
  if (text.size() == 1 && text[0].unicode() > 0x20 && text[0].unicode() < 0x7f)
    return {press.isAutoRepeat() ? KeySort::nothing : KeySort::sign, text[0].toLatin1(), code, false};
  if (code > Qt::Key_Space && code <= Qt::Key_AsciiTilde) {
    const bool line_end = press.modifiers().testFlag(Qt::ControlModifier) && (code == Qt::Key_J || code == Qt::Key_M);
    if (line_end) return {KeySort::steer, 0, code, true};
    return {KeySort::sign, static_cast<char>(code), code, false};
  }
  if (!text.isEmpty() && text[0].isPrint()) return {KeySort::sign, '?', code, false};
  const bool steers = code == Qt::Key_Up || code == Qt::Key_Down || code == Qt::Key_Left || code == Qt::Key_Right;
  return {steers ? KeySort::steer : KeySort::nothing, 0, code, false};
}

void Screen::key(const QKeyEvent& press) {
  const TypedKey key = typed_key(press);
  take(typed_.press(key, time_of(press)));
  // Its turn comes as soon as it has waited, and not at the next tick.
  if (key.sort == KeySort::enter)
    QTimer::singleShot(TypedCode::kHold + TypedCode::Time(1), Qt::PreciseTimer, this,
                       [this] { take(typed_.pass(time_now())); });
}

void Screen::take(std::vector<Typed> typed) {
  for (Typed& t : typed) {
    if (t.code.empty()) {
      act(t.key);
      continue;
    }
    QString code = QString::fromLatin1(t.code.data(), static_cast<qsizetype>(t.code.size()));
    primitives::wipe({reinterpret_cast<std::uint8_t*>(t.code.data()), t.code.size()});
    read(code);
    code.fill(u'\0');
  }
}

void Screen::act(int key) {
  if (key == Qt::Key_Return || key == Qt::Key_Enter) {
    if (is_new() && has_focus(root_)) return view_->answer_too_soon();
    select_focused(root_);
  } else if (key == Qt::Key_Space || key == Qt::Key_Tab || key == Qt::Key_Backtab) {
    next_focus(root_);
  } else if (key == Qt::Key_Up || key == Qt::Key_Down) {
    move_focus(root_, key == Qt::Key_Up ? Direction::up : Direction::down);
  } else if (key == Qt::Key_Left || key == Qt::Key_Right) {
    move_focus(root_, key == Qt::Key_Left ? Direction::left : Direction::right);
  }
}

// No key reaches anything else: there is no way out to a desktop.
bool Screen::eventFilter(QObject* target, QEvent* event) {
  switch (event->type()) {
    case QEvent::KeyPress: {
      view_->touched();
      key(*static_cast<QKeyEvent*>(event));
      return true;
    }
    case QEvent::KeyRelease:
      return true;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::MouseMove:
    case QEvent::MouseButtonRelease:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::TouchEnd:
    case QEvent::TouchCancel:
    case QEvent::Wheel:
      view_->touched();
      if (!is_for_the_page_before(*event)) return false;
      event->accept();
      return true;
    case QEvent::Close:
      event->setAccepted(closable_);
      if (closable_) QCoreApplication::quit();
      return !closable_;
    default:
      return QObject::eventFilter(target, event);
  }
}

}  // namespace tuixuan::kiosk
