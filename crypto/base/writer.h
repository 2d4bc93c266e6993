// Writes the one canonical byte string of a value: little-endian numbers, fixed fields as they are, everything of
// variable length behind its u32 length. Reader takes exactly these bytes back.
#pragma once

#include "crypto/base/bytes.h"

namespace tuixuan {

class Writer {
 public:
  Writer& u8(std::uint8_t v) { return little_endian(v, 1); }
  Writer& u16(std::uint16_t v) { return little_endian(v, 2); }
  Writer& u32(std::uint32_t v) { return little_endian(v, 4); }
  Writer& u64(std::uint64_t v) { return little_endian(v, 8); }
  Writer& fixed(ByteView b) {  // bytes whose number the reader knows
    bytes_.insert(bytes_.end(), b.begin(), b.end());
    return *this;
  }
  Writer& blob(ByteView b) {  // u32 length, then the bytes
    if (b.size() > 0xffffffffU) bug("a blob over 4 GiB");
    u32(static_cast<std::uint32_t>(b.size()));
    return fixed(b);
  }
  Writer& text(std::string_view s) { return blob(as_bytes(s)); }
  Writer& count(std::size_t n) {  // number of items that follow, as u32
    if (n > 0xffffffffU) bug("more than 2^32 items");
    return u32(static_cast<std::uint32_t>(n));
  }

  const Bytes& bytes() const { return bytes_; }
  Bytes take() { return std::move(bytes_); }

 private:
  Writer& little_endian(std::uint64_t v, int n) {
    for (int i = 0; i < n; ++i) bytes_.push_back(static_cast<std::uint8_t>(v >> (8 * i)));
    return *this;
  }
  Bytes bytes_;
};

}  // namespace tuixuan
