#include "tally/count/combination.h"

#include <algorithm>

#include "crypto/codes/documents.h"

namespace tuixuan::tally {

namespace {

using Rule = CombinationRule;

class Combining {
 public:
  Combining(const Combination& c, std::span<const ContestResult> results) : c_(c), results_(results) {
    out_.combination = c.id;
    out_.rule = c.rule;
    out_.keep = c.keep;
    for (std::size_t s = 0; s < results.size(); ++s)
      for (const PersonResult& p : results[s].persons) take(s, p);
  }

  Result<CombinedResult> run(std::span<const Points> decided) && {
    TUIXUAN_CHECK(take_points(decided));
    if (!scores()) return fail(code::combination::range, "the numbers are too large for an exact score");
    gates();
    places();
    propose();
    std::stable_sort(out_.persons.begin(), out_.persons.end(), [](const auto& a, const auto& b) {
      return (a.place == 0 ? ~std::uint64_t{0} : a.place) < (b.place == 0 ? ~std::uint64_t{0} : b.place);
    });
    return std::move(out_);
  }

 private:
  CombinedPerson& person(const std::string& name) {
    for (CombinedPerson& p : out_.persons)
      if (p.name == name) return p;
    CombinedPerson p;
    p.name = name;
    p.sources.resize(results_.size());
    out_.persons.push_back(std::move(p));
    return out_.persons.back();
  }

  void take(std::size_t source, const PersonResult& p) {
    const ContestResult& r = results_[source];
    InSource& mine = person(label(p.name, p.note)).sources[source];
    const bool rating = r.kind == Kind::rating;
    mine.votes = rating ? 0 : p.approve;
    mine.rate = rating ? p.score : fraction(p.approve, r.base);
    mine.over = p.outcome == Outcome::reached || p.outcome == Outcome::graded;
  }

  Result<void> take_points(std::span<const Points> decided) {
    const std::uint64_t most = most_points(c_);
    std::vector<std::string> seen;
    for (const Points& d : decided) {
      if (most == 0) return fail(code::combination::points, "the rule of " + c_.id.name + " has no place for points");
      if (d.points > most)
        return fail(code::combination::points,
                    std::to_string(d.points) + " points for " + d.name + " are more than " + std::to_string(most));
      if (std::find(seen.begin(), seen.end(), d.name) != seen.end())
        return fail(code::combination::points, "points for " + d.name + " twice");
      seen.push_back(d.name);
      person(d.name).points = d.points;
    }
    return {};
  }

  // Hundredths of the sum of weight times what is weighed; unweighted rules are ordered by the sum of the rates.
  bool scores() {
    for (CombinedPerson& p : out_.persons) {
      std::optional<Fraction> sum = Fraction{};
      for (std::size_t s = 0; s < results_.size() && sum; ++s) {
        std::optional<Fraction> part = p.sources[s].rate;
        switch (c_.rule) {
          case Rule::weighted_votes:
            part = fraction(p.sources[s].votes * c_.sources[s].weight, 100);
            break;
          case Rule::weighted_rates:
            part = checked_multiply(p.sources[s].rate, c_.sources[s].weight);
            break;
          case Rule::composite:
            part = checked_multiply(p.sources[s].rate, c_.sources[s].weight);
            if (part && part->den > ~std::uint64_t{0} / 100) part.reset();
            if (part) part = fraction(part->num, part->den * 100);
            break;
          case Rule::gate:
            part = s == 1 ? p.sources[s].rate : Fraction{};
            break;
          case Rule::staged:
            part = s + 1 == results_.size() ? p.sources[s].rate : Fraction{};
            break;
          case Rule::all_over:
          case Rule::top_union:
          case Rule::top_common:
            break;
        }
        sum = part ? checked_add(*sum, *part) : std::nullopt;
      }
      // 100 points by the superior body are its whole weight; bonus points are points.
      const std::uint64_t decided = c_.rule == Rule::composite ? p.points * 100 : p.points * c_.superior_weight;
      if (sum) sum = checked_add(*sum, fraction(decided, 100));
      if (!sum) return false;
      p.score = *sum;
    }
    return true;
  }

  // 1 and how many have more in a source.
  std::uint64_t place_in(std::size_t source, const CombinedPerson& p, const std::vector<bool>& among) const {
    std::uint64_t place = 1;
    for (std::size_t i = 0; i < out_.persons.size(); ++i)
      place += among[i] && less(p.sources[source].rate, out_.persons[i].sources[source].rate) ? 1U : 0U;
    return place;
  }

  void gates() {
    in_.assign(out_.persons.size(), true);
    const std::vector<bool> all = in_;
    for (std::size_t i = 0; i < in_.size(); ++i) {
      CombinedPerson& p = out_.persons[i];
      const auto over = static_cast<std::uint64_t>(
          std::count_if(p.sources.begin(), p.sources.end(), [](const InSource& in) { return in.over; }));
      std::uint64_t tops = 0;
      for (std::size_t s = 0; s < results_.size(); ++s)
        tops += p.sources[s].votes > 0 && place_in(s, p, all) <= c_.sources[s].top ? 1U : 0U;
      switch (c_.rule) {
        case Rule::all_over:
          in_[i] = over == results_.size();
          if (!in_[i]) p.reason = {code::reason::not_all_over, {{"over", over}, {"sources", results_.size()}}};
          break;
        case Rule::gate:
          in_[i] = p.sources[0].over;
          if (!in_[i])
            p.reason = {code::reason::gate_closed, {{"votes", p.sources[0].votes}, {"need", results_[0].need}}};
          break;
        case Rule::top_union:
        case Rule::top_common:
          in_[i] = c_.rule == Rule::top_union ? tops > 0 : tops == results_.size();
          if (!in_[i]) p.reason = {code::reason::not_top, {{"tops", tops}, {"sources", results_.size()}}};
          break;
        case Rule::staged:
        case Rule::weighted_votes:
        case Rule::weighted_rates:
        case Rule::composite:
          break;
      }
    }
    if (c_.rule == Rule::staged) rounds();
  }

  // Each source keeps its first of those kept before; who is level with the last of them stays too.
  void rounds() {
    for (std::size_t s = 0; s < results_.size(); ++s) {
      const std::vector<bool> before = in_;
      for (std::size_t i = 0; i < in_.size(); ++i) {
        CombinedPerson& p = out_.persons[i];
        if (!before[i] || (p.sources[s].votes > 0 && place_in(s, p, before) <= c_.sources[s].top)) continue;
        in_[i] = false;
        p.reason = {code::reason::round_out,
                    {{"round", s + 1}, {"votes", p.sources[s].votes}, {"top", c_.sources[s].top}}};
      }
    }
  }

  void places() {
    for (std::size_t i = 0; i < in_.size(); ++i) {
      if (!in_[i]) continue;
      std::uint64_t place = 1;
      for (std::size_t k = 0; k < in_.size(); ++k)
        place += in_[k] && less(out_.persons[i].score, out_.persons[k].score) ? 1U : 0U;
      out_.persons[i].place = place;
    }
  }

  void propose() {
    for (CombinedPerson& p : out_.persons) {
      if (p.place == 0) continue;
      const auto level = static_cast<std::uint64_t>(std::count_if(
          out_.persons.begin(), out_.persons.end(), [&](const CombinedPerson& o) { return o.place == p.place; }));
      const std::vector<std::pair<std::string, std::uint64_t>> numbers{{"place", p.place}, {"keep", c_.keep}};
      if (c_.keep == 0) {
        p.proposal = Proposal::proposed;
        p.reason = {code::reason::kept_all, {{"place", p.place}}};
      } else if (p.place + level - 1 <= c_.keep) {
        p.proposal = Proposal::proposed;
        p.reason = {code::reason::kept, numbers};
      } else if (p.place > c_.keep) {
        p.reason = {code::reason::cut, numbers};
      } else {
        p.proposal = Proposal::level;
        p.reason = {code::reason::level, {{"persons", level}, {"place", p.place}, {"keep", c_.keep}}};
      }
    }
  }

  const Combination& c_;
  std::span<const ContestResult> results_;
  CombinedResult out_;
  std::vector<bool> in_;  // passed every gate
};

}  // namespace

std::uint64_t most_points(const Combination& c) {
  if (c.rule == Rule::composite) return c.bonus;
  return c.superior_weight > 0 ? 100 : 0;
}

bool is_scored(CombinationRule rule) {
  return rule == Rule::weighted_votes || rule == Rule::weighted_rates || rule == Rule::composite;
}

Result<CombinedResult> combine(const Combination& c, std::span<const ContestResult> results,
                               std::span<const Points> decided) {
  if (results.size() != c.sources.size()) bug("a combination needs the result of each source");
  return Combining(c, results).run(decided);
}

}  // namespace tuixuan::tally
