#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "crypto/base/reader.h"
#include "crypto/codes/client.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::devices {

using Clock = std::chrono::steady_clock;

// A complete line of what was read, if there is one.
std::optional<Result<std::optional<std::string>>> LineScanner::take_line() {
  while (true) {
    auto end = pending_.find('\n');
    if (end == std::string::npos && ended_ && !pending_.empty()) end = pending_.size();
    if (end == std::string::npos) {
      if (pending_.size() <= kMaxCode + 1) return std::nullopt;  // one more for a carriage return
      pending_.clear();
      if (skipping_) return std::nullopt;
      skipping_ = true;
      return fail(code::device::scanner, "a code of more than " + std::to_string(kMaxCode) + " bytes was scanned");
    }
    std::string line = pending_.substr(0, end);
    pending_.erase(0, std::min(pending_.size(), end + 1));
    if (std::exchange(skipping_, false)) continue;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty()) continue;
    if (line.size() > kMaxCode)
      return fail(code::device::scanner, "a code of more than " + std::to_string(kMaxCode) + " bytes was scanned");
    if (!is_printable_utf8(line)) return fail(code::device::scanner, "a code was scanned that is not text");
    return std::optional<std::string>(std::move(line));
  }
}

Result<std::optional<std::string>> LineScanner::scan(std::chrono::milliseconds wait) {
  const Clock::time_point deadline = Clock::now() + wait;
  while (true) {
    if (auto line = take_line()) return std::move(*line);
    if (ended_) return fail(code::device::scanner, "the scanner is gone; check its cable");
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd waiting{fd_, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000)));
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return system_error(code::device::scanner, "scanner");
    if (ready == 0) return std::optional<std::string>();
    std::array<char, 512> buffer{};
    const ssize_t n = read(fd_, buffer.data(), buffer.size());
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n < 0) return system_error(code::device::scanner, "scanner");
    if (n == 0) ended_ = true;
    pending_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

}  // namespace tuixuan::devices
