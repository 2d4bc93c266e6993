// Codes: the steps of the organiser, forms, pages, the demo. code::<area>::<identifier>, listed in organiser.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/organiser.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
