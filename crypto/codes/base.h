// Codes: what every room may refuse: texts, numbers, sealed keys. code::<area>::<identifier>, listed in base.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/base.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
