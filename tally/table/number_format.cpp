#include "tally/table/number_format.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace tuixuan::table {

namespace {

constexpr double kLastDay = 2958465;        // 9999-12-31
constexpr double kExact = 999999999999999;  // 15 digits

// Without quoted text, escapes, colours and conditions; up to the first semicolon. [h] counts hours.
std::string bare(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '"') {
      while (++i < code.size() && code[i] != '"') {
      }
    } else if (c == '[') {
      const auto end = code.find(']', i);
      if (end == std::string_view::npos) break;
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) out += "hs";
      i = end;
    } else {
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return out;
}

std::string plain_number(double value) {
  std::array<char, 64> out{};
  if (std::abs(value) <= kExact && std::floor(value) == value) {
    const auto [end, bad] = std::to_chars(out.data(), out.data() + out.size(), static_cast<long long>(value));
    return {out.data(), end};
  }
  const auto format = std::abs(value) > kExact ? std::chars_format::scientific : std::chars_format::general;
  const int precision = format == std::chars_format::scientific ? 14 : 15;
  const auto [end, bad] = std::to_chars(out.data(), out.data() + out.size(), value, format, precision);
  std::string text(out.data(), end);
  for (char& c : text)
    if (c == 'e') c = 'E';
  return text;
}

std::string date_of(double days, bool since_1904) {
  using namespace std::chrono;
  // 1900 was no leap year, but day 60 of a workbook is its 29th of February.
  const sys_days first = since_1904 ? sys_days(year{1904} / 1 / 1) : sys_days(year{1899} / 12 / (days < 60 ? 31 : 30));
  const year_month_day day{first + std::chrono::days(static_cast<int>(days))};
  std::array<char, 32> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return out.data();
}

std::string time_of(int seconds) {
  std::array<char, 32> out{};
  if (seconds % 60 == 0)
    std::snprintf(out.data(), out.size(), "%02d:%02d", seconds / 3600, seconds / 60 % 60);
  else
    std::snprintf(out.data(), out.size(), "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return out.data();
}

}  // namespace

NumberFormat format_of_id(unsigned id) {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
    return {Shown::date, 0};
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
    return {Shown::time, 0};
  if (id == 22) return {Shown::date_and_time, 0};
  if (id == 9 || id == 10) return {Shown::percent, 0};
  return {};
}

NumberFormat format_of_code(std::string_view code) {
  const std::string text = bare(code);
  if (text == "general") return {};
  if (text.size() > 1 && text.find_first_not_of('0') == std::string::npos) return {Shown::zeros, text.size()};
  if (text.find('%') != std::string::npos) return {Shown::percent, 0};
  const bool time = text.find_first_of("hs") != std::string::npos;
  const bool date = text.find_first_of("yd") != std::string::npos || (!time && text.find('m') != std::string::npos);
  if (date) return {time ? Shown::date_and_time : Shown::date, 0};
  return {time ? Shown::time : Shown::number, 0};
}

std::string shown_as(double value, const NumberFormat& format, bool since_1904) {
  if (format.shown == Shown::percent) return plain_number(value * 100) + "%";
  if (format.shown == Shown::zeros && value >= 0 && value <= kExact && std::floor(value) == value) {
    std::string text = plain_number(value);
    if (text.size() < format.digits) text.insert(0, format.digits - text.size(), '0');
    return text;
  }
  if (format.shown == Shown::number || format.shown == Shown::zeros || value < 0 || value > kLastDay)
    return plain_number(value);
  double days = std::floor(value);
  int seconds = static_cast<int>(std::lround((value - days) * 86400));
  if (seconds == 86400) {
    seconds = 0;
    days += 1;
  }
  if (format.shown == Shown::time && days == 0) return time_of(seconds);
  return date_of(days, since_1904) + (seconds > 0 ? " " + time_of(seconds) : "");
}

}  // namespace tuixuan::table
