// Bytes and their text form. ByteView is a borrowed, read-only stretch of bytes; Bytes owns them.
// Hex is lower case in and out: one byte string has exactly one spelling (decoding refuses capitals).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/base/result.h"
#include "crypto/codes/base.h"

namespace tuixuan {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
template <std::size_t N>
using ByteArray = std::array<std::uint8_t, N>;

inline ByteView as_bytes(std::string_view s) { return {reinterpret_cast<const std::uint8_t*>(s.data()), s.size()}; }
inline std::string_view as_text(ByteView b) { return {reinterpret_cast<const char*>(b.data()), b.size()}; }
inline Bytes to_bytes(ByteView b) { return {b.begin(), b.end()}; }
inline Bytes to_bytes(std::string_view s) { return to_bytes(as_bytes(s)); }
bool equal(ByteView a, ByteView b);  // not constant time: public data only

std::string to_hex(ByteView b);
// Errors: "hex" for an odd length, a capital or any other character.
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);
template <std::size_t N>
[[nodiscard]] Result<ByteArray<N>> array_from_hex(std::string_view text) {
  TUIXUAN_TRY(bytes, from_hex(text));
  if (bytes.size() != N)
    return fail(code::plain::hex,
                "expected " + std::to_string(N) + " bytes of hex, got " + std::to_string(bytes.size()));
  ByteArray<N> out;
  std::memcpy(out.data(), bytes.data(), N);
  return out;
}

// Base32 of RFC 4648 section 6 in capitals, without padding: for slips and trackers that people type.
std::string to_base32(ByteView b);
// Accepts small letters, and spaces or hyphens between groups. Errors: "base32" for another character, a length that
// no byte string has, or spare bits that are not zero.
[[nodiscard]] Result<Bytes> from_base32(std::string_view text);

}  // namespace tuixuan
