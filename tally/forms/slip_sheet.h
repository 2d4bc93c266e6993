// The sheet of slips (领票凭条) that the desk prints, cuts and mixes: ten to a page, each with the code to scan, the
// same code in letters to type, the congress, the box and the round. A slip names no person and has no number; but for
// its code each is like the other, wherever on the sheet it stood. The codes are secret: so are the bytes that come
// out.
#pragma once

#include <vector>

#include "tally/ballot/scheme.h"
#include "tally/forms/page.h"

namespace tuixuan::forms {

struct SlipSheet {
  tally::Text congress;
  tally::Text box;
  unsigned round = 1;
  std::vector<std::string> slips;  // "TX1-ABCD-EFGH-...", in the order of the sheet: the caller has shuffled them
  bool rehearsal = false;          // 演练: says so in large letters
};

inline constexpr std::size_t kSlipsPerPage = 10;
inline constexpr std::size_t kMaxSlips = 100'000;

// Errors: "form.slips" for no slip, more than kMaxSlips, one that is not TX1- and capital letters, digits and hyphens,
// or the same one twice; and those of Document.
[[nodiscard]] Result<Bytes> print_slips(const SlipSheet& sheet);

}  // namespace tuixuan::forms
