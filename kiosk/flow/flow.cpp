#include "kiosk/flow/flow.h"

#include <algorithm>

#include "crypto/codes/ballot.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "crypto/primitives/secret.h"
#include "tally/ballot/codec.h"
#include "tally/names/names.h"

namespace tuixuan::kiosk {

std::string_view name_of(Page page) {
  static constexpr std::string_view kNames[] = {"closed", "waiting", "slip",       "contest", "write_in",
                                                "review", "sealed",  "challenged", "done",    "idle",
                                                "leave",  "fault",   "question"};
  return kNames[static_cast<std::size_t>(page)];
}

std::string_view name_of(Question question) {
  static constexpr std::string_view kNames[] = {"empty", "name", "written", "check"};
  return kNames[static_cast<std::size_t>(question)];
}

std::string_view name_of(BallotState state) {
  static constexpr std::string_view kNames[] = {"none", "not_cast", "sending", "cast", "unknown", "refused"};
  return kNames[static_cast<std::size_t>(state)];
}

Form form_of(const tally::Contest& contest) {
  if (contest.rating) return Form::grades;
  return contest.kind == tally::Kind::recommendation ? Form::choose : Form::answers;
}

std::vector<FlowStep> steps_of(std::span<const tally::Contest> contests) {
  std::vector<FlowStep> out;
  for (std::size_t c = 0; c < contests.size(); ++c) {
    const bool one_by_one =
        contests[c].kind == tally::Kind::decision || (contests[c].rating && contests[c].rating->items.size() > 1);
    if (!one_by_one) out.push_back({c, {}});
    for (std::size_t i = 0; one_by_one && i < contests[c].candidates.size(); ++i) out.push_back({c, i});
  }
  return out;
}

Flow::Flow(Session& session, Around around, Timing timing)
    : session_(session), around_(std::move(around)), timing_(timing) {
  follow_stage();
}

BallotState Flow::ballot() const {
  if (after_ != BallotState::none) return after_;
  return session_.step() == Step::waiting ? BallotState::none : BallotState::not_cast;
}

std::vector<tally::Problem> Flow::problems(std::size_t contest) const {
  return tally::check(stage_.contests.at(contest), session_.selection(contest));
}

void Flow::go(Page page) {
  page_ = page;
  refusal_.reset();
  touched_ = now_;
}

bool Flow::refuse(Error why) {
  refusal_ = std::move(why);
  return false;
}

bool Flow::disk_fault(const Error& why) {
  report({FaultKind::disk, why.what, why.check});
  return false;
}

// Between two voters the kiosk looks which stage is open.
bool Flow::follow_stage() {
  if (session_.step() != Step::waiting || after_ != BallotState::none) return page_ != Page::closed;
  const OpenStage* open = around_.stage();
  if (open == nullptr) {
    if (page_ == Page::waiting || page_ == Page::slip) go(Page::closed);
    return false;
  }
  if (stage_.id != open->id || stage_.contests.empty()) {
    stage_ = *open;
    steps_ = steps_of(stage_.contests);
  }
  if (page_ == Page::closed) go(Page::waiting);
  return true;
}

void Flow::wipe_name(std::string& text) {
  primitives::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  text.clear();
}

void Flow::forget_marks() {
  for (auto& of_contest : abstained_) primitives::wipe(of_contest);
  abstained_.clear();
  for (const tally::Contest& c : stage_.contests) abstained_.emplace_back(c.candidates.size(), 0);
  wipe_name(name_);
  written_.reset();
}

void Flow::end_voter() {
  forget_marks();
  step_ = 0;
  against_ = 0;
  to_review_ = false;
  after_ = BallotState::none;
  sealed_ = {};
  fault_.reset();
  go(Page::waiting);
  follow_stage();
}

// --- time ------------------------------------------------------------------------------------------------------------

void Flow::touched(Time now) {
  now_ = now;
  touched_ = now;
  left_alone_ = false;
}

std::optional<std::chrono::seconds> Flow::left() const {
  if (page_ != Page::idle && page_ != Page::leave && page_ != Page::done) return std::nullopt;
  const auto limit = page_ == Page::done ? timing_.thanks : timing_.answer;
  return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(limit - (now_ - touched_)));
}

void Flow::tick(Time now) {
  if (now_ == Time{}) touched_ = now;
  now_ = now;
  follow_stage();
  follow_word();
  const auto quiet = now - touched_;
  switch (page_) {
    case Page::closed:
    case Page::waiting:
      if (quiet < timing_.forget) return;
      refusal_.reset();
      left_alone_ = true;
      return;
    case Page::fault:
      if (after_ == BallotState::refused && quiet >= timing_.answer) end_voter();
      return;
    case Page::done:
      if (quiet >= timing_.thanks) finish();
      return;
    case Page::slip:
      if (quiet >= timing_.idle) end_voter();
      return;
    case Page::idle:
    case Page::leave:
      if (quiet >= timing_.answer) leave();
      return;
    default:
      if (quiet < timing_.idle) return;
      before_ = page_;
      go(Page::idle);
  }
}

// --- the slip --------------------------------------------------------------------------------------------------------

bool Flow::begin() {
  if (page_ != Page::waiting) return false;
  go(Page::slip);
  return true;
}

bool Flow::offer_slip(std::string_view text) {
  if (page_ != Page::waiting && page_ != Page::slip) return false;
  if (!follow_stage()) return false;
  if (const auto recovered = session_.recover(stage_, around_.minutes()); !recovered)
    return disk_fault(recovered.error());
  const auto taken = session_.scan(stage_, text, around_.slip_check);
  if (!taken && taken.error().check.area() == Area::journal) return disk_fault(taken.error());
  if (!taken) return refuse(taken.error());
  forget_marks();
  step_ = 0;
  go(Page::contest);
  return true;
}

// --- marking ---------------------------------------------------------------------------------------------------------

bool Flow::change(const std::function<void(tally::Selection&)>& edit) {
  const std::size_t contest = steps_.at(step_).contest;
  tally::Selection now = session_.selection(contest);
  edit(now);
  const auto marked = session_.mark(contest, std::move(now));
  tally::wipe(now);
  if (!marked) return refuse(marked.error());
  refusal_.reset();
  return true;
}

bool Flow::mark(std::size_t candidate, tally::Mark mark) {
  if (page_ != Page::contest || contest().rating || candidate >= contest().candidates.size()) return false;
  if (const auto& only = steps_[step_].candidate; only && *only != candidate) return false;
  if (!change([&](tally::Selection& s) { s.marks[candidate] = mark; })) return false;
  const bool by_hand = mark == tally::Mark::abstain && form_of(contest()) == Form::answers;
  abstained_.at(steps_[step_].contest).at(candidate) = by_hand ? 1 : 0;
  return true;
}

std::vector<bool> Flow::abstained(std::size_t contest) const {
  const auto& of_contest = abstained_.at(contest);
  return {of_contest.begin(), of_contest.end()};
}

bool Flow::is_empty(const FlowStep& step) const {
  const tally::Selection& s = session_.selection(step.contest);
  const auto& by_hand = abstained_.at(step.contest);
  if (!step.candidate)
    return tally::is_blank(s) && std::none_of(by_hand.begin(), by_hand.end(), [](auto b) { return b != 0; });
  const std::size_t i = *step.candidate;
  const auto& rating = stage_.contests[step.contest].rating;
  if (rating) {
    const auto first = s.grades.begin() + static_cast<std::ptrdiff_t>(i * rating->items.size());
    return std::all_of(first, first + static_cast<std::ptrdiff_t>(rating->items.size()), [](auto g) { return g == 0; });
  }
  return s.marks[i] == tally::Mark::abstain && by_hand[i] == 0 &&
         std::none_of(s.write_ins.begin(), s.write_ins.end(), [&](const auto& w) { return w.against == i + 1; });
}

std::vector<std::size_t> Flow::empty_steps() const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < steps_.size(); ++i)
    if (is_empty(steps_[i])) out.push_back(i);
  return out;
}

bool Flow::grade(std::size_t candidate, std::size_t item, tally::GradeMark grade) {
  if (page_ != Page::contest || !contest().rating || candidate >= contest().candidates.size() ||
      item >= contest().rating->items.size())
    return false;
  return change([&](tally::Selection& s) { s.grades[candidate * contest().rating->items.size() + item] = grade; });
}

bool Flow::next() {
  if (page_ != Page::contest) return false;
  for (const tally::Problem& p : problems(steps_[step_].contest))
    if (p.check == code::ballot::overvote || !tally::makes_invalid(p.check)) return refuse({p.check, p.what});
  const bool last = step_ + 1 == steps_.size();
  if (to_review_ || last) {
    to_review_ = false;
    go(Page::review);
  } else {
    ++step_;
    go(Page::contest);
  }
  return true;
}

bool Flow::back() {
  if (page_ == Page::slip) {
    end_voter();
    return true;
  }
  if (page_ == Page::write_in) {
    wipe_name(name_);
    written_.reset();
    go(Page::contest);
    return true;
  }
  if (page_ == Page::review) {
    step_ = steps_.size() - 1;
    go(Page::contest);
    return true;
  }
  if (page_ != Page::contest) return false;
  if (to_review_) return next();
  if (step_ == 0) return ask_leave();
  --step_;
  go(Page::contest);
  return true;
}

bool Flow::start_write_in(std::uint32_t against) {
  if (page_ != Page::contest) return false;
  const tally::WriteIns& rule = contest().write_ins;
  const auto& written = selection().write_ins;
  if (rule.rule == tally::WriteInRule::none || written.size() >= rule.slots) return false;
  if (rule.rule == tally::WriteInRule::free_lines ? against != 0 : against < 1 || against > contest().candidates.size())
    return false;
  if (against > 0 && selection().marks[against - 1] != tally::Mark::oppose) return false;
  if (against > 0 && std::any_of(written.begin(), written.end(), [&](const auto& w) { return w.against == against; }))
    return false;
  against_ = against;
  written_.reset();
  go(Page::write_in);
  return true;
}

bool Flow::go_to(std::size_t step) {
  if (page_ != Page::review || step >= steps_.size()) return false;
  step_ = step;
  to_review_ = true;
  go(Page::contest);
  return true;
}

// --- the decision ----------------------------------------------------------------------------------------------------

// What the log or the kiosk refuses while somebody votes: nothing is cast, the slip stays good.
void Flow::refused(const Error& why) {
  const bool was_sealed = session_.step() == Step::sealed;
  const auto left = session_.leave(around_.minutes());
  if (was_sealed && left) around_.decided();
  report({FaultKind::refused, why.text() + (left ? "" : "; " + left.error().text()), why.check});
}

bool Flow::may_go_on() {
  if (!around_.standing) return true;
  const auto standing = around_.standing();
  if (!standing) refused(standing.error());
  return standing.has_value();
}

bool Flow::seal() {
  if (page_ != Page::review || !may_go_on()) return false;
  bool good = true;
  for (std::size_t c = 0; c < stage_.contests.size(); ++c) good = good && problems(c).empty();
  if (!good || empty_steps().empty()) return do_seal();
  ask(Question::empty);
  return true;
}

bool Flow::do_seal() {
  if (!may_go_on()) return false;
  auto sealed = session_.seal();
  if (!sealed && sealed.error().check.area() == Area::journal) return disk_fault(sealed.error());
  if (!sealed && sealed.error().check == code::kiosk::ended) {
    refused(sealed.error());
    return false;
  }
  if (!sealed) return refuse(sealed.error());
  sealed_ = *sealed;
  go(Page::sealed);
  return true;
}

bool Flow::cast() {
  if (page_ != Page::sealed || after_ != BallotState::none || !may_go_on()) return false;
  const auto done = session_.cast(around_.minutes());
  if (!done && done.error().check == code::journal::unknown) {
    report({FaultKind::doubt, done.error().what, done.error().check});
    return false;
  }
  if (!done) return disk_fault(done.error());
  after_ = BallotState::sending;
  cast_at_ = now_;
  around_.decided();
  follow_word();
  return true;
}

// Thanks are for what the log has, or for what only waits; what it refuses is never called cast.
void Flow::follow_word() {
  if (after_ != BallotState::sending && after_ != BallotState::cast) return;
  const auto word = around_.word ? around_.word(sealed_.seq) : std::nullopt;
  if (word && word->fate == Fate::refused) return refused(word->why);
  if (after_ == BallotState::cast) return;
  if (word && word->fate == Fate::waiting && now_ - cast_at_ < timing_.word) return;
  after_ = BallotState::cast;
  go(Page::done);
}

bool Flow::challenge() {
  if (page_ != Page::sealed || after_ != BallotState::none) return false;
  ask(Question::check);
  return true;
}

bool Flow::do_challenge() {
  const auto opened = session_.challenge(around_.minutes());
  if (!opened) return disk_fault(opened.error());
  go(Page::challenged);
  around_.decided();
  return true;
}

bool Flow::again() {
  if (page_ != Page::challenged) return false;
  forget_marks();
  sealed_ = {};
  step_ = 0;
  to_review_ = false;
  go(Page::contest);
  return true;
}

bool Flow::finish() {
  if (page_ != Page::done) return false;
  end_voter();
  return true;
}

// --- going away, faults ----------------------------------------------------------------------------------------------

bool Flow::ask_leave() {
  if (page_ != Page::contest && page_ != Page::write_in && page_ != Page::review && page_ != Page::sealed &&
      page_ != Page::challenged)
    return false;
  if (after_ != BallotState::none) return false;
  before_ = page_;
  go(Page::leave);
  return true;
}

bool Flow::stay() {
  if (page_ == Page::question) {
    if (question_ == Question::written) written_.reset();
    wipe_name(name_);
    go(asked_from_);
    return true;
  }
  if (page_ != Page::idle && page_ != Page::leave) return false;
  go(before_);
  return true;
}

bool Flow::leave() {
  if (page_ != Page::idle && page_ != Page::leave && page_ != Page::fault) return false;
  const bool was_sealed = session_.step() == Step::sealed;
  const auto left = session_.leave(around_.minutes());
  if (was_sealed && left) around_.decided();
  end_voter();
  return true;
}

void Flow::report(Fault fault) {
  if (fault.kind == FaultKind::doubt) after_ = BallotState::unknown;
  if (fault.kind == FaultKind::refused) after_ = BallotState::refused;
  fault_ = std::move(fault);
  if (page_ == Page::fault) return;
  before_ = page_ == Page::idle || page_ == Page::leave ? before_ : page_;
  go(Page::fault);
}

bool Flow::retry() {
  if (page_ != Page::fault) return false;
  if (after_ == BallotState::refused) {
    end_voter();
    return true;
  }
  if (after_ == BallotState::unknown) {
    if (!session_.settle()) return false;
    after_ = BallotState::none;  // and not cast, for certain
  }
  fault_.reset();
  go(before_);
  return true;
}

}  // namespace tuixuan::kiosk
