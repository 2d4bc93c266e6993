// Codes: what the log, its entries and its record are refused for (crypto/README.md has the list V01 to V15).
// code::<area>::<identifier>, listed in entries.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/entries.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
