// What a voter sees and may do, as a machine without a screen: pages, the steps between them, and at each moment
// whether the ballot is cast. One contest a page; decisions, and ratings of several items, one person a page. An
// overvote is taken and explained, never undone by the machine; it holds up the way forward, as all that would make the
// ballot invalid holds up sealing. Sealing what is partly empty, a written name, and opening the ballot to check the
// machine are asked about first. What is asked out of its turn changes nothing and returns false.
//
//   closed <-> waiting -> slip -> contest <-> write_in      contest -> review -> sealed -> done -> waiting
//                                    ^  sealed -> challenged -'        (idle, leave, fault: from and back to any of
//                                    these; question: before what it asks about)
#pragma once

#include <chrono>

#include "kiosk/core/courier.h"
#include "kiosk/core/session.h"

namespace tuixuan::kiosk {

enum class Page {
  closed,
  waiting,
  slip,
  contest,
  write_in,
  review,
  sealed,
  challenged,
  done,
  idle,
  leave,
  fault,
  question
};
std::string_view name_of(Page);

// What is asked before it is done; stay() is the answer that changes nothing.
enum class Question {
  empty,    // part of the ballot is not filled in: seal it so?
  name,     // this name, written in?
  written,  // what of a name that was written: keep, rewrite(), erase?
  check,    // open the sealed ballot to check the machine?
};
std::string_view name_of(Question);

// One page of marking: a contest, or one of its candidates.
struct FlowStep {
  std::size_t contest = 0;
  std::optional<std::size_t> candidate;
};
enum class Form { answers, choose, grades };  // three answers each | chosen or not | grades
Form form_of(const tally::Contest&);
std::vector<FlowStep> steps_of(std::span<const tally::Contest>);

enum class BallotState {
  none,
  not_cast,
  sending,  // in the journal, decided; the log's word is awaited for a moment
  cast,     // the same, and on the log once there is a receipt
  unknown,  // the disk does not say whether it is in the journal
  refused,  // the log does not take it, or the kiosk took no more when it was to be cast: the slip is good
};
std::string_view name_of(BallotState);

// log: it is not the one that was seen before; doubt: the disk, and whether the ballot is cast is not known
enum class FaultKind { disk, printer, scanner, log, doubt, refused };
struct Fault {
  FaultKind kind = FaultKind::disk;
  std::string detail;  // for the helper
  Code check = {};     // of the log or of the kiosk's standing: what the helper does depends on it
};

class Flow {
 public:
  using Time = std::chrono::steady_clock::time_point;
  struct Timing {
    std::chrono::seconds idle{180};   // without a touch: the question whether somebody is there
    std::chrono::seconds answer{90};  // without an answer: the voter is gone
    std::chrono::seconds thanks{60};  // the last page; the ballot is cast
    std::chrono::seconds word{3};     // so long the log's word on a ballot is awaited before the thanks
    std::chrono::seconds forget{45};  // nobody touches the waiting page: what was chosen on it is somebody else's
  };
  struct Around {                             // what the flow needs of its kiosk
    std::function<const OpenStage*()> stage;  // null: none is open
    std::function<Result<void>(const primitives::VerifyKey&)> slip_check;
    std::function<std::uint32_t()> minutes;
    std::function<void()> decided;  // a ballot waits for delivery
    // Whether this kiosk may still take a ballot; asked before it is sealed and cast. Empty: always.
    std::function<Result<void>()> standing = {};
    // What has become of this ballot; none: the server is not reached, so that there is nothing to wait for. Empty:
    // never.
    struct Word {
      Fate fate = Fate::waiting;
      Error why;  // of a refusal
    };
    std::function<std::optional<Word>(std::uint64_t seq)> word = {};
  };
  Flow(Session& session, Around around, Timing timing);

  Page page() const { return page_; }
  BallotState ballot() const;
  const OpenStage& stage() const { return stage_; }
  const std::vector<FlowStep>& steps() const { return steps_; }
  std::size_t step() const { return step_; }
  const tally::Contest& contest() const { return stage_.contests.at(steps_.at(step_).contest); }
  const tally::Selection& selection() const { return session_.selection(steps_.at(step_).contest); }
  const tally::Selection& selection(std::size_t contest) const { return session_.selection(contest); }
  std::vector<tally::Problem> problems(std::size_t contest) const;
  // Which candidates of a contest were marked as abstained on, by the voter's own hand. The sealed ballot does not tell
  // it from no mark.
  std::vector<bool> abstained(std::size_t contest) const;
  std::vector<std::size_t> empty_steps() const;  // nothing at all is marked there
  std::uint32_t writing_against() const { return against_; }
  Question question() const { return question_; }
  const std::string& asked_name() const { return name_; }  // of the questions about a name
  bool returns_to_review() const { return to_review_; }
  const SealedBallot& sealed() const { return sealed_; }            // shown while sealed, challenged or done
  const std::optional<Error>& refusal() const { return refusal_; }  // of the last slip, name or step
  const std::optional<Fault>& fault() const { return fault_; }
  // Until this page acts by itself, where it tells so: idle, leave, done.
  std::optional<std::chrono::seconds> left() const;
  bool left_alone() const { return left_alone_; }  // nobody has touched the waiting page for Timing::forget

  // The time, and every touch of the screen or a key.
  void tick(Time now);
  void touched(Time now);

  bool begin();                            // waiting -> slip
  bool offer_slip(std::string_view text);  // waiting, slip -> contest; refusal() otherwise
  bool mark(std::size_t candidate, tally::Mark mark);
  bool grade(std::size_t candidate, std::size_t item, tally::GradeMark grade);
  bool next();
  bool back();
  bool start_write_in(std::uint32_t against);  // contest -> write_in
  // write_in -> question. pending: letters that are not a character yet. refusal(): those of tally::check and
  // tidy_name, "ballot.name_pending", "ballot.name_half".
  bool write_in(std::string_view name, std::string_view pending = {});
  bool change_written(std::size_t index);  // contest -> question
  bool go_to(std::size_t step);            // review -> contest, and back to the review afterwards
  bool seal();                             // review -> sealed, by a question if something is empty
  bool cast();
  bool challenge();  // sealed -> question
  bool confirm();    // question -> what was asked about
  bool rewrite();    // question about a written name -> write_in
  bool again();      // challenged -> contest, the same slip
  bool finish();     // done -> waiting
  bool ask_leave();
  bool stay();   // idle, leave, question -> where they came from
  bool leave();  // idle, leave, fault, slip -> waiting, without a trace
  // A device has failed; retry() goes back to the page it happened on.
  void report(Fault fault);
  bool retry();  // false: what is in doubt still is

 private:
  bool change(const std::function<void(tally::Selection&)>& edit);
  bool refuse(Error why);
  bool disk_fault(const Error& why);
  bool follow_stage();
  bool may_go_on();
  bool is_empty(const FlowStep& step) const;
  bool do_seal();
  bool do_challenge();
  bool do_write();
  void ask(Question question);
  void forget_marks();
  static void wipe_name(std::string& name);
  void refused(const Error& why);
  void follow_word();
  void go(Page page);
  void end_voter();

  Session& session_;
  Around around_;
  Timing timing_;
  Page page_ = Page::closed;
  Page before_ = Page::waiting;  // idle, leave, fault
  OpenStage stage_;
  std::vector<FlowStep> steps_;
  std::size_t step_ = 0;
  std::uint32_t against_ = 0;
  std::vector<std::vector<std::uint8_t>> abstained_;  // by contest and candidate
  Question question_ = Question::empty;
  Page asked_from_ = Page::review;
  std::string name_;                    // in question
  std::optional<std::size_t> written_;  // the name in question, or being written anew
  bool to_review_ = false;
  BallotState after_ = BallotState::none;  // of a ballot that the session has let go, or is in doubt of
  Time cast_at_{};
  SealedBallot sealed_;
  std::optional<Error> refusal_;
  std::optional<Fault> fault_;
  Time touched_{};
  Time now_{};
  bool left_alone_ = false;
};

}  // namespace tuixuan::kiosk
