#include "tally/client/refusals.h"

#include <cstdio>

#include "crypto/codes/catalogue.h"

namespace tuixuan::client {

static void tell_line(std::string_view sentence, std::string_view advice, std::string_view between) {
  std::string line(sentence);
  if (!advice.empty()) (line += between) += advice;
  std::fprintf(stderr, "  %s\n", line.c_str());
}

void tell_refusal(std::string_view program, const Error& why) {
  const Sentences words = sentences_of(why.check);
  const Sentences advice = advice_on(why.check);
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(program.size()), program.data(), why.text().c_str());
  tell_line(words.zh, advice.zh, "；");
  tell_line(words.en, advice.en, "; ");
}

}  // namespace tuixuan::client
