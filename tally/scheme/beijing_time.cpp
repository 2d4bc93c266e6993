#include "tally/scheme/beijing_time.h"

#include <chrono>
#include <cstdio>

#include "crypto/codes/base.h"

namespace tuixuan::scheme {

static constexpr std::int64_t kDay = 24 * 60;
static constexpr std::int64_t kAheadOfUtc = 8 * 60;

Result<std::uint32_t> parse_beijing_time(const std::string& text) {
  static constexpr std::string_view kForm = "0000-00-00T00:00";
  bool fits = text.size() == kForm.size();
  for (std::size_t i = 0; fits && i < kForm.size(); ++i)
    fits = kForm[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == kForm[i];
  if (!fits)
    return fail(code::plain::time, "\"" + text + "\" 应写作 2026-12-01T09:00 / is not written as 2026-12-01T09:00");
  const auto number = [&](std::size_t at, std::size_t n) { return std::stoi(text.substr(at, n)); };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  const int hour = number(11, 2);
  const int minute = number(14, 2);
  if (!day.ok() || hour > 23 || minute > 59 || day.year() < std::chrono::year(1971))
    return fail(code::plain::time, "\"" + text + "\" 不是一个时间 / is no time");
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  return static_cast<std::uint32_t>(days * kDay + hour * 60 + minute - kAheadOfUtc);
}

std::string beijing_time(std::uint32_t minutes) {
  const std::int64_t local = std::int64_t{minutes} + kAheadOfUtc;
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(local / kDay))};
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d", int(day.year()), unsigned(day.month()),
                unsigned(day.day()), static_cast<int>(local % kDay / 60), static_cast<int>(local % 60));
  return out;
}

}  // namespace tuixuan::scheme
