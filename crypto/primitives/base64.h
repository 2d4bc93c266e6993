// Base64 of RFC 4648 section 4 (standard alphabet, padded), strictly: no white space, no missing padding, no spare bits
// that are not zero. Signed notes use it.
#pragma once

#include "crypto/base/bytes.h"

namespace tuixuan::primitives {

std::string to_base64(ByteView bytes);
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);  // error "base64"

}  // namespace tuixuan::primitives
