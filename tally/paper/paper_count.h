// The count of a stage's paper ballots: all of them together, and each box by itself where there are several. Memory
// does not grow with the papers. Before anything is decided the papers in the table must be those that were returned,
// box by box; where they are not, the count stops with the box and the numbers (N-1).
#pragma once

#include <set>

#include "tally/count/attendance.h"
#include "tally/count/combination.h"
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
inline constexpr std::size_t kMaxListed = 10'000;  // invalid papers listed one by one; the sums hold all

using Spellings = std::map<std::string, std::string>;  // spelling -> the name it stands for

class PaperCount {
 public:
  // The scheme, the stage and the attendance must outlive it. No attendance: only for rules that need no such number.
  PaperCount(const tally::Scheme&, const tally::Stage&, const tally::Attendance*, const Spellings&);

  // Errors: "paper.size": more papers than a count holds; "paper.reasons": more than 1000 different reasons for which
  // whole papers are invalid; "paper.write_in": a name in a pile that nobody may write.
  [[nodiscard]] Result<void> add(const PaperBallot&);
  [[nodiscard]] Result<void> add(const Pile&);

  std::uint64_t papers(std::size_t box) const { return papers_[box]; }
  const std::vector<InvalidPaper>& invalid() const { return invalid_; }
  std::uint64_t invalid_rows() const { return invalid_rows_; }

  // Of the meeting (attendance.h), and "box.counted": not so many papers in the table as were returned.
  std::vector<tally::Imbalance> imbalances() const;
  scheme::Report report() const;
  std::vector<tally::ContestResult> box_results(std::size_t box) const;

 private:
  Result<void> room_for(std::uint64_t more) const;
  void list(const ContestId&, std::size_t box, std::uint64_t number, std::uint64_t copies, const std::string& reason);
  Result<void> may_be_written(const tally::Contest&, const std::string& name) const;
  void cascade(const tally::Contest&, const tally::Selection&, std::uint64_t copies, std::size_t box);
  void add_cascaded(const tally::Contest& from, const std::string& name, std::uint64_t votes, std::size_t box);
  tally::Numbers numbers() const;
  std::vector<std::string> elected_above(std::size_t contest, const std::vector<tally::ContestResult>& before) const;

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
};

// Whether the stage can be counted without its attendance. Error "paper.attendance".
[[nodiscard]] Result<void> needs_no_attendance(const tally::Scheme&, const tally::Stage&);

// A table 写法,姓名: what was written, and the name it stands for, as two people decided. Errors "paper.spelling".
[[nodiscard]] Result<Spellings> read_spellings(CsvReader&);

// A table 姓名,分数 of points from 0 to 100, as decided by the superior body or as bonus. Errors "paper.points".
[[nodiscard]] Result<std::vector<tally::Points>> read_points(CsvReader&);

}  // namespace tuixuan::paper
