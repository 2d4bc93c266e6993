// Written names of an electronic vote (另选他人姓名归并): once the ballots are decrypted and before the result is
// signed, which names were written, which of them are perhaps one person, and the entry by which two supervisors merge
// them.
#pragma once

#include "tally/alike/alike.h"
#include "tally/election/bodies.h"
#include "tally/election/state.h"
#include "tally/organiser/steps.h"

namespace tuixuan::organiser {

struct WrittenName {
  std::string name;
  std::uint64_t votes = 0;
};
struct WrittenNames {  // of a contest
  ContestId contest;
  tally::Text title;
  std::vector<WrittenName> names;             // as they count now
  std::vector<std::string> printed;           // candidates
  std::map<std::string, std::string> merged;  // on the log already
  std::vector<alike::Group> alike;            // of names and printed candidates, also by sound
};

// Of the stage's contests with write-ins. Errors: "step.stage", "step.early": not all decrypted yet, or counted
// already; "alike.tables".
[[nodiscard]] Result<std::vector<WrittenNames>> written_names(const election::State&, const StageId&, unsigned threads);

// Spelling -> the name it stands for, in place of those that are on the log. What is neither a written name nor one
// already merged is refused. Errors: "step.contest", "step.spelling".
using NameSpellings = std::map<std::string, std::string>;
[[nodiscard]] Result<election::SpellingsBody> draft_spellings(const std::vector<WrittenNames>&, const StageId&,
                                                              const ContestId&, const NameSpellings&);

// Shown to those who sign, and put on the log. Errors: those above; "V15.spellings".
[[nodiscard]] Result<void> merge_names(client::Congress&, const StageId&, const ContestId&, const NameSpellings&,
                                       const Supervisors&, unsigned threads);

}  // namespace tuixuan::organiser
