// Scores of a rating (G-4, G-6): of an item, the weights of its grades over those who graded it; of a person, the items
// by the weights that the scheme states. One rule for 不了解 and for empty cells, in items and in totals: the first is
// left out always, the second is nothing, or the lowest grade where the scheme says so.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::tally {

// base: the number of forms that the scheme takes (valid ones, as a rule). Left out are not_acquainted, and the empty
// cells where they are nothing. With `trim` and more than 5 grades one of the highest and one of the lowest is dropped.
Fraction item_score(const Rating&, const ItemResult&, std::uint64_t base);

// The sum of weight times score over the items that somebody graded, divided by their weights. Exact as long as each
// partial sum, in the order of the items, has a numerator and a denominator below 2^53 in lowest terms; else every
// item's part is taken to a millionth, half up, so that anybody gets the same.
Fraction total_score(const Rating&, const std::vector<ItemResult>&, std::uint64_t base);

// People whose forms give the best grade more often than all other grades together, over all items: above the limit,
// people are told, nothing is decided (G-2). Places in the result's persons.
std::vector<std::size_t> mostly_best(const Contest&, const ContestResult&);

}  // namespace tuixuan::tally
