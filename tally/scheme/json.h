// Strict JSON as a tree that keeps what was written: members in their order, repeated ones too, and numbers only as
// whole numbers from 0 to 2^64-1. RFC 8259; UTF-8 is checked, no comments, no trailing commas. Boost.JSON's own tree
// would let the last of repeated members win, take 1e400, and make a double of 2^64: only its parser is used here.
#pragma once

#include <string>
#include <vector>

#include "crypto/base/bytes.h"

namespace tuixuan::scheme {

struct JsonMember;

struct Json {
  // other: a number that is negative, has a fraction or an exponent, or is too large
  enum class Type { null, boolean, integer, text, array, object, other };
  Type type = Type::null;
  bool boolean = false;
  std::uint64_t integer = 0;
  std::string text;
  std::vector<Json> items;
  std::vector<JsonMember> members;
};

struct JsonMember {
  std::string key;
  Json value;
};

inline constexpr std::size_t kMaxFile = std::size_t{4} << 20;
inline constexpr std::size_t kMaxDepth = 16;

// Errors: "json": not JSON, with the byte position; too long, too deep.
[[nodiscard]] Result<Json> parse_json(ByteView file, std::size_t max_size = kMaxFile);

// A JSON string with its quotes; escapes only what must be: quote, backslash, control characters (as \u00xx).
void append_string(std::string& out, std::string_view text);

}  // namespace tuixuan::scheme
