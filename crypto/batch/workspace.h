// The memory of one thread's windows (engine.h, Scratch).
#pragma once

#include <vector>

#include "crypto/batch/engine.h"

namespace tuixuan::batch {

class Workspace {
 public:
  Workspace(std::size_t points, unsigned bits)
      : sorted_(points),
        ends_((std::size_t{1} << bits) + 2),
        order_(std::size_t{1} << bits),
        buckets_(std::size_t{1} << bits),
        scratch_{sorted_.data(), ends_.data(), order_.data(), buckets_.data(), neutral(), neutral()} {}
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  Scratch& scratch() { return scratch_; }

 private:
  std::vector<std::uint32_t> sorted_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint32_t> order_;
  std::vector<Extended> buckets_;
  Scratch scratch_;
};

}  // namespace tuixuan::batch
