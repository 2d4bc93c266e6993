// The ballot paper as people will see it, for a terminal, and the sentences that stand on it (seats, legend, write-ins,
// what makes it invalid), which the printed paper shares. All of them follow from the scheme.
#pragma once

#include "tally/ballot/scheme.h"

namespace tuixuan::scheme {

// What stands above the names: 选票, 推荐票, 表决票, 测评表 of the contest's title.
tally::Text ballot_title(const tally::Contest&);
// One sentence each, in the order they stand on the paper.
std::vector<tally::Text> ballot_instructions(const tally::Scheme&, const tally::Contest&);

// A contest in so many columns of a terminal (40 at least); every name is shown whole, on several lines if need be.
std::string ballot_text(const tally::Scheme&, const tally::Contest&, std::string_view language, std::size_t columns);

// All contests of a stage, one sheet below the other, with its boxes and quorum above.
std::string stage_text(const tally::Scheme&, const tally::Stage&, std::string_view language, std::size_t columns);

}  // namespace tuixuan::scheme
