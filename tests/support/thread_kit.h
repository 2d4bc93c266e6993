// The kit's congress of the whole thread (thread_scheme.h), with its steps between the votes as one call each. Each
// appends what an honest congress would, and stops the test program if the fold refuses.
#pragma once

#include <functional>

#include "tally/election/settlement.h"
#include "tally/election/thread_bodies.h"
#include "tally/scheme/stage_file.h"
#include "tests/support/congress_kit.h"
#include "tests/support/thread_scheme.h"

namespace tuixuan::kit {

using Ballots = std::vector<std::vector<std::string>>;

class Thread : public Congress {
 public:
  using Change = std::function<void(tally::Scheme&)>;
  explicit Thread(const Change& change = {}, Size size = {6, 3, 3, 2, true});

  void begin();      // found(), ceremony()
  void recommend();  // both chambers
  void points();     // the superior body's recommendation
  void shortlist();
  void decide();               // the candidates of the committee: the five of the shortlist
  void notice();               // of the election; its days pass
  void elect(const Ballots&);  // the committee
  void decide_secretary();     // all elected are candidates
  void up_to_election();       // all before elect()
  void report();
  void countersign(bool accepted = true);

  // A stage that follows from a contest, as it must be, with the next unused round; another one may be made of it.
  scheme::AddedStage following(const ContestId& of, tally::FollowKind, const std::string& id) const;
  Bytes added_entry(const scheme::AddedStage&);
  StageId add(const ContestId& of, tally::FollowKind, const std::string& id);  // the id is the contest's too

  Bytes points_body() const;
  Bytes shortlist_body();
  Bytes committee_body() const;
  Bytes notice_body(std::uint32_t days = 5) const;  // from now
  Bytes report_body();
  Bytes reason_body(const StageId& stage, const char* why = "选票领发账目不清") const {
    return election::ReasonBody{stage, why}.encode();
  }
  election::Standing standing(const ContestId& id) const { return election::standing_of(fold.state(), id); }
  std::uint32_t day(std::uint32_t n) const { return minutes + n * 24 * 60; }
};

// A congress without superior body and recommendations: the committee of three is elected from four candidates, and
// empty seats are nominated anew.
void only_committee(tally::Scheme&);

// Where a step can be tried: up to the shortlist; the election entered with slips and attendance.
Thread ready_for_candidates();
void prepare_election(Thread&);
std::string open_by_two(Thread&);  // the check that refuses the opening of the stage entered, or ""
Bytes candidates_with(const std::function<void(election::CandidatesBody&)>& change, const Thread&);

// Everybody for the first three of the shortlist; four of six for the others.
Ballots clear_votes();
// 丁文华 and 王建国 are elected; 李秀英 and 张志强 tie for the third seat.
Ballots tied_votes();
// One seat stays empty.
Ballots short_votes();

}  // namespace tuixuan::kit
