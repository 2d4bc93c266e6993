#include "tally/ballot/label.h"

#include "tally/names/names.h"

namespace tuixuan::tally {

Result<Candidate> read_candidate(std::string_view text) {
  Candidate out;
  TUIXUAN_TRY(whole, tidy_name(text, 2 * kMaxPersonName));
  text = whole;
  std::string_view name = text;
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"（", "）"}, {"(", ")"}}) {
    const auto at = text.find(open);
    if (at == std::string_view::npos || !text.ends_with(close) || at == 0) continue;
    const std::string_view note = text.substr(at + open.size(), text.size() - at - open.size() - close.size());
    TUIXUAN_TRY(tidy, tidy_name(note, kMaxPersonName));
    out.note = tidy;
    name = text.substr(0, at);
    break;
  }
  TUIXUAN_TRY(tidy, tidy_name(name, kMaxPersonName));
  out.name = tidy;
  return out;
}

}  // namespace tuixuan::tally
