// From the recommendations of several chambers to one proposal (两推), by the rule the scheme chose (N-5, C1 to C7),
// and from several ratings to one score (G-5). People are the same where their labels are. A proposal is never a list
// of candidates: the superior body decides on it (N-6). Exact fractions; where people are level at the last place,
// nobody is made up.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::tally {

enum class Proposal { proposed, not_proposed, level };

// Of the superior body's own recommendation, or bonus points: up to 100 for each person, by a recorded decision.
struct Points {
  std::string name;  // label
  std::uint64_t points = 0;
  friend bool operator==(const Points&, const Points&) = default;
};

struct InSource {           // what one source gave a person
  std::uint64_t votes = 0;  // of ratings 0
  Fraction rate;            // votes of its base; of ratings the score
  bool over = false;        // the majority was reached
  friend bool operator==(const InSource&, const InSource&) = default;
};

struct CombinedPerson {
  std::string name;               // label
  std::vector<InSource> sources;  // in the order of the combination
  std::uint64_t points = 0;       // by decision
  Fraction score;                 // what people are ordered by
  std::uint64_t place = 0;        // from 1, equal ones the same; 0: passed a gate or a round by nobody
  Proposal proposal = Proposal::not_proposed;
  Reason reason;
  friend bool operator==(const CombinedPerson&, const CombinedPerson&) = default;
};

struct CombinedResult {
  CombinationId combination;
  CombinationRule rule = CombinationRule::all_over;
  std::uint64_t keep = 0;               // 0: all that pass
  std::vector<CombinedPerson> persons;  // by place; those without one after, in the order of the first source
  friend bool operator==(const CombinedResult&, const CombinedResult&) = default;
};

// Whether its persons have a score that people are ordered by.
// The most points that the superior body may give one person: its whole weight is 100, bonus points are as the scheme
// says; 0 where the rule has no place for them.
std::uint64_t most_points(const Combination&);
bool is_scored(CombinationRule);

// results: of the sources, in their order. Errors: "combination.range": numbers so large that the exact score does not
// fit; "combination.points": points for somebody twice, above 100 (above the bonus), or where the rule has none.
[[nodiscard]] Result<CombinedResult> combine(const Combination&, std::span<const ContestResult> results,
                                             std::span<const Points> decided = {});

}  // namespace tuixuan::tally
