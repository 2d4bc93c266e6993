// Codes: the kiosk, its journal, its slips. code::<area>::<identifier>, listed in kiosk.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/kiosk.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
