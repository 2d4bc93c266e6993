// What a fuzz target demands: a broken promise stops the program, in every kind of build.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "crypto/base/bytes.h"

namespace tuixuan::fuzz {

inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

// decode(bytes) either refuses with a named check, or gives a value that encodes to the very same bytes.
template <class Decoded>
void require_canonical(ByteView bytes, const Decoded& decoded, const char* what) {
  if (decoded) {
    require(equal(decoded->encode(), bytes), what);
  } else {
    require(decoded.error().check != Code() && !decoded.error().what.empty(),
            "a refusal names its check and its reason");
  }
}

}  // namespace tuixuan::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
