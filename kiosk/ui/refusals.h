// What the program says on standard error when it cannot go on: what happened and to what, then in Chinese what to do.
#pragma once

#include "crypto/base/result.h"

namespace tuixuan::kiosk {

void tell_refusal(const Error& why);

}  // namespace tuixuan::kiosk
