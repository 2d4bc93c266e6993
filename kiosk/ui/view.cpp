#include "kiosk/ui/view.h"

#include <QSet>
#include <algorithm>
#include <utility>

#include "kiosk/ui/paper.h"

namespace tuixuan::kiosk {

static QString text_of(const std::string& s) { return QString::fromStdString(s); }

View::View(Machine& machine, Look& look, Staff& staff, const Roll* rolls)
    : machine_(machine), look_(look), staff_(staff), state_(machine.state()), tables_(rolls), entry_(rolls) {
  connect(&look, &Look::changed, this, [this] {
    fill_rows();
    Q_EMIT changed();
  });
  update();
}

QString View::in(const tally::Text& text) const { return text_of(text.in(look_.language().toStdString())); }

bool View::marking() const { return flow().ballot() == BallotState::not_cast && !flow().steps().empty(); }

// --- which page ------------------------------------------------------------------------------------------------------

QString View::page() const {
  if (!overlay_.isEmpty()) return overlay_;
  if (state_.enrolling) return QStringLiteral("enrol");
  const auto name = name_of(flow().page());
  return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString View::ballot() const {
  static constexpr const char* kNames[] = {"none", "not_cast", "cast"};
  return QString::fromLatin1(kNames[static_cast<std::size_t>(flow().ballot())]);
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
    if (shown_ == u"write_in" && now != u"write_in" && now != u"display" && now != u"idle" && now != u"leave")
      entry_.clear();
    filter_.clear();
    finder_.reset();
    chosen_only_ = false;
    shown_ = now;
    shown_step_ = flow().step();
    ++visit_;
  }
  fill_rows();
  Q_EMIT changed();
  if (moved) Q_EMIT pageChanged();
}

void View::tick() {
  const auto before = flow().page();
  machine_.tick();
  flow().tick(std::chrono::steady_clock::now());
  MachineState now = machine_.state();
  if (now.trouble && flow().page() == Page::closed)
    flow().report({now.trouble->check.starts_with("log.") ? FaultKind::log : FaultKind::server, now.trouble->text()});
  const bool news = flow().page() != before || now.reached != state_.reached || now.enrolling != state_.enrolling ||
                    now.stage != state_.stage || now.congress != state_.congress;
  state_ = std::move(now);
  if (flow().page() == Page::done && receipt_.isEmpty()) {
    if (const auto receipt = machine_.receipt(flow().sealed().seq)) {
      receipt_ = text_of(*receipt);
      update();
    }
  }
  if (news) update();
}

void View::touched() { flow().touched(std::chrono::steady_clock::now()); }

void View::openDisplay() {
  if (overlay_.isEmpty()) overlay_ = QStringLiteral("display");
  update();
}

void View::openStaff() {
  if (flow().ballot() != BallotState::none) return;
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
  if (!overlay_.isEmpty()) return;
  QByteArray bytes = code.toUtf8();
  flow().offer_slip({bytes.constData(), static_cast<std::size_t>(bytes.size())});
  bytes.fill('\0');
  update();
}

void View::takeDemoSlip() {
  if (demo()) offerSlip(QString::fromStdString(staff_.demo_slip()));
}

QString View::refusal() const {
  const auto& why = flow().refusal();
  if (!why) return {};
  const QString key = QStringLiteral("refused_") + text_of(why->check).replace(u'.', u'_');
  const QString sentence = word(key.toUtf8().constData());
  return sentence.isEmpty() ? problem() : sentence;
}

// --- marking ---------------------------------------------------------------------------------------------------------

QString View::form() const {
  if (!marking()) return {};
  static constexpr const char* kNames[] = {"answers", "choose", "grades"};
  return QString::fromLatin1(kNames[static_cast<std::size_t>(form_of(flow().contest()))]);
}

QString View::title() const { return marking() ? in(flow().contest().title) : QString(); }

QString View::person() const {
  if (!marking()) return {};
  const auto& only = flow().steps()[flow().step()].candidate;
  if (!only) return {};
  const tally::Candidate& c = flow().contest().candidates[*only];
  return text_of(tally::label(c.name, c.note));
}

QString View::hint() const {
  if (!marking()) return {};
  const tally::Contest& c = flow().contest();
  if (c.kind == tally::Kind::decision) return word("decision_hint");
  if (c.rating) {
    const QString best = c.rating->max_best > 0 ? u' ' + word("grade_best").arg(c.rating->max_best) : QString();
    return word("grade_hint") + best;
  }
  if (form_of(c) == Form::choose) return word("choose_up_to").arg(c.max_choices);
  return word("choose_max").arg(c.seats).arg(c.max_choices);
}

QString View::counter() const {
  if (!marking()) return {};
  const tally::Contest& c = flow().contest();
  if (c.rating || c.kind == tally::Kind::decision) return {};
  const auto chosen = tally::chosen(flow().selection());
  if (chosen > c.max_choices) return word("left_over").arg(chosen - c.max_choices);
  return chosen == c.max_choices ? word("left_none") : word("left_some").arg(c.max_choices - chosen);
}

QString View::problem_text(const tally::Selection& selection, const tally::Problem& p) const {
  QString key = text_of(p.check).mid(7);  // without "ballot."
  if (key == u"blank") key = QStringLiteral("blank_invalid");
  QString sentence = word(key.toUtf8().constData());
  if (sentence.isEmpty()) sentence = text_of(look_.language() == u"zh" ? p.zh : p.what);
  if (!tally::makes_invalid(p.check) && p.number >= 1 && p.number <= selection.write_ins.size())
    return sentence.arg(text_of(selection.write_ins[p.number - 1].name));
  return sentence.replace(QStringLiteral("%1"), QString::number(p.number));
}

QString View::problem() const {
  if (!marking() || flow().page() != Page::contest) return {};
  const bool tried = flow().refusal().has_value();
  for (const tally::Problem& p : flow().problems(flow().steps()[flow().step()].contest)) {
    const bool early = p.check == "ballot.undervote" || p.check == "ballot.blank" || p.check == "ballot.identical";
    if (!early || tried || flow().returns_to_review()) return problem_text(flow().selection(), p);
  }
  return {};
}

QVariantList View::answers() const {
  if (!marking() || form() != u"answers") return {};
  const tally::Answers& a = flow().contest().answers;
  const auto one = [&](tally::Mark mark, const tally::Answer& answer) {
    return QVariantMap{{"mark", static_cast<int>(mark)}, {"label", in(answer.label)}, {"sign", text_of(answer.sign)}};
  };
  QVariantList out{one(tally::Mark::approve, a.approve), one(tally::Mark::oppose, a.oppose)};
  if (a.postpone) out << one(tally::Mark::postpone, *a.postpone);
  out << one(tally::Mark::abstain, a.abstain);
  return out;
}

QStringList View::grades() const {
  QStringList out;
  if (!marking() || !flow().contest().rating) return out;
  for (const tally::Grade& g : flow().contest().rating->grades) out.append(in(g.label));
  if (flow().contest().rating->not_acquainted) out.append(word("not_acquainted"));
  return out;
}

static bool can_write_under(const tally::Contest& c, const tally::Selection& s, std::size_t i) {
  return c.write_ins.rule == tally::WriteInRule::under_opposed && s.marks[i] == tally::Mark::oppose &&
         s.write_ins.size() < c.write_ins.slots;
}

void View::fill_rows() {
  if (!marking()) {
    rows_.clear();
    return;
  }
  const tally::Contest& c = flow().contest();
  const tally::Selection& s = flow().selection();
  const auto& only = flow().steps()[flow().step()].candidate;
  std::vector<Row> rows;
  if (c.rating && only) {
    const std::size_t items = c.rating->items.size();
    for (std::size_t i = 0; i < items; ++i)
      rows.push_back(
          {static_cast<int>(i), in(c.rating->items[i].title), {}, s.grades[*only * items + i], {}, -1, false});
  } else {
    QSet<QString> found;
    if (finder_)
      for (const std::size_t place : finder_->find(filter_.toStdString()))
        found.insert(text_of(finder_->roll()[place].name) + text_of(finder_->roll()[place].note));
    for (std::size_t i = 0; i < c.candidates.size(); ++i) {
      if (only && *only != i) continue;
      Row row{static_cast<int>(i), text_of(c.candidates[i].name), text_of(c.candidates[i].note), 0, {}, -1, false};
      row.mark = c.rating ? s.grades[i] : static_cast<int>(s.marks[i]);
      if (!c.rating) {
        for (std::size_t w = 0; w < s.write_ins.size(); ++w)
          if (s.write_ins[w].against == i + 1) {
            row.written = text_of(s.write_ins[w].name);
            row.written_at = static_cast<int>(w);
          }
        row.can_write = row.written_at < 0 && can_write_under(c, s, i);
      }
      if (finder_ && !found.contains(row.title + row.note)) continue;
      if (chosen_only_ && row.mark != static_cast<int>(tally::Mark::approve)) continue;
      rows.push_back(std::move(row));
    }
  }
  rows_.assign(std::move(rows));
}

QVariantList View::writtenNames() const {
  QVariantList out;
  if (!marking()) return out;
  const auto& written = flow().selection().write_ins;
  for (std::size_t i = 0; i < written.size(); ++i)
    if (written[i].against == 0) out << QVariantMap{{"name", text_of(written[i].name)}, {"at", static_cast<int>(i)}};
  return out;
}

QString View::writeLine() const {
  if (!marking() || flow().contest().write_ins.rule != tally::WriteInRule::free_lines) return {};
  const std::size_t used = flow().selection().write_ins.size();
  const std::size_t slots = flow().contest().write_ins.slots;
  return used < slots ? word("write_line").arg(slots - used) : QString();
}

QString View::against() const {
  if (!marking() || flow().page() != Page::write_in || flow().writing_against() == 0) return {};
  const tally::Candidate& c = flow().contest().candidates[flow().writing_against() - 1];
  return text_of(tally::label(c.name, c.note));
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
  flow().write_in(entry_.text().toStdString());
  update();
}

void View::eraseWriteIn(int index) {
  if (index >= 0) flow().erase_write_in(static_cast<std::size_t>(index));
  update();
}

void View::goTo(int step) {
  if (step >= 0) flow().go_to(static_cast<std::size_t>(step));
  update();
}

// --- review ----------------------------------------------------------------------------------------------------------

QStringList View::summary(const tally::Contest& c, const tally::Selection& s,
                          std::optional<std::size_t> candidate) const {
  QStringList lines;
  if (c.rating) {
    const QStringList labels = [&] {
      QStringList out;
      for (const tally::Grade& g : c.rating->grades) out.append(in(g.label));
      out.append(word("not_acquainted"));
      return out;
    }();
    const std::size_t items = c.rating->items.size();
    for (std::size_t i = 0; i < s.grades.size(); ++i) {
      if ((candidate && i / items != *candidate) || s.grades[i] == 0) continue;
      const QString what = candidate ? in(c.rating->items[i % items].title) : text_of(c.candidates[i / items].name);
      lines.append(what + u"：" + labels.value(s.grades[i] - 1));
    }
    return lines;
  }
  const auto names = [&](tally::Mark mark) {
    QStringList out;
    for (std::size_t i = 0; i < s.marks.size(); ++i)
      if (s.marks[i] == mark && (!candidate || *candidate == i))
        out.append(text_of(tally::label(c.candidates[i].name, c.candidates[i].note)));
    return out.join(u"、");
  };
  const auto say = [&](const tally::Answer& answer, tally::Mark mark) {
    const QString who = names(mark);
    if (who.isEmpty()) return;
    const QString sign = answer.sign.empty() ? QString() : text_of(answer.sign) + u' ';
    lines.append(sign + in(answer.label) + (candidate ? QString() : u"：" + who));
  };
  if (form_of(c) == Form::choose) {
    const QString who = names(tally::Mark::approve);
    if (!who.isEmpty()) lines.append(word("recommended") + u"：" + who);
  } else {
    say(c.answers.approve, tally::Mark::approve);
  }
  say(c.answers.oppose, tally::Mark::oppose);
  if (c.answers.postpone) say(*c.answers.postpone, tally::Mark::postpone);
  if (!tally::is_blank(s) && form_of(c) == Form::answers && !candidate) say(c.answers.abstain, tally::Mark::abstain);
  for (const tally::WriteIn& w : s.write_ins)
    if (!candidate || w.against == *candidate + 1) lines.append(word("written") + u"：" + text_of(w.name));
  return lines;
}

QVariantList View::review() const {
  QVariantList out;
  if (!marking()) return out;
  for (std::size_t i = 0; i < flow().steps().size(); ++i) {
    const FlowStep& step = flow().steps()[i];
    const tally::Contest& c = flow().stage().contests[step.contest];
    const tally::Selection& s = flow().selection(step.contest);
    QString what = in(c.title);
    if (step.candidate) what += u"　" + text_of(c.candidates[*step.candidate].name);
    const QStringList lines = summary(c, s, step.candidate);
    QString problem;
    for (const tally::Problem& p : flow().problems(step.contest)) {
      problem = problem_text(s, p);
      break;
    }
    out << QVariantMap{{"title", what},
                       {"lines", lines.isEmpty() ? word("review_empty") : lines.join(u'\n')},
                       {"empty", lines.isEmpty()},
                       {"problem", problem}};
  }
  return out;
}

bool View::canSeal() const {
  if (!marking()) return false;
  for (std::size_t c = 0; c < flow().stage().contests.size(); ++c)
    if (!flow().problems(c).empty()) return false;
  return true;
}

// --- the decision ----------------------------------------------------------------------------------------------------

QString View::tracker() const { return text_of(flow().sealed().tracker); }

QString View::trackerCode() const { return text_of(flow().sealed().hash.hex()); }

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

void View::again() {
  flow().again();
  update();
}

void View::finish() {
  flow().finish();
  update();
}

void View::printReceipt() {
  if (flow().page() != Page::done) return;
  const QString code = receipt_.isEmpty() ? trackerCode() : receipt_;
  const auto done = staff_.print("receipt", receipt_paper(state_, look_, tracker(), code));
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
  flow().retry();
  update();
}

QVariantMap View::fault() const {
  if (!flow().fault()) return {};
  static constexpr const char* kNames[] = {"disk", "printer", "scanner", "server", "log"};
  const std::string name = kNames[static_cast<std::size_t>(flow().fault()->kind)];
  return {{"kind", text_of(name)},
          {"cause", word(("fault_" + name).c_str())},
          {"voter", word(("fault_" + name + "_voter").c_str())},
          {"helper", word("fault_helper").arg(word(("fault_" + name + "_helper").c_str()))},
          {"detail", text_of(flow().fault()->detail)},
          {"safe", word(("safe_" + ballot().toStdString()).c_str())}};
}

}  // namespace tuixuan::kiosk
