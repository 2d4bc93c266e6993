// A verification told to people, in one language, and to programs: JSON "tuixuan-verification/1" (README.md).
#pragma once

#include "server/verify/verify.h"

namespace tuixuan::verify {

std::string to_text(const Verification&, std::string_view language);  // "zh" or "en"
std::string to_json(const Verification&);

}  // namespace tuixuan::verify
