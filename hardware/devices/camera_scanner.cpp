#include <algorithm>

#include "hardware/devices/camera.h"

namespace tuixuan::devices {

// A hand trembles and a picture blurs: a code is gone only after some pictures without it.
static constexpr int kGoneAfter = 10;

Result<std::optional<std::string>> CameraScanner::scan(std::chrono::milliseconds wait) {
  const auto deadline = std::chrono::steady_clock::now() + wait;
  while (true) {
    const auto now = std::chrono::steady_clock::now();
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now);
    TUIXUAN_TRY(frame, camera_->look(std::max(left, std::chrono::milliseconds(0))));
    if (!frame) return std::optional<std::string>();
    if (now - looked_ < rest_ && now < deadline) continue;
    looked_ = now;
    TUIXUAN_CHECK(light_of(*frame, light_));
    auto code = read_code(light_);
    if (code && *code != last_) {
      last_ = *code;
      without_ = 0;
      return code;
    }
    without_ = code ? 0 : without_ + 1;
    if (without_ >= kGoneAfter) last_.clear();
    if (std::chrono::steady_clock::now() >= deadline) return std::optional<std::string>();
  }
}

}  // namespace tuixuan::devices
