// The kiosk as the QML pages see it: what to show now, and what a touch may ask for. Decides nothing: the flow does.
// One View serves one voter; Screen makes a new one, with a new QML engine, for the next, so that nothing of a voter
// stays in a model, a script or a picture. What a page says is made in marking_page.h and review_page.h, from
// words.cpp, in the language of Look.
#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <QVariantMap>
#include <utility>

#include "kiosk/flow/machine.h"
#include "kiosk/ui/look.h"
#include "kiosk/ui/marking_page.h"
#include "kiosk/ui/name_entry.h"
#include "kiosk/ui/row_model.h"
#include "kiosk/ui/staff.h"

namespace tuixuan::kiosk {

class View : public QObject {
  Q_OBJECT
  Q_PROPERTY(QString page READ page NOTIFY pageChanged)
  Q_PROPERTY(int visit READ visit NOTIFY pageChanged)          // counts page changes: a new contest is a new page too
  Q_PROPERTY(bool settled READ settled NOTIFY settledChanged)  // this page has been seen so long that touches count
  Q_PROPERTY(QString ballot READ ballot NOTIFY changed)
  Q_PROPERTY(QString congress READ congress NOTIFY changed)
  Q_PROPERTY(QString stage READ stage NOTIFY changed)
  Q_PROPERTY(QString box READ box NOTIFY changed)
  Q_PROPERTY(QString kioskId READ kioskId CONSTANT)
  Q_PROPERTY(QString enrolment READ enrolment CONSTANT)
  Q_PROPERTY(QString publicKey READ publicKey CONSTANT)
  Q_PROPERTY(bool rehearsal READ rehearsal NOTIFY changed)
  Q_PROPERTY(bool demo READ demo CONSTANT)
  Q_PROPERTY(bool scannerMissing READ scannerMissing NOTIFY changed)
  Q_PROPERTY(bool hasPrinter READ hasPrinter CONSTANT)
  Q_PROPERTY(bool printed MEMBER printed_ NOTIFY changed)
  Q_PROPERTY(int stepNumber READ stepNumber NOTIFY changed)
  Q_PROPERTY(int stepCount READ stepCount NOTIFY changed)
  Q_PROPERTY(QString refusal READ refusal NOTIFY changed)        // a sentence; empty if all is well
  Q_PROPERTY(QString scanAnswer READ scanAnswer NOTIFY changed)  // to a code that was read where none belongs
  Q_PROPERTY(QString title READ title NOTIFY changed)
  Q_PROPERTY(QString person READ person NOTIFY changed)  // of a page about one candidate
  Q_PROPERTY(QString hint READ hint NOTIFY changed)
  Q_PROPERTY(QString counter READ counter NOTIFY changed)
  Q_PROPERTY(QString problem READ problem NOTIFY changed)
  Q_PROPERTY(QString form READ form NOTIFY changed)
  Q_PROPERTY(QVariantList answers READ answers NOTIFY changed)
  Q_PROPERTY(bool writesUnder READ writesUnder NOTIFY changed)  // another person in the place of one who is opposed
  Q_PROPERTY(QStringList grades READ grades NOTIFY changed)
  Q_PROPERTY(QObject* rows READ rows CONSTANT)
  Q_PROPERTY(QVariantList writtenNames READ writtenNames NOTIFY changed)
  Q_PROPERTY(QString writeLine READ writeLine NOTIFY changed)
  Q_PROPERTY(QString filter MEMBER filter_ WRITE setFilter NOTIFY changed)
  Q_PROPERTY(bool chosenOnly MEMBER chosen_only_ WRITE setChosenOnly NOTIFY changed)
  Q_PROPERTY(QObject* entry READ entry CONSTANT)
  Q_PROPERTY(QString against READ against NOTIFY changed)
  Q_PROPERTY(QVariantList review READ review NOTIFY changed)
  Q_PROPERTY(bool canSeal READ canSeal NOTIFY changed)
  Q_PROPERTY(QVariantList opened READ opened NOTIFY changed)  // of a ballot that checked this kiosk
  Q_PROPERTY(QString tracker READ tracker NOTIFY changed)
  Q_PROPERTY(QString ballotAddress READ ballotAddress NOTIFY changed)
  Q_PROPERTY(QString receipt READ receipt NOTIFY changed)
  Q_PROPERTY(QVariantMap question READ question NOTIFY changed)  // before something is done: question_page.h
  Q_PROPERTY(int secondsLeft READ secondsLeft NOTIFY ticked)     // until this page acts by itself; -1: it does not
  Q_PROPERTY(QVariantMap fault READ fault NOTIFY changed)
  Q_PROPERTY(QVariantMap stop READ stop NOTIFY changed)  // why no slip is taken here (stop_page.h)
  Q_PROPERTY(QObject* staff READ staff CONSTANT)

 public:
  View(Machine& machine, Look& look, Staff& staff, const Roll* rolls);

  QString page() const;
  int visit() const { return visit_; }
  QString ballot() const;
  QString congress() const { return look_.in(state_.congress); }
  QString stage() const { return look_.in(state_.stage); }
  QString box() const { return look_.in(state_.box); }
  QString kioskId() const { return QString::fromStdString(state_.id); }
  QString publicKey() const { return QString::fromStdString(state_.public_key); }
  QString enrolment() const;
  bool rehearsal() const { return state_.rehearsal; }
  bool demo() const { return staff_.isDemo(); }
  bool scannerMissing() const { return staff_.scannerMissing(); }
  bool hasPrinter() const { return staff_.hasPrinter(); }
  int stepNumber() const { return static_cast<int>(flow().step()) + 1; }
  int stepCount() const { return static_cast<int>(flow().steps().size()); }
  QString refusal() const;
  QString scanAnswer() const;
  QString title() const;
  QString person() const;
  QString hint() const;
  QString counter() const;
  QString problem() const;
  QString form() const;
  QVariantList answers() const;
  bool writesUnder() const;
  QStringList grades() const;
  QObject* rows() { return &rows_; }
  QVariantList writtenNames() const;
  QString writeLine() const;
  QObject* entry() { return &entry_; }
  QObject* staff() { return &staff_; }
  QString against() const;
  QVariantList review() const;
  bool canSeal() const;
  QVariantList opened() const;
  QString tracker() const;
  QString ballotAddress() const;  // of the ballot's page on the public board: what the code to scan says
  QString receipt() const { return receipt_; }
  QVariantMap question() const;
  int secondsLeft() const;
  QVariantMap fault() const;
  QVariantMap stop() const;

  void setFilter(const QString& filter);
  void setChosenOnly(bool on);

  // Each asks the flow; whatever it answers, the screen shows the state that is.
  Q_INVOKABLE void begin();
  Q_INVOKABLE void offerSlip(const QString& code);
  Q_INVOKABLE void takeDemoSlip();
  Q_INVOKABLE void mark(int candidate, int mark);
  Q_INVOKABLE void grade(int row, int grade);
  Q_INVOKABLE void next();
  Q_INVOKABLE void back();
  Q_INVOKABLE void startWriteIn(int against);
  Q_INVOKABLE void writeIn();  // what stands in the entry
  Q_INVOKABLE void changeWritten(int index);
  Q_INVOKABLE void rewrite();
  Q_INVOKABLE void confirm();
  Q_INVOKABLE void goTo(int step);
  Q_INVOKABLE void seal();
  Q_INVOKABLE void cast();
  Q_INVOKABLE void challenge();
  Q_INVOKABLE void again();
  Q_INVOKABLE void finish();
  Q_INVOKABLE void askLeave();
  Q_INVOKABLE void stay();
  Q_INVOKABLE void leave();
  Q_INVOKABLE void retry();
  Q_INVOKABLE void printReceipt();
  Q_INVOKABLE void openDisplay();
  Q_INVOKABLE void openStaff();
  Q_INVOKABLE void closeOverlay();

  // What stands on the page was changed so much that it must be looked at anew: a search begins, a list is sifted.
  Q_INVOKABLE void rearranged() { Q_EMIT turned(); }
  // A key that acts came before the page could be read or heard: answered, and nothing else.
  void answer_too_soon();

  // The time passes; a device said something; somebody touched.
  void tick();
  void touched();
  void refresh() { update(); }  // the flow was changed by somebody else
  bool settled() const { return settled_; }
  void set_settled(bool settled) {
    if (std::exchange(settled_, settled) != settled) Q_EMIT settledChanged();
  }

 Q_SIGNALS:
  void changed();
  void ticked();
  void settledChanged();
  void pageChanged();
  void turned();     // other things than before are where a finger may be
  void voterLeft();  // who was here has gone

 private:
  const Flow& flow() const { return machine_.flow(); }
  Flow& flow() { return machine_.flow(); }
  QString word(const char* key) const { return look_.word(key); }
  bool marking() const;
  std::optional<Marked> marked() const;
  void fill_rows();
  void uncover();
  bool overlay_is_staff() const;
  void answer_scan();
  void tell(const QString& sentence);
  void update();

  Machine& machine_;
  Look& look_;
  Staff& staff_;
  MachineState state_;
  const Roll* tables_;
  std::unique_ptr<RollSearch> finder_;  // in a long list of candidates
  RowModel rows_;
  NameEntry entry_;
  QString overlay_;
  Page flow_page_ = Page::closed;  // as it was at the last update
  QString shown_;
  std::size_t shown_step_ = 0;
  int visit_ = 0;
  QString filter_;
  bool chosen_only_ = false;
  std::optional<std::chrono::steady_clock::time_point> told_;
  QString answer_;  // to a code that was read where none belongs, or a key that came too soon
  int seconds_left_ = -1;
  bool settled_ = false;
  bool printed_ = false;
  bool had_voter_ = false;
  QString receipt_;
  std::optional<election::OpenedBallot> opened_;
};

}  // namespace tuixuan::kiosk
