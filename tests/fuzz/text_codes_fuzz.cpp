// Hex, base32 and base64: both ways round, and from arbitrary text: one text for one byte string (base32 as it is typed
// may have small letters, spaces and hyphens, so there it is the normal form that must agree).
#include <cctype>

#include "crypto/base/reader.h"
#include "crypto/primitives/base64.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

std::string normal_base32(std::string_view typed) {
  std::string out;
  for (const char c : typed)
    if (c != ' ' && c != '-') out += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return out;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const std::string_view text = as_text(bytes);

  const auto hex = from_hex(to_hex(bytes));
  const auto base32 = from_base32(to_base32(bytes));
  const auto base64 = primitives::from_base64(primitives::to_base64(bytes));
  fuzz::require(hex && equal(*hex, bytes), "hex of bytes reads back");
  fuzz::require(base32 && equal(*base32, bytes), "base32 of bytes reads back");
  fuzz::require(base64 && equal(*base64, bytes), "base64 of bytes reads back");

  if (const auto b = from_hex(text)) fuzz::require(to_hex(*b) == text, "hex has one spelling");
  if (const auto b = from_base32(text))
    fuzz::require(to_base32(*b) == normal_base32(text), "base32 has one normal form");
  if (const auto b = primitives::from_base64(text))
    fuzz::require(primitives::to_base64(*b) == text, "base64 has one spelling");
  if (is_printable_utf8(text)) fuzz::require(is_utf8(text), "printable text is text");
  return 0;
}
