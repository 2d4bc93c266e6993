// The count of a stage's paper ballots: all of them together, and each box by itself where there are several. Memory
// does not grow with the papers. Before anything is decided the papers in the table must be those that were returned,
// box by box; where they are not, the count stops with the box and the numbers (N-1).
#pragma once

#include <set>

#include "tally/count/attendance.h"
#include "tally/count/combination.h"
#include "tally/count/offices.h"
#include "tally/paper/lists.h"
#include "tally/paper/piles.h"
#include "tally/scheme/report.h"

namespace tuixuan::paper {

struct InvalidPaper {
  ContestId contest;
  std::size_t box = 0;       // its place in the stage's list
  std::uint64_t number = 0;  // in its box, from 1: the first of its row
  std::uint64_t copies = 1;
  std::string reason;  // a check of the count, or what was written down
};
// A written name that is a printed candidate's (W4): not counted before two people have decided, paper by paper.
struct DoubtfulName {
  ContestId contest;
  std::size_t box = 0;
  std::uint64_t number = 0;  // of the paper in its box, from 1: the first of its row
  std::uint64_t copies = 1;
  std::string name;
  Code reason;  // a check of the count
};
inline constexpr std::size_t kMaxListed = 10'000;  // invalid papers listed one by one; the sums hold all

class PaperCount {
 public:
  // The scheme, the stage and the attendance must outlive it. No attendance: only for rules that need no such number.
  PaperCount(const tally::Scheme&, const tally::Stage&, const tally::Attendance*, const Spellings&);

  // Errors: "paper.size": more papers than a count holds; "paper.reasons": more than 1000 different reasons for which
  // whole papers are invalid; "paper.write_in": a name in a pile that nobody may write; "paper.cascade": piles from
  // which nobody can tell whether one paper names a person twice (L-3).
  [[nodiscard]] Result<void> add(const PaperBallot&);
  [[nodiscard]] Result<void> add(const Pile&);

  std::uint64_t papers(std::size_t box) const { return papers_[box]; }
  const std::vector<InvalidPaper>& invalid() const { return invalid_; }
  std::uint64_t invalid_rows() const { return invalid_rows_; }
  const std::vector<DoubtfulName>& doubtful() const { return doubtful_; }

  // Of the meeting (attendance.h), and "box.counted": not so many papers in the table as were returned.
  std::vector<tally::Imbalance> imbalances() const;
  // What is told beside the count and does not stop it (attendance.h).
  std::vector<tally::Imbalance> warnings() const;
  // settled: results of contests of other stages, which offices of this one may depend on.
  scheme::Report report(std::span<const tally::Settled> settled = {}) const;
  std::vector<tally::ContestResult> box_results(std::size_t box) const;

 private:
  Result<void> room_for(std::uint64_t more) const;
  void list(const ContestId&, std::size_t box, std::uint64_t number, std::uint64_t copies, const std::string& reason);
  Result<void> may_be_written(const tally::Contest&, const std::string& name) const;
  std::vector<std::string> names_voted(const tally::Contest&, const tally::Selection&) const;
  void add_doubtful(const tally::Contest&, const tally::Selection&, std::size_t box, std::uint64_t number,
                    std::uint64_t copies);
  void cascade(const std::vector<std::vector<std::string>>& votes, std::uint64_t copies, std::size_t box);
  Result<void> cascade_pile(const tally::Contest& from, const std::string& name, std::uint64_t votes, std::size_t box);
  Result<void> once_a_paper(std::size_t box, std::size_t office, std::size_t from, const std::string& name);
  void add_cascaded(std::size_t to, const std::string& name, std::uint64_t votes, std::size_t box);
  const std::string& known(const std::string& name) const;
  tally::Numbers numbers() const;

  const tally::Scheme& scheme_;
  const tally::Stage& stage_;
  const tally::Attendance* attendance_;
  std::vector<const tally::Contest*> contests_;
  std::vector<tally::ContestCount> whole_;
  std::vector<std::vector<tally::ContestCount>> boxes_;  // empty where there is one box
  Spellings spellings_;
  std::set<std::string> reasons_;
  std::vector<std::uint64_t> papers_;
  std::uint64_t invalid_rows_ = 0;
  std::vector<InvalidPaper> invalid_;
  std::vector<DoubtfulName> doubtful_;
  bool cascades_ = false;
  // Of piles: through which contest a person has votes for an office, by box.
  std::map<std::pair<std::size_t, std::size_t>, std::map<std::string, std::size_t>> pile_votes_;
};

// Whether the stage can be counted without its attendance. Error "paper.attendance".
[[nodiscard]] Result<void> needs_no_attendance(const tally::Scheme&, const tally::Stage&);

}  // namespace tuixuan::paper
