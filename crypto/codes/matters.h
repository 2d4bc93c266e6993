// Codes: what of a result is still open. code::matter::<identifier>, listed in matters.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/matters.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
