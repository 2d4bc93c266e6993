// Sentences for the facts of the count, in both languages. The codes and their numbers are in the report; the sentences
// are not.
#pragma once

#include "tally/count/combination.h"

namespace tuixuan::tally {

// The line of the catalogue (crypto/codes/reasons.def) with the numbers of the reason in it.
Text sentence(const Reason&);

Text word(Kind);
Text word(Outcome, Kind);  // elected in a pre-election is 列为正式候选人
// The same of a person; where only a ranking was asked for, that.
Text outcome_of(const PersonResult&, Kind);
// With the scheme's own labels, where the answer that reached the majority is the resolution.
Text outcome_of(const PersonResult&, const Contest&);
Text word(Base);
Text word(CombinationRule);
Text word(Proposal);
// "more than 1/2 of those expected" (超过应到会有选举权人数的 1/2); empty where none is asked.
Text words(const Threshold&);
// 无效票 and uncounted write-ins, as the report has them: of the name of a code its sentence (crypto/codes), of a
// reason that people wrote down these words themselves.
Text invalid_reason(std::string_view reason);
// The check whose Chinese sentence this is, or the words themselves.
std::string invalid_check(std::string_view words);
Text sentence(const NextStep&);

}  // namespace tuixuan::tally
