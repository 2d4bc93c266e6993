#include "tally/count/offices.h"

#include <algorithm>

namespace tuixuan::tally {

namespace {

std::string label_of(const PersonResult& p) { return label(p.name, p.note); }

// Elected for good, or perhaps: tied, waiting, or elected by one of two bases only.
enum class Standing { out, in, open };
Standing standing_in(const ContestResult& r, const std::string& name) {
  if (std::find(r.must_confirm.begin(), r.must_confirm.end(), name) != r.must_confirm.end()) return Standing::open;
  for (const PersonResult& p : r.persons)
    if (label_of(p) == name)
      return p.outcome == Outcome::elected                                              ? Standing::in
             : p.outcome == Outcome::tied || p.reason.code == code::reason::office_open ? Standing::open
                                                                                        : Standing::out;
  return Standing::out;
}

bool lists(const std::vector<ContestId>& ids, const ContestId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class Settling {
 public:
  Settling(std::span<const Contest* const> contests, std::vector<ContestCount> counts, std::span<const Settled> settled)
      : contests_(contests), counts_(std::move(counts)), results_(contests.size()), settled_(settled) {}

  std::vector<ContestResult> run() && {
    for (const bool within : {false, true})  // a committee before the offices that are filled from it
      for (std::size_t i = 0; i < contests_.size(); ++i)
        if (contests_[i]->within.has_value() == within) settle(i);
    std::vector<ContestResult> out;
    for (std::optional<ContestResult>& r : results_) out.push_back(std::move(*r));
    return out;
  }

 private:
  void settle(std::size_t i) {
    ContestCount& count = counts_[i];
    count.set_barred({});
    results_[i] = count.finish();
    std::vector<Barred> barred = barred_from(i, *results_[i]);
    if (barred.empty()) return;
    count.set_barred(std::move(barred));
    results_[i] = count.finish();
  }

  std::vector<Barred> barred_from(std::size_t i, const ContestResult& r) const {
    std::vector<Barred> out;
    for (const PersonResult& p : r.persons) {
      const std::string name = label_of(p);
      if (const auto why = why_barred(i, name)) out.push_back({name, *why});
    }
    return out;
  }

  std::optional<code::reason> why_barred(std::size_t i, const std::string& name) const {
    const Contest& c = *contests_[i];
    const ContestId& office = root_of(c);
    bool open = false;
    for (std::size_t k = 0; k < contests_.size(); ++k) {
      if (!results_[k] || k == i) continue;
      const Standing above = standing_in(*results_[k], name);
      if (lists(contests_[k]->cascade, c.id) && above == Standing::in) return code::reason::higher_office;
      if (!lists(contests_[k]->excludes, office)) continue;
      if (above == Standing::in) return code::reason::exclusive_office;
      open = open || (above == Standing::open && !followed(contests_[k]->id));
    }
    for (const Settled& s : settled_) {
      if (!lists(s.contest.excludes, office) && !lists(c.excludes, root_of(s.contest))) continue;
      if (standing_in(s.result, name) == Standing::in) return code::reason::exclusive_office;
    }
    if (c.within) {
      const Standing member = standing_over(*c.within, name);
      if (member == Standing::out) return code::reason::not_within;
      open = open || member == Standing::open;
    }
    return open ? std::optional(code::reason::office_open) : std::nullopt;
  }

  // Over all rounds that are known: who is tied in one may be elected in the next.
  Standing standing_over(const ContestId& office, const std::string& name) const {
    bool known = false;
    bool open = false;
    for (std::size_t k = 0; k < contests_.size(); ++k) {
      if (!results_[k] || root_of(*contests_[k]) != office) continue;
      known = true;
      const Standing here = standing_in(*results_[k], name);
      if (here == Standing::in) return here;
      open = open || (here == Standing::open && !followed(contests_[k]->id));
    }
    for (const Settled& s : settled_) {
      if (root_of(s.contest) != office) continue;
      known = true;
      const Standing here = standing_in(s.result, name);
      if (here == Standing::in) return here;
      open = open || (here == Standing::open && !followed(s.contest.id));
    }
    return open || !known ? Standing::open : Standing::out;
  }

  // The contest of the scheme that a round goes back to.
  const ContestId& root_of(const Contest& c) const {
    if (!c.follows) return c.id;
    for (const Settled& s : settled_)
      if (s.contest.id == c.follows->contest) return root_of(s.contest);
    return c.follows->contest;
  }
  bool followed(const ContestId& id) const {
    return std::any_of(settled_.begin(), settled_.end(),
                       [&](const Settled& s) { return s.contest.follows && s.contest.follows->contest == id; });
  }

  std::span<const Contest* const> contests_;
  std::vector<ContestCount> counts_;
  std::vector<std::optional<ContestResult>> results_;
  std::span<const Settled> settled_;
};

}  // namespace

std::vector<ContestResult> settle_offices(std::span<const Contest* const> contests, std::vector<ContestCount> counts,
                                          std::span<const Settled> settled) {
  if (contests.size() != counts.size()) bug("a count for each contest");
  return Settling(contests, std::move(counts), settled).run();
}

}  // namespace tuixuan::tally
