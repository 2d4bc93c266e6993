#include "kiosk/ui/self_test.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QImage>
#include <QQuickItem>
#include <QThread>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/kiosk.h"
#include "crypto/codes/server.h"
#include "kiosk/ui/specimen.h"
#include "tally/client/key_file.h"

namespace tuixuan::kiosk {

namespace {

class Mute final : public Speaker {
 public:
  bool works() const override { return true; }
  void say(const QString&, const QString&) override {}
  void stop() override {}
};

QString in_a_file(Code check) {
  const std::string_view name = name_of(check);
  return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())).replace(u'.', u'-');
}

constexpr const char* kPassphrase = "specimen passphrase";

class Walk {
 public:
  Walk(const WalkOptions& options, const Roll& tables) : o_(options), tables_(tables) {}
  WalkResult run();
  Result<void> make_key();

 private:
  void stop(const QString& name);
  void start();
  void settle(int milliseconds);
  void before_voting();
  void before_voting_stopped();
  void marking();
  void writing();
  void decision();
  void away_and_faults();
  void staff();
  View& view() { return screen_->view(); }
  Flow& flow() { return specimen_->flow(); }

  const WalkOptions& o_;
  const Roll& tables_;
  QString language_;
  int size_ = 0;
  int theme_ = 0;
  Mute mute_;
  std::unique_ptr<Specimen> specimen_;
  std::unique_ptr<Look> look_;
  std::unique_ptr<Staff> staff_;
  std::unique_ptr<Screen> screen_;
  Specimen keys_;
  std::vector<tally::Supervisor> supervisors_;
  WalkResult result_;
};

void Walk::settle(int milliseconds) {
  QElapsedTimer timer;
  timer.start();
  do {
    QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  } while (timer.elapsed() < milliseconds);
}

Result<void> Walk::make_key() {
  TUIXUAN_TRY(key, client::make_key_file((keys_.folder() / "S1.key").string(), "supervisor",
                                         as_bytes(std::string_view(kPassphrase))));
  supervisors_ = {{"S1", "周敏", key.bytes}};
  return {};
}

void Walk::start() {
  screen_.reset();
  staff_.reset();
  look_.reset();
  specimen_ = std::make_unique<Specimen>();
  specimen_->set_supervisors(supervisors_);
  look_ = std::make_unique<Look>(mute_, o_.dots_per_inch, language_);
  StaffOptions staff;
  staff.folder = specimen_->folder().string();
  staff.key_folders = {keys_.folder().string()};
  staff_ = std::make_unique<Staff>(*specimen_, *look_, staff);
  screen_ = std::make_unique<Screen>(*specimen_, *look_, *staff_, &tables_, std::chrono::milliseconds(0));
  screen_->window().resize(o_.screen);
  screen_->window().show();
  look_->setSize(size_);
  look_->setTheme(theme_);
  settle(30);
}

void Walk::stop(const QString& name) {
  settle(25);
  const QImage image = screen_->window().grabWindow();
  settle(5);
  ++result_.pages;
  const QString where = QStringLiteral("%1-%2-size%3-theme%4").arg(name, language_).arg(size_).arg(theme_);
  for (const QString& fault : look_at(screen_->page(), look_->target())) result_.faults.append(where + ": " + fault);
  for (const QString& warning : screen_->take_warnings()) result_.faults.append(where + ": " + warning);
  if (!o_.pictures.isEmpty()) image.save(o_.pictures + u'/' + where + QStringLiteral(".png"));
}

// Every reason not to take a slip; what is missing is listed.
void Walk::before_voting_stopped() {
  specimen_->set_missing({{StageId{"specimen"}, 3, Hash64{}}, {StageId{"specimen"}, 12, Hash64{}}});
  for (const Code check :
       std::initializer_list<Code>{code::kiosk::unreached, code::kiosk::other_key, code::kiosk::ended,
                                   code::kiosk::lost, code::kiosk::behind, code::kiosk::twice, code::kiosk::other_log,
                                   code::plain::card, code::journal::full, code::V09::seq, code::server::storage}) {
    specimen_->set_stop(Error{check, "kiosk K1: what happened, in the words of the program, for the helper"});
    view().tick();
    stop(QStringLiteral("02-stopped-%1").arg(in_a_file(check)));
    specimen_->set_missing({});
  }
  specimen_->set_stop({});
}

void Walk::before_voting() {
  specimen_->set_enrolling(true);
  view().tick();
  stop("01-enrol");
  specimen_->set_enrolling(false);
  specimen_->set_open(false);
  view().tick();
  stop("02-closed");
  before_voting_stopped();
  specimen_->set_open(true);
  view().tick();
  stop("03-waiting");
  view().offerSlip(QStringLiteral("TX1-AAAA"));
  stop("04-waiting-refused");
  view().begin();
  stop("05-slip");
  view().openDisplay();
  look_->setVoice(true);
  stop("06-display");
  look_->setVoice(false);
  view().closeOverlay();
  view().back();
  view().offerSlip(QString::fromStdString(specimen_->slip()));
}

void Walk::marking() {
  stop("10-contest");
  for (int i = 0; i < 5; ++i) view().mark(i, 1);
  view().mark(5, 2);
  stop("11-contest-marked");
  view().mark(6, 1);
  view().next();
  stop("12-contest-overvote");
  view().mark(6, 0);
  view().mark(4, 0);
  view().startWriteIn(6);
  writing();
  view().next();
  view().startWriteIn(0);
  auto* entry = qobject_cast<NameEntry*>(view().entry());
  for (const char c : std::string("wangxm")) entry->key(QString(QLatin1Char(c)));
  stop("16-write-in-pinyin");
  view().writeIn();
  stop("16-write-in-pending");
  while (!entry->candidates().isEmpty()) entry->choose(0);
  view().writeIn();
  stop("17-question-name");
  view().confirm();
  stop("17-contest-written");
  view().changeWritten(0);
  stop("17-question-written");
  view().stay();
  view().next();
  view().mark(1, 1);
  view().mark(3, 1);
  stop("18-choose");
  view().setFilter(QStringLiteral("w"));
  if (QQuickItem* page = screen_->page()->findChild<QQuickItem*>("body")) {
    const auto children = page->childItems();
    if (!children.isEmpty()) children.front()->setProperty("searching", true);
  }
  stop("19-choose-search");
  view().setFilter({});
  view().next();
  stop("20-decision");
  view().mark(0, 1);
  view().next();
  view().grade(0, 1);
  view().grade(1, 2);
  stop("21-grades");
  view().next();
  view().grade(0, 1);
  stop("22-grades-items");
}

void Walk::writing() {
  stop("13-write-in-roll");
  auto* entry = qobject_cast<NameEntry*>(view().entry());
  entry->key(QStringLiteral("w"));
  entry->key(QStringLiteral("x"));
  entry->setMode(QStringLiteral("strokes"));
  entry->key(QStringLiteral("1"));
  stop("14-write-in-strokes");
  entry->setMode(QStringLiteral("surname"));
  stop("15-write-in-surname");
  entry->setMode(QStringLiteral("pinyin"));
  entry->key(QStringLiteral("w"));
  entry->pick(entry->found()->property("count").toInt() > 0 ? 5 : 0);
  view().writeIn();
  stop("15-question-name");
  view().confirm();
}

void Walk::decision() {
  view().next();
  stop("30-review");
  view().offerSlip(QString::fromStdString(specimen_->slip()));
  stop("30-review-scan");
  view().goTo(0);
  view().mark(5, 1);
  view().next();
  stop("31-contest-problem");
  view().mark(5, 2);
  view().next();
  view().seal();
  stop("32-sealed");
  view().challenge();
  stop("33-question-check");
  view().confirm();
  stop("33-challenged");
  view().again();
  for (int i = 0; i < view().stepCount(); ++i) view().next();
  stop("34-review-empty");
  view().askLeave();
  stop("35-leave");
  view().stay();
}

void Walk::away_and_faults() {
  flow().report({FaultKind::disk, "the kiosk's journal: the disk is full"});
  view().refresh();
  stop("40-fault-disk");
  view().retry();
  flow().report({FaultKind::doubt, "the kiosk's journal: the disk reports an error", code::journal::unknown});
  view().refresh();
  stop("40-fault-doubt");
  view().retry();
  flow().tick(std::chrono::steady_clock::now() + std::chrono::hours(1));
  view().refresh();
  stop("41-idle");
  view().stay();
  view().seal();
  stop("42-question-empty");
  view().confirm();
  view().cast();
  stop("42-done-stored");
  flow().report({FaultKind::printer, "device.printer: no paper"});
  view().refresh();
  stop("43-fault-printer");
  view().retry();
  std::string receipt = "c2sp.org/tlog-proof@v1\nindex 8\n";
  while (receipt.size() < 640) receipt += "mYdw3f0pQm2Gr8y2L8R0B5nJv2y0pQm2Gr8y2L8R0B4=\n";
  specimen_->set_receipt(receipt);
  view().tick();
  stop("44-done-receipt");
  flow().report({FaultKind::log,
                 "log.fork: the log is not the one that was seen before: its first 57 entries are others",
                 code::log::fork});
  view().refresh();
  stop("46-fault-log");
  view().retry();
  for (const Code check : {code::log::rollback, code::log::note, code::log::checkpoint, code::log::receipt}) {
    flow().report(
        {FaultKind::log, std::string(name_of(check)) + ": what the log has shown, in the program's words", check});
    view().refresh();
    stop(QStringLiteral("47-fault-%1").arg(in_a_file(check)));
    view().retry();
  }
  flow().report({FaultKind::refused, "V09.seq: the log refuses", code::V09::seq});
  view().refresh();
  stop("45-fault-refused");
  view().retry();
  if (flow().page() != Page::waiting) result_.faults.append("the walk does not end where it should: " + view().page());
}

void Walk::staff() {
  settle(25);  // the voter who has gone takes language and size along
  screen_->renew();
  look_->setLanguage(language_);
  look_->setSize(size_);
  look_->setTheme(theme_);
  flow().report({FaultKind::scanner, "device.scanner: the scanner is gone; check its cable"});
  view().refresh();
  stop("50-fault-scanner");
  view().retry();
  specimen_->set_missing({{StageId{"specimen"}, 3, Hash64{}}, {StageId{"specimen"}, 12, Hash64{}}});
  view().openStaff();
  stop("51-staff-key");
  if (staff_->keys().isEmpty()) return result_.faults.append("the key file is not found");
  staff_->unlock(staff_->keys().front(), QString::fromLatin1(kPassphrase));
  if (!staff_->isOpen()) result_.faults.append("the helper's page does not open");
  staff_->runTests();
  stop("52-staff");
  staff_->askEnd();
  stop("53-staff-end");
  staff_->endVoting();
  stop("54-staff-ended");
}

WalkResult Walk::run() {
  result_.faults = missing_words();
  for (const char* language : {"zh", "en"})
    for (const int size : o_.sizes)
      for (const int theme : o_.themes) {
        language_ = QString::fromLatin1(language);
        size_ = size;
        theme_ = theme;
        start();
        before_voting();
        marking();
        decision();
        away_and_faults();
        staff();
      }
  return result_;
}

}  // namespace

Result<WalkResult> walk_all(const WalkOptions& options) {
  if (!options.pictures.isEmpty() && !QDir().mkpath(options.pictures))
    return fail(code::kiosk::pictures, options.pictures.toStdString() + " cannot be made");
  TUIXUAN_TRY(tables, Roll::load());
  Walk walk(options, tables);
  TUIXUAN_CHECK(walk.make_key());
  return walk.run();
}

}  // namespace tuixuan::kiosk
