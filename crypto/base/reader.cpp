#include "crypto/base/reader.h"

#include <algorithm>

#include "crypto/codes/base.h"

namespace tuixuan {

Reader::Reader(ByteView bytes, std::string_view name) : Reader(bytes, name, code::plain::decode) {}

void Reader::refuse(std::string_view why) {
  if (faulty_) return;
  faulty_ = true;
  fault_ = Error{check_, name_ + ": " + std::string(why) + " at byte " + std::to_string(at_)};
}

ByteView Reader::fixed(std::size_t n) {
  if (!faulty_ && n > left()) refuse("ends too early");
  if (faulty_) return {};
  const ByteView out = bytes_.subspan(at_, n);
  at_ += n;
  return out;
}

std::uint64_t Reader::little_endian(std::size_t n) {
  std::uint64_t v = 0;
  const ByteView b = fixed(n);
  for (std::size_t i = 0; i < b.size(); ++i) v |= std::uint64_t{b[i]} << (8 * i);
  return v;
}

ByteView Reader::blob(std::size_t max) {
  const std::size_t n = u32();
  if (n > max) refuse("a field longer than its limit of " + std::to_string(max) + " bytes");
  return fixed(n);
}

std::string Reader::text(std::size_t max) {
  const ByteView b = blob(max);
  if (!is_printable_utf8(as_text(b))) {
    refuse("a text that is not plain UTF-8");
    return {};
  }
  return std::string(as_text(b));
}

std::size_t Reader::count(std::size_t max, std::size_t min_item_size) {
  const std::size_t n = u32();
  if (n > max) refuse("more items than the limit of " + std::to_string(max));
  if (!faulty_ && min_item_size > 0 && n > left() / min_item_size) refuse("more items announced than bytes are there");
  return faulty_ ? 0 : n;
}

Result<void> Reader::finish() {
  if (!faulty_ && left() != 0) refuse(std::to_string(left()) + " trailing bytes");
  if (faulty_) return tl::unexpected<Error>(fault_);
  return {};
}

// Length of the character at s[i], or 0 if it is not well formed.
static std::size_t utf8_length(std::string_view s, std::size_t i) {
  const auto byte = [&](std::size_t k) { return k < s.size() ? static_cast<std::uint8_t>(s[k]) : std::uint8_t{0}; };
  const auto tail = [&](std::size_t k) { return (byte(k) & 0xc0) == 0x80; };
  const std::uint8_t a = byte(i);
  const std::uint8_t b = byte(i + 1);
  if (a < 0x80) return 1;
  if (a >= 0xc2 && a <= 0xdf) return tail(i + 1) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef) {
    const bool range = (a != 0xe0 || b >= 0xa0) && (a != 0xed || b <= 0x9f);
    return range && tail(i + 1) && tail(i + 2) ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const bool range = (a != 0xf0 || b >= 0x90) && (a != 0xf4 || b <= 0x8f);
    return range && tail(i + 1) && tail(i + 2) && tail(i + 3) ? 4 : 0;
  }
  return 0;
}

bool is_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t n = utf8_length(s, i);
    if (n == 0) return false;
    i += n;
  }
  return true;
}

// What is not seen, or changes how its neighbours are seen; what has no meaning agreed between people.
static bool is_hidden(std::uint32_t c) {
  static constexpr std::pair<std::uint32_t, std::uint32_t> kRanges[] = {
      {0x0, 0x1f},      {0x7f, 0x9f},     {0xad, 0xad},       {0x61c, 0x61c},     {0x180e, 0x180e},
      {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f},   {0xe000, 0xf8ff},   {0xfdd0, 0xfdef},
      {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff}, {0xf0000, 0x10ffff}};
  const auto in = [c](const auto& range) { return c >= range.first && c <= range.second; };
  return (c & 0xfffeU) == 0xfffe || std::any_of(std::begin(kRanges), std::end(kRanges), in);
}

static std::uint32_t code_point(std::string_view s, std::size_t i, std::size_t n) {
  const auto byte = [&](std::size_t k) { return std::uint32_t{static_cast<std::uint8_t>(s[i + k])}; };
  if (n == 1) return byte(0);
  std::uint32_t c = byte(0) & (0x7fU >> n);
  for (std::size_t k = 1; k < n; ++k) c = c << 6U | (byte(k) & 0x3fU);
  return c;
}

bool is_printable_utf8(std::string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t n = utf8_length(s, i);
    if (n == 0 || is_hidden(code_point(s, i, n))) return false;
    i += n;
  }
  return true;
}

}  // namespace tuixuan
