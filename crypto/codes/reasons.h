// Codes: why something came out as it did, as reports have it. code::reason::<identifier>, listed in reasons.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/reasons.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
