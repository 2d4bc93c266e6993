// A small and a large congress with everything that the forms can say, counted for real; and what the tests of the
// forms read back.
#pragma once

#include "tally/forms/forms.h"

namespace tuixuan::forms {

// Votes on `persons` candidates by two boxes, the names those of minorities and long ones too. rating: 2 to 6 grades.
FormData sample(std::size_t persons, tally::Kind kind = tally::Kind::election, std::size_t grades = 4);
// With members and masses, three rates weighted, and a decision of the superior body.
FormData sample_proposal(std::size_t persons);
FormData sample_notice(std::size_t persons);

std::string run(const std::string& command);
// Without spaces and line ends, since columns break words where they must.
std::string squeezed(std::string text);

struct Box {  // of a word on a page, in points
  unsigned page;
  double left, top, right, bottom;
  std::string word;
};
std::vector<Box> boxes_of(const std::string& pdf_file);

}  // namespace tuixuan::forms
