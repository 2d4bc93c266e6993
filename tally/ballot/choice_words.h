// One voter's choice in words, in the language asked for ("zh", "en"): a line for each answer with the people who got
// it, then each name that was written; in a rating a line for each grade. For the review at a kiosk, and for a ballot
// that was opened to check the machine, so that both say the same of the same choice. Says what is marked and judges
// nothing. The words of a choice are as secret as the choice.
#pragma once

#include "tally/ballot/choice.h"

namespace tuixuan::tally {

// Empty if nothing is marked. The selection has the contest's form. candidate: only what concerns this one, where
// candidates are voted on page by page. abstained: on whom the voter abstained by hand, where that is known; then
// what is not marked is told apart from it, with what it counts as.
std::vector<std::string> choice_words(const Contest&, const Selection&, std::string_view language,
                                      std::optional<std::size_t> candidate = {},
                                      const std::vector<bool>* abstained = nullptr);

// What no mark counts as, by the rule of the contest: "未作标记，按弃权计". (Where nothing at all is marked check() may
// say that it is invalid.)
Text unmarked_words(const Contest&);

// "不了解": the grade after the last, where the contest has it.
const Text& not_acquainted_words();

}  // namespace tuixuan::tally
