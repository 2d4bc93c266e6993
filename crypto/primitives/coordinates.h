// The affine coordinates of a point of edwards25519 (RFC 8032), each below 2^255 - 19, as four 64-bit words,
// little-endian. (0, 0) is no point of the curve and stands for "not known".
#pragma once

#include <cstdint>

namespace tuixuan::primitives {

struct Coordinates {
  std::uint64_t x[4] = {};
  std::uint64_t y[4] = {};
  bool known() const { return (y[0] | y[1] | y[2] | y[3] | x[0] | x[1] | x[2] | x[3]) != 0; }
};

}  // namespace tuixuan::primitives
