// A congress on paper over all its rounds: what follows from each result, the decisions that people signed and two
// people typed in, and where each office stands. The same agenda as a sealed congress (T-1 to T-4, F-1 to F-4), from
// files: a result leaves steps open, a step is drafted from the result alone, its papers are counted, and so on until
// nothing is open. Nobody is made up; what only people can decide waits for their decision.
#pragma once

#include "crypto/codes/matters.h"
#include "tally/count/offices.h"
#include "tally/paper/tables.h"
#include "tally/scheme/outcome_file.h"
#include "tally/scheme/report.h"
#include "tally/scheme/stage_file.h"

namespace tuixuan::paper {

// 确认基数: which base counts (E-4). 减少名额: seats are left empty (F-3). 上级决定: of the tied, whom the superior
// body names (T-3). 退出: a candidate withdrew or lost the qualification while it was voted on; the vote is repeated
// without. 重新投票: the vote is declared void and held again.
enum class DecisionKind { base, cut_seats, tie, withdrawn, repeat };

struct PaperDecision {  // one row of the table 项目,决定,内容,票数,依据,签署人
  ContestId contest;
  DecisionKind kind = DecisionKind::base;
  std::string what;                    // the base, the number of seats, the people (joined by 、)
  std::uint64_t votes = 0;             // of the meeting, where it decides: 减少名额, 确认基数
  std::string reference;               // minutes, or the superior body's paper
  std::vector<std::string> signed_by;  // two or more
  friend bool operator==(const PaperDecision&, const PaperDecision&) = default;
};

// Names joined by 、.
std::vector<std::string> names_in(const std::string&);
// Errors "decision.form": a row that cannot be, with its line and what to do.
[[nodiscard]] Result<std::vector<PaperDecision>> read_decisions(Table&);
// Both typists' tables must say the same: "decision.differs", the first row in which they do not.
[[nodiscard]] Result<std::vector<PaperDecision>> typed_twice(std::vector<PaperDecision> first,
                                                             const std::vector<PaperDecision>& second);

// What is not settled: "count", "confirm_base", "run_off", "tie", "new_round", "renominate", "repeat", "office",
// "recount".
struct PaperMatter {
  code::matter code;
  ContestId contest;  // the round that leaves it
  std::uint64_t seats = 0;
  std::vector<std::string> names;
};
tally::Text sentence(const tally::Scheme&, const PaperMatter&);

class PaperCongress {
 public:
  PaperCongress(tally::Scheme scheme, std::vector<PaperDecision> decisions);

  // A further round, in the order held: each contest must be what its result drafts, in the boxes and by the quorum of
  // the stage before. Its result's report comes first. Errors "round.stage", "round.follows".
  [[nodiscard]] Result<void> add_round(const scheme::AddedStage&);
  // The report of a stage of the scheme or of a round. Errors "round.report": of another congress or stage, twice, or
  // counted by a base that the decisions do not say.
  [[nodiscard]] Result<void> add_report(scheme::Report);

  // With the rounds added and the decisions about bases in force.
  const tally::Scheme& scheme() const { return scheme_; }
  const std::vector<scheme::Report>& reports() const { return reports_; }
  // What is known of other stages, for the count of this one.
  std::vector<tally::Settled> settled(const StageId& but) const;

  // The next round of a contest. nominated: of nominations anew. id: of stage and contest. Errors "round.none": nothing
  // follows, or a decision comes first; "round.nominated": people where none, or none where some are to be named.
  [[nodiscard]] Result<scheme::AddedStage> draft(const ContestId&, const std::vector<tally::Candidate>& nominated,
                                                 const std::string& id) const;

  // Error "decision.form": a decision that nothing here asks for, or that its rule does not allow.
  // Those on contests of the stage that is being counted are checked with its report.
  [[nodiscard]] Result<void> check_decisions(const StageId& counting = {}) const;
  std::vector<PaperMatter> open() const;
  scheme::Outcome outcome() const;

 private:
  struct Walk {
    scheme::Office office;
    std::vector<PaperMatter> open;
  };
  Walk walk(const tally::Contest& root) const;
  void walk_on(const ContestId&, Walk&) const;
  void tied(const tally::Contest&, const tally::ContestResult&, Walk&) const;
  void vacant(const tally::Contest&, const tally::ContestResult&, Walk&) const;
  bool other_office_open(const tally::Contest&, const std::string& name, bool& barred) const;
  const tally::Contest* contest(const ContestId&) const;
  const tally::Stage* stage_of(const ContestId&) const;
  const scheme::Report* report_of(const ContestId&) const;
  const tally::ContestResult* result_of(const ContestId&) const;
  const PaperDecision* decision(const ContestId&, DecisionKind) const;
  const tally::Contest* follower(const ContestId&, std::initializer_list<tally::FollowKind>) const;
  std::uint64_t cut(const ContestId&) const;
  Result<tally::Contest> draft_of(const tally::Contest& of, tally::FollowKind, ContestId id) const;
  std::optional<tally::FollowKind> due(const tally::Contest&) const;
  Result<void> check(const PaperDecision&) const;

  tally::Scheme scheme_;
  std::vector<PaperDecision> decisions_;
  std::vector<scheme::Report> reports_;
};

}  // namespace tuixuan::paper
