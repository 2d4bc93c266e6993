// Codes: what is wrong with one voter's choices. code::<area>::<identifier>, listed in ballot.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/ballot.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
