// What an outsider can cause is a value: Result<T> holds a T or an Error. Nothing here throws.
// An Error names the check that refused ("V08.pok", "hex", ...; stable, tested, translated where people see it) and
// says in English what happened and to which item. What only a bug of ours can cause stops the program: bug().
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace tuixuan {

struct [[nodiscard]] Error {
  std::string check;  // stable name of the refusing check
  std::string what;   // what happened, to which item

  std::string text() const { return check + ": " + what; }
  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(std::string_view check, std::string what) {
  return tl::unexpected<Error>(Error{std::string(check), std::move(what)});
}
// The same error, told with where it happened: "mix 2 of committee: " + what.
[[nodiscard]] inline tl::unexpected<Error> fail_at(std::string_view where, Error e) {
  e.what = std::string(where) + ": " + e.what;
  return tl::unexpected<Error>(std::move(e));
}

[[noreturn]] void bug(const char* what);

}  // namespace tuixuan

#define TUIXUAN_CONCAT2(a, b) a##b
#define TUIXUAN_CONCAT(a, b) TUIXUAN_CONCAT2(a, b)
// TUIXUAN_TRY(name, expression): name = the value, or return the error from this function.
#define TUIXUAN_TRY(name, ...)                                                                 \
  auto TUIXUAN_CONCAT(name, _result) = (__VA_ARGS__);                                          \
  if (!TUIXUAN_CONCAT(name, _result))                                                          \
    return tl::unexpected<::tuixuan::Error>(std::move(TUIXUAN_CONCAT(name, _result).error())); \
  auto& name = *TUIXUAN_CONCAT(name, _result)
// TUIXUAN_CHECK(expression of type Result<void>): return its error, if any.
#define TUIXUAN_CHECK(...)                                                              \
  do {                                                                                  \
    if (auto tuixuan_check_result = (__VA_ARGS__); !tuixuan_check_result)               \
      return tl::unexpected<::tuixuan::Error>(std::move(tuixuan_check_result.error())); \
  } while (false)
