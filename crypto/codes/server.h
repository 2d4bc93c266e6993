// Codes: the server, its ledger, its witnesses. code::<area>::<identifier>, listed in server.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/server.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
