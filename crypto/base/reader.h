// The one bounds-checked reader of every byte format. It never reads past its input, never allocates more than its
// input could hold, and must end empty. After the first fault every further read gives zeros and the fault is kept:
//
//   Reader r(bytes, "mix");           // the name stands in the error
//   auto n = r.count(max, 64);        // items of at least 64 bytes each
//   ...
//   TUIXUAN_CHECK(r.finish());        // the first fault, or "trailing bytes"
//
// Errors: check "decode" (or the one given), with the name of what was read and the byte position.
#pragma once

#include "crypto/base/bytes.h"

namespace tuixuan {

class Reader {
 public:
  Reader(ByteView bytes, std::string_view name);
  Reader(ByteView bytes, std::string_view name, Code check) : bytes_(bytes), name_(name), check_(check) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(little_endian(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(little_endian(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(little_endian(4)); }
  std::uint64_t u64() { return little_endian(8); }
  ByteView fixed(std::size_t n);  // n bytes, borrowed; empty after a fault
  template <std::size_t N>
  ByteArray<N> array() {
    ByteArray<N> out{};
    if (const ByteView b = fixed(N); b.size() == N) std::memcpy(out.data(), b.data(), N);
    return out;
  }
  ByteView blob(std::size_t max);     // u32 length, at most max
  std::string text(std::size_t max);  // as blob; must be valid UTF-8 without control characters
  // A u32 number of items, at most max, each taking at least min_item_size of the bytes that are left.
  std::size_t count(std::size_t max, std::size_t min_item_size);

  void refuse(std::string_view why);  // the caller found a fault in what it read
  bool ok() const { return !faulty_; }
  std::size_t left() const { return bytes_.size() - at_; }
  [[nodiscard]] Result<void> finish();  // the first fault; or trailing bytes; or all well

 private:
  std::uint64_t little_endian(std::size_t n);
  ByteView bytes_;
  std::size_t at_ = 0;
  std::string name_;
  Code check_;
  bool faulty_ = false;
  Error fault_;
};

// Valid UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
bool is_utf8(std::string_view s);
// Valid UTF-8 without what is not seen or changes how its neighbours are seen: controls, bidirectional and zero-width
// formats, line separators, private use, noncharacters, tags (the list in crypto/README.md, "Entries").
bool is_printable_utf8(std::string_view s);

}  // namespace tuixuan
