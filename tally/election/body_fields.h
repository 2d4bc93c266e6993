// A body is described once, by the order of its fields; from that come its one byte string and its strict reader:
//
//   struct AuditBody {
//     std::uint64_t log_size = 0;
//     bool holds = false;
//     template <class Io> static void fields(Io& io, auto& b) { io(b.log_size)(b.holds); }
//     TUIXUAN_BODY(AuditBody, "audit")   // encode(), decode(); the name stands in errors
//   };
//
// Numbers are little-endian of the width of their type, texts and lists behind a u32 length or count, names as texts of
// 1 to 32 characters, keys and hashes as they are. decode() refuses what is not exactly that with "E02.encoding".
#pragma once

#include <concepts>
#include <vector>

#include "crypto/base/ids.h"
#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/entries.h"
#include "crypto/primitives/point.h"

namespace tuixuan::election {

inline constexpr std::uint64_t kMaxObjectSize = 512ULL << 20U;
inline constexpr std::size_t kMaxText = 1024;
inline constexpr std::size_t kMaxItems = 1024;

template <class T>
concept Named = requires(T t) {
  { t.name } -> std::same_as<std::string&>;
};
template <class T>
concept FixedBytes = requires(T t) {
  t.bytes.size();
};  // hashes, keys, signatures
template <class T>
concept Numbered = requires(T t) {
  { t.value } -> std::same_as<std::uint32_t&>;
};
template <class T>
concept Object = requires(T t) {
  t.hash, t.length;
};

class BodyWriter {
 public:
  template <class T>
  BodyWriter& operator()(const T& v) {
    if constexpr (std::same_as<T, bool>) {
      w_.u8(v ? 1 : 0);
    } else if constexpr (std::same_as<T, std::uint8_t>) {
      w_.u8(v);
    } else if constexpr (std::same_as<T, std::uint32_t>) {
      w_.u32(v);
    } else if constexpr (std::same_as<T, std::uint64_t>) {
      w_.u64(v);
    } else if constexpr (std::same_as<T, std::string>) {
      w_.text(v);
    } else if constexpr (std::same_as<T, primitives::Scalar>) {
      w_.fixed(v.bytes());
    } else if constexpr (std::same_as<T, primitives::Point>) {
      w_.fixed(v.view());
    } else if constexpr (Object<T>) {
      w_.fixed(v.hash.view()).u64(v.length);
    } else if constexpr (Numbered<T>) {
      w_.u32(v.value);
    } else if constexpr (FixedBytes<T>) {
      w_.fixed(v.view());
    } else {
      static_assert(Named<T>, "a field of this type has no bytes");
      w_.text(v.name);
    }
    return *this;
  }
  BodyWriter& text(const std::string& v, std::size_t) {
    w_.text(v);
    return *this;
  }
  BodyWriter& blob(const Bytes& v, std::size_t) {
    w_.blob(v);
    return *this;
  }
  // Numbers of people are u32 on the log: sums of them cannot overflow.
  BodyWriter& people(std::uint64_t n) {
    if (n > 0xffffffffU) bug("more people than an entry can hold");
    w_.u32(static_cast<std::uint32_t>(n));
    return *this;
  }
  template <class E>
  BodyWriter& choice(E v, E, E, std::string_view) {
    w_.u8(static_cast<std::uint8_t>(v));
    return *this;
  }
  template <class T, class Item>
  BodyWriter& list(const std::vector<T>& all, std::size_t, std::size_t, Item item) {
    w_.count(all.size());
    for (const T& v : all) item(v);
    return *this;
  }
  Bytes take() { return w_.take(); }

 private:
  Writer w_;
};

class BodyReader {
 public:
  BodyReader(ByteView bytes, std::string_view name) : r_(bytes, name, code::E02::encoding) {}

  template <class T>
  BodyReader& operator()(T& v) {
    if constexpr (std::same_as<T, bool>) {
      const std::uint8_t b = r_.u8();
      if (b > 1) r_.refuse("a boolean is 0 or 1");
      v = b == 1;
    } else if constexpr (std::same_as<T, std::uint8_t>) {
      v = r_.u8();
    } else if constexpr (std::same_as<T, std::uint32_t>) {
      v = r_.u32();
    } else if constexpr (std::same_as<T, std::uint64_t>) {
      v = r_.u64();
    } else if constexpr (std::same_as<T, std::string>) {
      v = r_.text(kMaxText);
    } else if constexpr (std::same_as<T, primitives::Scalar> || std::same_as<T, primitives::Point>) {
      auto read = T::decode(r_.fixed(32));
      if (!read)
        r_.refuse(std::same_as<T, primitives::Point> ? "a point that is not canonical"
                                                     : "a scalar that is not canonical");
      v = read.value_or(T{});
    } else if constexpr (Object<T>) {
      v.hash.bytes = r_.template array<32>();
      v.length = r_.u64();
      if (v.length > kMaxObjectSize) r_.refuse("an object over 512 MiB");
    } else if constexpr (Numbered<T>) {
      v.value = r_.u32();
    } else if constexpr (FixedBytes<T>) {
      v.bytes = r_.template array<sizeof(v.bytes)>();
    } else {
      static_assert(Named<T>, "a field of this type has no bytes");
      v.name = r_.text(32);
      if (r_.ok() && !is_short_name(v.name)) r_.refuse("a short name is 1 to 32 of a-z A-Z 0-9 . _ -");
    }
    return *this;
  }
  BodyReader& text(std::string& v, std::size_t max) {
    v = r_.text(max);
    return *this;
  }
  BodyReader& blob(Bytes& v, std::size_t max) {
    v = to_bytes(r_.blob(max));
    return *this;
  }
  BodyReader& people(std::uint64_t& n) {
    n = r_.u32();
    return *this;
  }
  // One of an enumeration's consecutive values.
  template <class E>
  BodyReader& choice(E& v, E first, E last, std::string_view why) {
    const std::uint8_t number = r_.u8();
    if (number < static_cast<std::uint8_t>(first) || number > static_cast<std::uint8_t>(last)) r_.refuse(why);
    v = static_cast<E>(number);
    return *this;
  }
  // least: bytes that the smallest item has.
  template <class T, class Item>
  BodyReader& list(std::vector<T>& all, std::size_t most, std::size_t least, Item item) {
    all.resize(r_.count(most, least));
    for (T& v : all) item(v);
    return *this;
  }
  Result<void> finish() { return r_.finish(); }

 private:
  Reader r_;
};

template <class Body>
Bytes encode_body(const Body& body) {
  BodyWriter io;
  Body::fields(io, body);
  return io.take();
}

template <class Body>
Result<Body> decode_body(ByteView bytes, std::string_view name) {
  BodyReader io(bytes, name);
  Body body;
  Body::fields(io, body);
  TUIXUAN_CHECK(io.finish());
  return body;
}

}  // namespace tuixuan::election

#define TUIXUAN_BODY(Body, what)                      \
  Bytes encode() const { return encode_body(*this); } \
  [[nodiscard]] static Result<Body> decode(ByteView b) { return decode_body<Body>(b, what); }
