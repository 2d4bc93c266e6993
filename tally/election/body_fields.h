// Fields that the bodies of several kinds share, and their strict readers. Included by the two sources of bodies only.
#pragma once

#include "tally/election/bodies.h"

namespace tuixuan::election {

inline constexpr std::size_t kMaxText = 1024;
inline constexpr std::size_t kMaxItems = 1024;

template <class Id>
Id read_name(Reader& r) {
  Id id{r.text(32)};
  if (r.ok() && !is_short_name(id.name)) r.refuse("a short name is 1 to 32 of a-z A-Z 0-9 . _ -");
  return id;
}

inline ObjectRef read_object(Reader& r) {
  ObjectRef o;
  o.hash.bytes = r.array<32>();
  o.length = r.u64();
  if (o.length > kMaxObjectSize) r.refuse("an object over 512 MiB");
  return o;
}

inline void write_object(Writer& w, const ObjectRef& o) { w.fixed(o.hash.view()).u64(o.length); }

inline bool read_bool(Reader& r) {
  const std::uint8_t b = r.u8();
  if (b > 1) r.refuse("a yes or no is 1 or 0");
  return b == 1;
}

// Decodes one body: read() fills it, then nothing may be left.
template <class Body, class Read>
Result<Body> decode_body(ByteView bytes, std::string_view name, Read read) {
  Reader r(bytes, name, "E02.encoding");
  Body body;
  read(r, body);
  TUIXUAN_CHECK(r.finish());
  return body;
}

}  // namespace tuixuan::election
