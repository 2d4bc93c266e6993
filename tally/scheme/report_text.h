// A report as a table for a terminal: numbers of the meeting, every person with votes and outcome and its reason, what
// is left to decide. The same facts as the printed form (tally/forms), in one language.
#pragma once

#include "tally/scheme/proposal.h"
#include "tally/scheme/report.h"

namespace tuixuan::scheme {

// language: "zh" or "en". Ends in a newline.
std::string report_text(const tally::Scheme&, const Report&, std::string_view language);
// The same of a proposal: the rule, every person with what each source gave, place, outcome and reason.
std::string proposal_text(const tally::Scheme&, const ProposalFile&, std::string_view language);

}  // namespace tuixuan::scheme
