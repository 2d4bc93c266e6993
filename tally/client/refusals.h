// What every program says on standard error when it cannot go on: what happened and to what, then in Chinese what it is
// and what to do, by the check that refused (tally/election/checks.h for those of the log).
#pragma once

#include "crypto/base/result.h"

namespace tuixuan::client {

// The Chinese line of a check; empty for one that nobody has words for.
std::string_view in_chinese(std::string_view check);
// program: its name, such as "tuixuan-trustee".
void tell_refusal(std::string_view program, const Error& why);

}  // namespace tuixuan::client
