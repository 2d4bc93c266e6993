// Sentences for the facts of the count, in both languages. The codes and their numbers are in the report; the sentences
// are not.
#pragma once

#include "tally/count/count.h"

namespace tuixuan::tally {

// Every code that a Reason can have, with its sentences; {votes} stands for the number of that name.
struct ReasonText {
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};
std::span<const ReasonText> reason_texts();
Text sentence(const Reason&);

Text word(Kind);
Text word(Outcome, Kind);  // elected in a pre-election is 列为正式候选人
Text word(Base);
// 无效票 and uncounted write-ins: by check.
Text invalid_reason(std::string_view check);
Text sentence(const NextStep&);

}  // namespace tuixuan::tally
