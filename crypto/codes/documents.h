// Codes: files of schemes and reports, tables of papers and rolls. code::<area>::<identifier>, listed in documents.def.
#pragma once

#include "crypto/codes/code.h"

namespace tuixuan::code {

#include "crypto/codes/enumerate.inc"

#include "crypto/codes/documents.def"

#include "crypto/codes/forget.inc"

}  // namespace tuixuan::code
