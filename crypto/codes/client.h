// Codes: the network, keys, devices, trustees. code::<area>::<identifier>, listed in client.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/client.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
