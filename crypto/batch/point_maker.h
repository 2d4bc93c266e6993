// Makes points of bytes that this room has shown to be an encoding, or has encoded itself.
#pragma once

#include <algorithm>

#include "crypto/primitives/point.h"

namespace tuixuan::batch {

class PointMaker {
 public:
  static primitives::Point make(ByteView bytes, const primitives::Coordinates& c = {}) {
    primitives::Point p;
    std::copy(bytes.begin(), bytes.end(), p.bytes_.begin());
    p.coordinates_ = c;
    return p;
  }
};

}  // namespace tuixuan::batch
