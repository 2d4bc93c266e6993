// Times as people at a congress say them, "2026-12-01T09:00" in Beijing (UTC+8), and as the log keeps them, in minutes
// since 1970-01-01 UTC.
#pragma once

#include <string>

#include "crypto/base/result.h"

namespace tuixuan::scheme {

// Error "time": not of this form, or no such day.
[[nodiscard]] Result<std::uint32_t> parse_beijing_time(const std::string& text);
std::string beijing_time(std::uint32_t minutes);

}  // namespace tuixuan::scheme
