#include "tally/paper/paper_count.h"

#include <algorithm>
#include <numeric>

#include "tally/names/names.h"

namespace tuixuan::paper {

using tally::Base;
using tally::Contest;

static constexpr std::uint64_t kMaxPapers = 0xffffffff;
static constexpr std::size_t kMaxSpellings = 10'000;

PaperCount::PaperCount(const tally::Scheme& scheme, const tally::Stage& stage, const tally::Attendance* attendance,
                       const Spellings& spellings)
    : scheme_(scheme), stage_(stage), attendance_(attendance), papers_(stage.boxes.size(), 0) {
  const tally::Numbers none;
  for (const ContestId& id : stage.contests) {
    const Contest* c = contest_of(scheme, id);
    if (c == nullptr) bug("a stage with a contest that is not in its scheme");
    contests_.push_back(c);
    whole_.emplace_back(*c, none, spellings,
                        attendance != nullptr ? tally::written_of(*attendance, *c) : std::vector<tally::Written>{});
  }
  if (stage.boxes.size() < 2) return;
  for (std::size_t box = 0; box < stage.boxes.size(); ++box) {
    boxes_.emplace_back();
    for (const Contest* c : contests_) boxes_.back().emplace_back(*c, none, spellings);
  }
}

Result<void> PaperCount::add(const PaperBallot& paper) {
  const std::uint64_t all = std::accumulate(papers_.begin(), papers_.end(), std::uint64_t{0});
  if (all + paper.copies > kMaxPapers) return fail("paper.size", "票数过大 / too many papers");
  for (std::size_t i = 0; i < contests_.size(); ++i) {
    const tally::Selection& selection = paper.selections[i];
    std::string reason = paper.invalid;
    if (reason.empty()) {
      reason = whole_[i].add(selection, paper.copies);
      if (!boxes_.empty()) boxes_[paper.box][i].add(selection, paper.copies);
    } else {
      whole_[i].add_invalid(reason, paper.copies);
      if (!boxes_.empty()) boxes_[paper.box][i].add_invalid(reason, paper.copies);
    }
    if (!reason.empty()) {
      list(contests_[i]->id, paper, reason);
    } else if (!contests_[i]->cascade.empty()) {
      cascade(*contests_[i], selection, paper.copies, paper.box);
    }
  }
  if (paper.invalid.empty()) unmarked_ += paper.unmarked * paper.copies;
  papers_[paper.box] += paper.copies;
  return {};
}

void PaperCount::list(const ContestId& contest, const PaperBallot& paper, const std::string& reason) {
  ++invalid_rows_;
  if (invalid_.size() < kMaxListed)
    invalid_.push_back({contest, paper.box, papers_[paper.box] + 1, paper.copies, reason});
}

void PaperCount::cascade(const Contest& from, const tally::Selection& s, std::uint64_t copies, std::size_t box) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k < s.marks.size(); ++k)
    if (s.marks[k] == tally::Mark::approve)
      names.push_back(tally::label(from.candidates[k].name, from.candidates[k].note));
  if (!s.write_ins.empty()) {
    const std::vector<tally::Problem> problems = tally::check(from, s);
    for (std::size_t k = 0; k < s.write_ins.size(); ++k)
      if (std::none_of(problems.begin(), problems.end(), [&](const auto& p) { return p.number == k + 1; }))
        names.push_back(s.write_ins[k].name);
  }
  for (std::size_t i = 0; i < contests_.size(); ++i) {
    if (std::find(from.cascade.begin(), from.cascade.end(), contests_[i]->id) == from.cascade.end()) continue;
    for (const std::string& name : names) {
      whole_[i].add_cascaded(name, copies);
      if (!boxes_.empty()) boxes_[box][i].add_cascaded(name, copies);
    }
  }
}

tally::Numbers PaperCount::numbers() const {
  if (attendance_ != nullptr) return tally::numbers_of(*attendance_);
  tally::Numbers n;
  n.issued = n.voters = n.returned = std::accumulate(papers_.begin(), papers_.end(), std::uint64_t{0});
  return n;
}

std::vector<tally::Imbalance> PaperCount::imbalances() const {
  if (attendance_ == nullptr) return {};
  std::vector<tally::Imbalance> out = tally::imbalances(scheme_, stage_, *attendance_);
  for (const tally::BoxPapers& b : attendance_->boxes) {
    const auto at = std::find(stage_.boxes.begin(), stage_.boxes.end(), b.box);
    if (at == stage_.boxes.end()) continue;
    const std::uint64_t counted = papers_[static_cast<std::size_t>(at - stage_.boxes.begin())];
    if (counted != b.returned)
      out.push_back({"box.counted",
                     b.box,
                     {"票箱“" + b.box.name + "”：收回 " + std::to_string(b.returned) + " 张，选票表中有 " +
                          std::to_string(counted) + " 张",
                      "box " + b.box.name + ": " + std::to_string(b.returned) + " returned, " +
                          std::to_string(counted) + " in the table of ballots"}});
  }
  return out;
}

scheme::Report PaperCount::report() const {
  scheme::Report out{scheme_.congress.id, stage_.id, stage_.kind, scheme_.rehearsal, numbers(), {}};
  for (tally::ContestCount c : whole_) {
    c.set_numbers(out.numbers);
    out.contests.push_back(c.finish());
  }
  return out;
}

std::vector<tally::ContestResult> PaperCount::box_results(std::size_t box) const {
  std::vector<tally::ContestResult> out;
  for (tally::ContestCount c : boxes_.empty() ? whole_ : boxes_[box]) {
    c.set_numbers(numbers());
    out.push_back(c.finish());
  }
  return out;
}

Result<void> needs_no_attendance(const tally::Scheme& scheme, const tally::Stage& stage) {
  const auto counted = [](Base b) { return b == Base::returned || b == Base::valid; };
  for (const ContestId& id : stage.contests) {
    const Contest* c = contest_of(scheme, id);
    if (c == nullptr || c->rating) continue;
    if (!counted(c->majority.base) || (c->alternative && !counted(*c->alternative)) || c->turnout)
      return fail("paper.attendance", "“" + c->title.zh + "”的多数以到会人数计算，请用 --attendance 给出到会人数 / " +
                                          id.name +
                                          ": the majority is of the people of the meeting; give their numbers "
                                          "with --attendance");
  }
  return {};
}

Result<Spellings> read_spellings(CsvReader& csv) {
  Spellings out;
  std::vector<std::string> cells;
  TUIXUAN_TRY(header, csv.next(cells));
  if (!header || cells != std::vector<std::string>{"写法", "姓名"})
    return fail("paper.spelling", "第一行应为“写法,姓名” / the first line is 写法,姓名");
  for (;;) {
    TUIXUAN_TRY(more, csv.next(cells));
    if (!more) return out;
    if (cells.size() != 2 || cells[0] == cells[1] || out.size() == kMaxSpellings)
      return refuse("paper.spelling", csv.line(), 0, "每行应为一个写法和它所指的姓名",
                    "a spelling and the name it stands for");
    for (std::string& cell : cells) {
      auto name = tally::tidy_name(cell, 90);
      if (!name) return refuse("paper.spelling", csv.line(), 0, "“" + cell + "”不能作为姓名", name.error().what);
      cell = std::move(*name);
    }
    if (!out.emplace(cells[0], cells[1]).second)
      return refuse("paper.spelling", csv.line(), 1, "“" + cells[0] + "”列了两次", "\"" + cells[0] + "\" stands twice");
  }
}

}  // namespace tuixuan::paper
