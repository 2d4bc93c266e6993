#include "crypto/base/bytes.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"

namespace tuixuan {

std::string Error::text() const { return std::string(name_of(check)) + ": " + what; }

ErrorKind kind_of(const Error& why) { return kind_of(why.check); }

Error error_named(std::string_view name, std::string what) {
  if (is_listed(name)) return {code_named(name), std::move(what)};
  return {code::plain::unknown, std::string(name.substr(0, 100)) + ": " + what};
}

void bug(const char* what) {
  std::fprintf(stderr, "tuixuan: internal error: %s\n", what);
  std::abort();
}

bool equal(ByteView a, ByteView b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

std::string to_hex(ByteView b) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * b.size());
  for (const std::uint8_t byte : b) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(code::plain::hex, "odd number of hex digits");
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]);
    const int low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0)
      return fail(code::plain::hex, "not a lower-case hex digit at position " + std::to_string(i));
    out.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return out;
}

std::string to_base32(ByteView b) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  unsigned pending = 0;
  int bits = 0;
  for (const std::uint8_t byte : b) {
    pending = pending << 8 | byte;
    for (bits += 8; bits >= 5; bits -= 5) out += kDigits[pending >> (bits - 5) & 31];
    pending &= (1U << bits) - 1;
  }
  if (bits > 0) out += kDigits[pending << (5 - bits) & 31];
  return out;
}

Result<Bytes> from_base32(std::string_view text) {
  Bytes out;
  unsigned pending = 0;
  int bits = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    unsigned value = 0;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<unsigned>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<unsigned>(c - 'a');
    } else if (c >= '2' && c <= '7') {
      value = static_cast<unsigned>(c - '2') + 26;
    } else if (c == ' ' || c == '-') {
      continue;
    } else {
      return fail(code::plain::base32, "a character that no code contains (codes use A to Z and 2 to 7)");
    }
    ++digits;
    pending = pending << 5 | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(pending >> bits));
    }
    pending &= (1U << bits) - 1;
  }
  if (bits >= 5 || pending != 0)
    return fail(code::plain::base32, "no code has this length and ending (" + std::to_string(digits) + " characters)");
  return out;
}

}  // namespace tuixuan
