// What every program says on standard error when it cannot go on: what happened and to what, then in Chinese and
// English what it is and what to do, from the catalogue (crypto/codes).
#pragma once

#include <string_view>

#include "crypto/base/result.h"

namespace tuixuan::client {

// program: its name, such as "tuixuan-trustee".
void tell_refusal(std::string_view program, const Error& why);

}  // namespace tuixuan::client
