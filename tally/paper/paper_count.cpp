#include "tally/paper/paper_count.h"

#include <algorithm>
#include <numeric>

#include "crypto/codes/ballot.h"
#include "crypto/codes/documents.h"
#include "tally/names/names.h"

namespace tuixuan::paper {

using tally::Base;
using tally::Contest;

static constexpr std::uint64_t kMaxPapers = 0xffffffff;
static constexpr std::size_t kMaxReasons = 1000;

PaperCount::PaperCount(const tally::Scheme& scheme, const tally::Stage& stage, const tally::Attendance* attendance,
                       const Spellings& spellings)
    : scheme_(scheme), stage_(stage), attendance_(attendance), spellings_(spellings), papers_(stage.boxes.size(), 0) {
  const tally::Numbers none;
  for (const ContestId& id : stage.contests) {
    const Contest* c = scheme.contest(id);
    if (c == nullptr) bug("a stage with a contest that is not in its scheme");
    contests_.push_back(c);
    cascades_ = cascades_ || !c->cascade.empty();
    whole_.emplace_back(*c, none, spellings,
                        attendance != nullptr ? tally::written_of(*attendance, *c) : std::vector<tally::Written>{});
  }
  if (stage.boxes.size() < 2) return;
  for (std::size_t box = 0; box < stage.boxes.size(); ++box) {
    boxes_.emplace_back();
    for (const Contest* c : contests_) boxes_.back().emplace_back(*c, none, spellings);
  }
}

Result<void> PaperCount::room_for(std::uint64_t more) const {
  const std::uint64_t all = std::accumulate(papers_.begin(), papers_.end(), std::uint64_t{0});
  return all + more > kMaxPapers ? fail(code::paper::size, "票数过大 / too many papers") : Result<void>{};
}

Result<void> PaperCount::add(const PaperBallot& paper) {
  TUIXUAN_CHECK(room_for(paper.copies));
  if (!paper.invalid.empty() && reasons_.insert(paper.invalid).second && reasons_.size() > kMaxReasons)
    return refuse(code::paper::reasons, paper.line, 0, "无效原因的写法过多，请统一写法",
                  "too many different reasons for invalid papers; use the same words for the same reason");
  const std::uint64_t number = papers_[paper.box] + 1;
  std::vector<std::vector<std::string>> votes(cascades_ ? contests_.size() : 0);
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
      list(contests_[i]->id, paper.box, number, paper.copies, reason);
      continue;
    }
    whole_[i].add_unmarked(paper.unmarked[i] * paper.copies);
    if (!boxes_.empty()) boxes_[paper.box][i].add_unmarked(paper.unmarked[i] * paper.copies);
    if (!selection.write_ins.empty()) add_doubtful(*contests_[i], selection, paper.box, number, paper.copies);
    if (cascades_) votes[i] = names_voted(*contests_[i], selection);
  }
  if (cascades_) cascade(votes, paper.copies, paper.box);
  papers_[paper.box] += paper.copies;
  return {};
}

// A name in a pile has no paper beside it that would tell why it does not count, so it is refused.
Result<void> PaperCount::may_be_written(const Contest& c, const std::string& name) const {
  const auto merged = spellings_.find(name);
  tally::Selection one = tally::blank(c);
  const std::uint32_t against = c.write_ins.rule == tally::WriteInRule::under_opposed ? 1 : 0;
  if (against == 1 && !one.marks.empty()) one.marks[0] = tally::Mark::oppose;
  one.write_ins.push_back({merged == spellings_.end() ? name : merged->second, against});
  for (const tally::Problem& p : tally::check(c, one))
    if (!tally::makes_invalid(p.check))
      return fail(code::paper::write_in, "“" + name + "”：" + p.zh + "，不列入计票 / " + name + ": " + p.what);
  return {};
}

Result<void> PaperCount::add(const Pile& pile) {
  const Contest& c = *contests_[pile.contest];
  if (pile.contest == 0) TUIXUAN_CHECK(room_for(pile.totals.ballots));
  for (std::size_t k = c.candidates.size(); k < pile.totals.persons.size(); ++k)
    TUIXUAN_CHECK(may_be_written(c, pile.totals.persons[k].label));
  whole_[pile.contest].add_totals(pile.totals);
  whole_[pile.contest].add_unmarked(pile.unmarked);
  if (!boxes_.empty()) {
    boxes_[pile.box][pile.contest].add_totals(pile.totals);
    boxes_[pile.box][pile.contest].add_unmarked(pile.unmarked);
  }
  std::uint64_t number = 1;  // in the pile of the invalid ones
  for (const auto& [reason, copies] : pile.totals.invalid) {
    if (copies > 0) list(c.id, pile.box, number, copies, reason);
    number += copies;
  }
  for (const tally::PersonTotals& p : pile.totals.persons)
    if (p.approve > 0 && cascades_) {
      TUIXUAN_CHECK(once_a_paper(pile.box, pile.contest, pile.contest, known(p.label)));
      TUIXUAN_CHECK(cascade_pile(c, known(p.label), p.approve, pile.box));
    }
  if (pile.contest == 0) papers_[pile.box] += pile.totals.ballots;
  return {};
}

void PaperCount::list(const ContestId& contest, std::size_t box, std::uint64_t number, std::uint64_t copies,
                      const std::string& reason) {
  ++invalid_rows_;
  if (invalid_.size() < kMaxListed) invalid_.push_back({contest, box, number, copies, reason});
}

const std::string& PaperCount::known(const std::string& name) const {
  const auto it = spellings_.find(name);
  return it == spellings_.end() ? name : it->second;
}

// Whom a valid paper gives a vote in a contest.
std::vector<std::string> PaperCount::names_voted(const Contest& c, const tally::Selection& s) const {
  std::vector<std::string> out;
  for (std::size_t k = 0; k < s.marks.size(); ++k)
    if (s.marks[k] == tally::Mark::approve) out.push_back(tally::label(c.candidates[k].name, c.candidates[k].note));
  if (s.write_ins.empty()) return out;
  tally::Selection one = s;
  for (tally::WriteIn& w : one.write_ins) w.name = known(w.name);
  const std::vector<tally::Problem> problems = tally::check(c, one);
  for (std::size_t k = 0; k < one.write_ins.size(); ++k)
    if (std::none_of(problems.begin(), problems.end(), [&](const auto& p) { return p.number == k + 1; }))
      out.push_back(one.write_ins[k].name);
  return out;
}

void PaperCount::add_doubtful(const Contest& c, const tally::Selection& s, std::size_t box, std::uint64_t number,
                              std::uint64_t copies) {
  tally::Selection one = s;
  for (tally::WriteIn& w : one.write_ins) w.name = known(w.name);
  for (const tally::Problem& p : tally::check(c, one))
    if (p.check == code::ballot::write_in_printed && doubtful_.size() < kMaxListed)
      doubtful_.push_back({c.id, box, number, copies, s.write_ins[p.number - 1].name, p.check});
}

// A paper gives a person at most one vote for an office, however it reaches it (L-3).
void PaperCount::cascade(const std::vector<std::vector<std::string>>& votes, std::uint64_t copies, std::size_t box) {
  for (std::size_t to = 0; to < contests_.size(); ++to) {
    std::set<std::string> got(votes[to].begin(), votes[to].end());
    for (std::size_t from = 0; from < to; ++from) {
      const auto& lower = contests_[from]->cascade;
      if (std::find(lower.begin(), lower.end(), contests_[to]->id) == lower.end()) continue;
      for (const std::string& name : votes[from])
        if (got.insert(name).second) add_cascaded(to, name, copies, box);
    }
  }
}

Result<void> PaperCount::cascade_pile(const Contest& from, const std::string& name, std::uint64_t votes,
                                      std::size_t box) {
  for (std::size_t to = 0; to < contests_.size(); ++to) {
    if (std::find(from.cascade.begin(), from.cascade.end(), contests_[to]->id) == from.cascade.end()) continue;
    const auto at = static_cast<std::size_t>(
        std::find_if(contests_.begin(), contests_.end(), [&](const Contest* c) { return c->id == from.id; }) -
        contests_.begin());
    TUIXUAN_CHECK(once_a_paper(box, to, at, name));
    add_cascaded(to, name, votes, box);
  }
  return {};
}

// Sums of piles do not tell whether two votes for one person stand on one paper.
Result<void> PaperCount::once_a_paper(std::size_t box, std::size_t office, std::size_t from, const std::string& name) {
  const auto [it, fresh] = pile_votes_[{box, office}].emplace(name, from);
  if (fresh || it->second == from) return {};
  const std::string title = contests_[office]->title.zh;
  return fail(code::paper::cascade,
              "“" + name + "”在“" + contests_[it->second]->title.zh + "”和“" + contests_[from]->title.zh +
                  "”都有票计入“" + title +
                  "”：一张票上同一人同一职务只计一票，合计数看不出是否同一张票，请改为每张票一行录入 / " + name +
                  " has votes for " + contests_[office]->id.name +
                  " from two places; a paper gives a person one vote for an office, which sums do not "
                  "tell: enter these papers one a row");
}

void PaperCount::add_cascaded(std::size_t to, const std::string& name, std::uint64_t votes, std::size_t box) {
  whole_[to].add_cascaded(name, votes);
  if (!boxes_.empty()) boxes_[box][to].add_cascaded(name, votes);
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
    if (counted == b.returned) continue;
    const tally::Box* box = scheme_.box(b.box);
    const std::string title = box != nullptr ? box->title.zh : b.box.name;
    out.push_back({code::box::counted,
                   b.box,
                   {"票箱“" + title + "”：收回 " + std::to_string(b.returned) + " 张，选票表中有 " +
                        std::to_string(counted) + " 张",
                    "box " + b.box.name + ": " + std::to_string(b.returned) + " returned, " + std::to_string(counted) +
                        " in the table of ballots"}});
  }
  return out;
}

std::vector<tally::Imbalance> PaperCount::warnings() const {
  return attendance_ == nullptr ? std::vector<tally::Imbalance>{} : tally::warnings(scheme_, stage_, *attendance_);
}

scheme::Report PaperCount::report(std::span<const tally::Settled> settled) const {
  scheme::Report out{scheme_.congress.id, stage_.id, stage_.kind, scheme_.rehearsal, numbers(), {}};
  std::vector<tally::ContestCount> counts = whole_;
  for (tally::ContestCount& c : counts) c.set_numbers(out.numbers);
  out.contests = tally::settle_offices(contests_, std::move(counts), settled);
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
    const Contest* c = scheme.contest(id);
    if (c == nullptr || c->rating) continue;
    if (!counted(c->majority.base) || (c->alternative && !counted(*c->alternative)) || c->turnout)
      return fail(code::paper::attendance, "“" + c->title.zh +
                                               "”的多数以到会人数计算，请用 --attendance 给出到会人数 / " + id.name +
                                               ": the majority is of the people of the meeting; give their numbers "
                                               "with --attendance");
  }
  return {};
}

}  // namespace tuixuan::paper
