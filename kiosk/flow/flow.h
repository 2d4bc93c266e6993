// What a voter sees and may do, as a machine without a screen: pages, the steps between them, and at each moment
// whether the ballot is cast. One contest a page; decisions, and ratings of several items, one person a page. An
// overvote is taken and explained, never undone by the machine; it holds up the way forward, as all that would make the
// ballot invalid holds up sealing. What is asked out of its turn changes nothing and returns false.
//
//   closed <-> waiting -> slip -> contest <-> write_in      contest -> review -> sealed -> done -> waiting
//                                    ^  sealed -> challenged -'        (idle, leave, fault: from and back to any of
//                                    these)
#pragma once

#include <chrono>

#include "kiosk/core/courier.h"
#include "kiosk/core/session.h"

namespace tuixuan::kiosk {

enum class Page { closed, waiting, slip, contest, write_in, review, sealed, challenged, done, idle, leave, fault };
std::string_view name_of(Page);

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
  std::uint32_t writing_against() const { return against_; }
  bool returns_to_review() const { return to_review_; }
  const SealedBallot& sealed() const { return sealed_; }            // shown while sealed, challenged or done
  const std::optional<Error>& refusal() const { return refusal_; }  // of the last slip, name or step
  const std::optional<Fault>& fault() const { return fault_; }

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
  bool write_in(std::string_view name);        // write_in -> contest
  bool erase_write_in(std::size_t index);
  bool go_to(std::size_t step);  // review -> contest, and back to the review afterwards
  bool seal();
  bool cast();
  bool challenge();
  bool again();   // challenged -> contest, the same slip
  bool finish();  // done -> waiting
  bool ask_leave();
  bool stay();   // idle, leave -> where they came from
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
  bool to_review_ = false;
  BallotState after_ = BallotState::none;  // of a ballot that the session has let go, or is in doubt of
  Time cast_at_{};
  SealedBallot sealed_;
  std::optional<Error> refusal_;
  std::optional<Fault> fault_;
  Time touched_{};
  Time now_{};
};

}  // namespace tuixuan::kiosk
