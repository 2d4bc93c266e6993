// A role's key file as one line of capitals and digits, for a QR code that a code reader reads: TXKEY1-, the sealed
// file in base32, and four characters that find a letter read wrongly. It is a copy of the file: who has it and the
// passphrase has the key. Fits what a reader gives (hardware/devices, Scanner::kMaxCode). Errors: "key.code" (no key's
// code; a key that is no role's), "key.damaged" (not read whole, or a letter is wrong), and those of open_key_file.
#pragma once

#include <string>

#include "crypto/primitives/sign.h"

namespace tuixuan::client {

inline constexpr std::string_view kKeyCodePrefix = "TXKEY1-";

[[nodiscard]] Result<std::string> key_code(ByteView sealed);
// Accepts small letters.
[[nodiscard]] Result<Bytes> parse_key_code(std::string_view text);

}  // namespace tuixuan::client
