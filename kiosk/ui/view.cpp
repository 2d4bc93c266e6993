#include "kiosk/ui/view.h"

#include <utility>

#include "crypto/codes/catalogue.h"
#include "kiosk/ui/paper.h"
#include "kiosk/ui/question_page.h"
#include "kiosk/ui/review_page.h"
#include "kiosk/ui/stop_page.h"

namespace tuixuan::kiosk {

static constexpr std::chrono::seconds kAnswer{8};  // how long it stays

static QString text_of(const std::string& s) { return QString::fromStdString(s); }
static QString text_of(std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); }

View::View(Machine& machine, Look& look, Staff& staff, const Roll* rolls)
    : machine_(machine), look_(look), staff_(staff), state_(machine.state()), tables_(rolls), entry_(rolls) {
  connect(&look, &Look::changed, this, [this] {
    fill_rows();
    Q_EMIT changed();
  });
  update();
}

bool View::marking() const { return flow().ballot() == BallotState::not_cast && !flow().steps().empty(); }

// --- which page ------------------------------------------------------------------------------------------------------

QString View::page() const {
  if (!overlay_.isEmpty()) return overlay_;
  if (state_.enrolling) return QStringLiteral("enrol");
  if (flow().page() == Page::closed && state_.stop) return QStringLiteral("stopped");
  const auto name = name_of(flow().page());
  return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString View::ballot() const {
  const auto name = name_of(flow().ballot());
  return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

// What asks the voter something, or says that something is wrong, does not stay behind the page of sizes and voice.
void View::uncover() {
  const Page now = flow().page();
  const bool came = now != flow_page_;
  flow_page_ = now;
  if (came && (now == Page::idle || now == Page::fault) && overlay_ == u"display") overlay_.clear();
}

void View::update() {
  uncover();
  const QString now = page();
  const bool has_voter = flow().ballot() != BallotState::none;
  if (std::exchange(had_voter_, has_voter) && !has_voter) Q_EMIT voterLeft();
  const bool moved = now != shown_ || flow().step() != shown_step_;
  if (moved) {
    static const QStringList kKeepName{"write_in", "question", "display", "idle", "leave", "fault"};
    if (!kKeepName.contains(now)) entry_.clear();
    filter_.clear();
    finder_.reset();
    chosen_only_ = false;
    told_.reset();
    shown_ = now;
    shown_step_ = flow().step();
    ++visit_;
  }
  fill_rows();
  Q_EMIT changed();
  if (moved) Q_EMIT pageChanged();
  if (moved) Q_EMIT turned();
}

void View::tick() {
  const auto before = flow().page();
  const auto ballot_before = flow().ballot();
  const bool refused_before = flow().refusal().has_value();
  machine_.tick();
  flow().tick(std::chrono::steady_clock::now());
  MachineState now = machine_.state();
  if (now.trouble && flow().page() == Page::closed)
    flow().report({FaultKind::log, now.trouble->text(), now.trouble->check});
  const bool news = flow().page() != before || flow().refusal().has_value() != refused_before ||
                    flow().ballot() != ballot_before || now.reached != state_.reached ||
                    now.enrolling != state_.enrolling || now.stage != state_.stage || now.congress != state_.congress ||
                    now.stop != state_.stop || now.late != state_.late || now.missing != state_.missing ||
                    now.ended != state_.ended || now.end_logged != state_.end_logged ||
                    (shown_ == u"staff" && now.all.undelivered != state_.all.undelivered);
  state_ = std::move(now);
  if (told_ && std::chrono::steady_clock::now() - *told_ > kAnswer) {
    told_.reset();
    Q_EMIT changed();
  }
  if (const int left = secondsLeft(); left != seconds_left_) {
    seconds_left_ = left;
    Q_EMIT ticked();
  }
  if (flow().page() == Page::done && receipt_.isEmpty()) {
    if (const auto receipt = machine_.receipt(flow().sealed().seq)) {
      receipt_ = text_of(*receipt);
      update();
    }
  }
  if (news) update();
  // Who stood here has gone: what was chosen or refused before a slip is not the next voter's.
  if (flow().left_alone() && !overlay_is_staff() && (look_.is_changed() || !overlay_.isEmpty())) Q_EMIT voterLeft();
}

bool View::overlay_is_staff() const { return overlay_ == u"staff"; }

void View::touched() { flow().touched(std::chrono::steady_clock::now()); }

void View::openDisplay() {
  if (overlay_.isEmpty()) overlay_ = QStringLiteral("display");
  update();
}

void View::openStaff() {
  if (flow().ballot() != BallotState::none && flow().ballot() != BallotState::refused) return;
  overlay_ = QStringLiteral("staff");
  staff_.look();
  update();
}

void View::closeOverlay() {
  overlay_.clear();
  staff_.lock();
  update();
}

// --- the slip --------------------------------------------------------------------------------------------------------

QString View::enrolment() const { return QStringLiteral("TXK1:") + kioskId() + u':' + publicKey(); }

void View::begin() {
  flow().begin();
  update();
}

void View::offerSlip(const QString& code) {
  if (page() != u"waiting" && page() != u"slip") return answer_scan();
  QByteArray bytes = code.toUtf8();
  flow().offer_slip({bytes.constData(), static_cast<std::size_t>(bytes.size())});
  bytes.fill('\0');
  update();
}

void View::takeDemoSlip() {
  if (demo()) offerSlip(QString::fromStdString(staff_.demo_slip()));
}

// Nothing of the page changes but the words.
void View::tell(const QString& sentence) {
  told_ = std::chrono::steady_clock::now();
  answer_ = sentence;
  look_.say(sentence);
  Q_EMIT changed();
}

void View::answer_scan() {
  const QString key = QStringLiteral("scan_") + page();
  const QString special = word(key.toLatin1().constData());
  tell(!special.isEmpty() ? special : word(flow().ballot() == BallotState::not_cast ? "scan_voting" : "scan_not_now"));
}

void View::answer_too_soon() { tell(word("too_soon")); }

QString View::scanAnswer() const { return told_ ? answer_ : QString(); }

QString View::refusal() const {
  const auto& why = flow().refusal();
  if (!why) return {};
  const Sentences words = sentences_of(why->check);
  if (why->check.area() != Area::ballot) return look_.language() == u"en" ? text_of(words.en) : text_of(words.zh);
  const QString key = QStringLiteral("refused_") + text_of(name_of(why->check)).replace(u'.', u'_');
  const QString sentence = word(key.toUtf8().constData());
  return sentence.isEmpty() ? problem() : sentence;
}

// --- marking ---------------------------------------------------------------------------------------------------------

std::optional<Marked> View::marked() const {
  if (!marking()) return std::nullopt;
  const FlowStep& step = flow().steps()[flow().step()];
  return Marked{flow().contest(), flow().selection(), step.candidate, flow().abstained(step.contest)};
}

QString View::form() const { return marking() ? form_name(flow().contest()) : QString(); }

QString View::title() const { return marking() ? look_.in(flow().contest().title) : QString(); }

QString View::person() const {
  const auto m = marked();
  return m ? person_of(*m) : QString();
}

QString View::hint() const { return marking() ? hint_of(look_, flow().contest()) : QString(); }

QString View::counter() const {
  const auto m = marked();
  return m ? counter_of(look_, *m) : QString();
}

QString View::problem() const {
  const auto m = marked();
  if (!m || flow().page() != Page::contest) return {};
  return problem_of(look_, *m, flow().refusal().has_value() || flow().returns_to_review());
}

QVariantList View::answers() const { return marking() ? answers_of(look_, flow().contest()) : QVariantList(); }

bool View::writesUnder() const {
  return marking() && flow().contest().write_ins.rule == tally::WriteInRule::under_opposed;
}

QStringList View::grades() const { return marking() ? grades_of(look_, flow().contest()) : QStringList(); }

void View::fill_rows() {
  if (const auto m = marked()) {
    rows_.assign(rows_of(look_, *m, {finder_.get(), filter_, chosen_only_}));
  } else {
    rows_.clear();
  }
}

QVariantList View::writtenNames() const { return marking() ? free_names_of(flow().selection()) : QVariantList(); }

QString View::writeLine() const {
  const auto m = marked();
  return m ? write_line_of(look_, *m) : QString();
}

QString View::against() const {
  if (!marking() || flow().page() != Page::write_in || flow().writing_against() == 0) return {};
  return person_of({flow().contest(), flow().selection(), flow().writing_against() - 1, {}});
}

void View::setFilter(const QString& filter) {
  filter_ = filter;
  if (filter.isEmpty() || !marking() || tables_ == nullptr) {
    finder_.reset();
  } else if (!finder_) {
    finder_ = std::make_unique<RollSearch>(flow().contest().candidates, tables_->pinyin, tables_->strokes);
  }
  fill_rows();
  Q_EMIT changed();
}

void View::setChosenOnly(bool on) {
  chosen_only_ = on;
  fill_rows();
  Q_EMIT changed();
  Q_EMIT turned();
}

void View::mark(int candidate, int mark) {
  if (candidate < 0 || mark < 0 || mark > static_cast<int>(tally::Mark::postpone)) return;
  flow().mark(static_cast<std::size_t>(candidate), static_cast<tally::Mark>(mark));
  update();
}

void View::grade(int row, int grade) {
  if (row < 0 || grade < 0 || grade > 16 || !marking()) return;
  const auto& only = flow().steps()[flow().step()].candidate;
  const auto at = static_cast<std::size_t>(row);
  flow().grade(only ? *only : at, only ? at : 0, static_cast<tally::GradeMark>(grade));
  update();
}

void View::next() {
  flow().next();
  update();
}

void View::back() {
  flow().back();
  update();
}

void View::startWriteIn(int against) {
  if (against < 0 || !flow().start_write_in(static_cast<std::uint32_t>(against))) return;
  if (const auto started = entry_.start(flow().contest()); !started) {
    flow().back();
    flow().report({FaultKind::disk, started.error().what});
  }
  update();
}

void View::writeIn() {
  flow().write_in(entry_.text().toStdString(), entry_.spelling().toStdString());
  update();
}

void View::changeWritten(int index) {
  if (index >= 0) flow().change_written(static_cast<std::size_t>(index));
  update();
}

void View::rewrite() {
  const QString name = text_of(flow().asked_name());
  if (!flow().rewrite()) return;
  if (const auto started = entry_.start(flow().contest()); !started) {
    flow().back();
    flow().report({FaultKind::disk, started.error().what});
  } else {
    entry_.set(name);
  }
  update();
}

void View::confirm() {
  const bool opens = flow().page() == Page::question && flow().question() == Question::check;
  if (flow().confirm() && opens)
    if (auto opened = machine_.opened(flow().sealed().seq)) opened_ = std::move(*opened);
  update();
}

QVariantMap View::question() const {
  return flow().page() == Page::question ? question_of(look_, flow()) : QVariantMap();
}

int View::secondsLeft() const {
  const auto left = overlay_.isEmpty() ? flow().left() : std::nullopt;
  return left ? static_cast<int>(left->count()) : -1;
}

void View::goTo(int step) {
  if (step >= 0) flow().go_to(static_cast<std::size_t>(step));
  update();
}

// --- review ----------------------------------------------------------------------------------------------------------

QVariantList View::review() const { return marking() ? review_of(look_, flow()) : QVariantList(); }

bool View::canSeal() const { return marking() && can_seal(flow()); }

// --- the decision ----------------------------------------------------------------------------------------------------

QString View::tracker() const { return text_of(flow().sealed().tracker); }

QString View::ballotAddress() const {
  const QString english = look_.language() == u"en" ? QStringLiteral("en/") : QString();
  return text_of(state_.board) + u'/' + english + u"ballot/" + tracker().remove(u'-') + u".html";
}

void View::seal() {
  flow().seal();
  update();
}

void View::cast() {
  flow().cast();
  receipt_.clear();
  update();
}

void View::challenge() {
  flow().challenge();
  update();
}

QVariantList View::opened() const {
  return opened_ && flow().page() == Page::challenged ? opened_of(look_, flow(), *opened_) : QVariantList();
}

void View::again() {
  opened_.reset();
  flow().again();
  update();
}

void View::finish() {
  flow().finish();
  update();
}

void View::printReceipt() {
  if (flow().page() != Page::done) return;
  const auto done = staff_.print("receipt", receipt_paper(state_, look_, tracker(), ballotAddress()));
  printed_ = done.has_value();
  if (!done) flow().report({FaultKind::printer, done.error().what});
  update();
}

// --- going away, faults ----------------------------------------------------------------------------------------------

void View::askLeave() {
  flow().ask_leave();
  update();
}

void View::stay() {
  flow().stay();
  update();
}

void View::leave() {
  flow().leave();
  update();
}

void View::retry() {
  machine_.retry();
  flow().retry();
  update();
}

QVariantMap View::fault() const {
  return flow().fault() ? fault_of(look_, *flow().fault(), ballot(), state_) : QVariantMap();
}

QVariantMap View::stop() const { return stop_of(look_, state_); }

}  // namespace tuixuan::kiosk
