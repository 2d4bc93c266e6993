#include "kiosk/ui/screen.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QQmlComponent>
#include <QQmlContext>

#include "kiosk/ui/focus_guide.h"
#include "kiosk/ui/qr_item.h"
#include "kiosk/ui/watchdog.h"

namespace tuixuan::kiosk {

static constexpr int kLeastCode = 8;  // characters a reader types before its Enter; fewer are keys of a person
static constexpr int kMostCode = 256;

Screen::Screen(Machine& machine, Look& look, Staff& staff, const Roll* rolls)
    : machine_(machine), look_(look), staff_(staff), rolls_(rolls) {
  qmlRegisterType<QrItem>("Tuixuan.Kiosk.Native", 1, 0, "QrCode");
  window_.installEventFilter(this);
  connect(&staff_, &Staff::scanned, this, &Screen::read);
  window_.resize(1280, 800);
  connect(&look_, &Look::changed, this, [this] { window_.setColor(look_.paper()); });
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
  typed_.fill(u'\0');
  typed_.clear();
  look_.reset();
  view_ = std::make_unique<View>(machine_, look_, staff_, rolls_);
  // Not at once: the page that the voter touched is still at work.
  connect(view_.get(), &View::voterLeft, this, &Screen::renew, Qt::QueuedConnection);
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
}

QQuickItem* Screen::page() { return root_; }

void Screen::tick() {
  if (++ticks_ % 20 == 0) tell_watchdog();
  view_->tick();
  const QString page = view_->page();
  staff_.awaitCode(page == u"waiting" || page == u"slip" || (page == u"staff" && !staff_.isOpen()));
}

void Screen::read(const QString& code) {
  view_->touched();
  if (view_->page() == u"staff") {
    staff_.offerCode(code);
  } else {
    view_->offerSlip(code);
  }
}

// What a code reader types, with its Enter, is a code on whatever page: its Enter never selects anything, as when a
// slip is held under the reader twice.
bool Screen::type(const QString& text, bool enter) {
  const bool sign = text.size() == 1 && (text[0].isLetterOrNumber() || text[0] == u'-');
  if (sign && typed_.size() < kMostCode) typed_ += text;
  if (sign) return true;
  QString code;
  code.swap(typed_);
  const bool whole = enter && code.size() >= kLeastCode;
  if (whole) read(code);
  code.fill(u'\0');
  return whole;
}

bool Screen::key(int code, const QString& text) {
  const bool enter = code == Qt::Key_Return || code == Qt::Key_Enter;
  if (type(text, enter)) return true;
  if (enter) {
    select_focused(root_);
  } else if (code == Qt::Key_Space || code == Qt::Key_Tab) {
    next_focus(root_);
  } else if (code == Qt::Key_Up || code == Qt::Key_Down) {
    move_focus(root_, code == Qt::Key_Up ? Direction::up : Direction::down);
  } else if (code == Qt::Key_Left || code == Qt::Key_Right) {
    move_focus(root_, code == Qt::Key_Left ? Direction::left : Direction::right);
  }
  return true;  // no key reaches anything else: there is no way out to a desktop
}

bool Screen::eventFilter(QObject* target, QEvent* event) {
  switch (event->type()) {
    case QEvent::KeyPress: {
      auto* press = static_cast<QKeyEvent*>(event);
      view_->touched();
      return key(press->key(), press->text());
    }
    case QEvent::KeyRelease:
      return true;
    case QEvent::MouseButtonPress:
    case QEvent::TouchBegin:
    case QEvent::TouchUpdate:
    case QEvent::Wheel:
      view_->touched();
      return false;
    case QEvent::Close:
      event->setAccepted(closable_);
      if (closable_) QCoreApplication::quit();
      return !closable_;
    default:
      return QObject::eventFilter(target, event);
  }
}

}  // namespace tuixuan::kiosk
