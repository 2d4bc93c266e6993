// What an outsider can cause is a value: Result<T> holds a T or an Error. Nothing here throws.
// An Error has the code of the check that refused (crypto/codes; the catalogue has its name and what people are told)
// and says in English what happened and to which item. What only a bug of ours can cause stops the program: bug().
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

#include "crypto/codes/code.h"

namespace tuixuan {

struct [[nodiscard]] Error {
  Code check;        // which check refused
  std::string what;  // what happened, to which item

  std::string text() const;  // the name of the check, and what
  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Code check, std::string what) {
  return tl::unexpected<Error>(Error{check, std::move(what)});
}
// The same error, told with where it happened: "mix 2 of committee: " + what.
[[nodiscard]] inline tl::unexpected<Error> fail_at(std::string_view where, Error e) {
  e.what = std::string(where) + ": " + e.what;
  return tl::unexpected<Error>(std::move(e));
}

// What another program said, by the name of its check. A name that is not listed stays readable in what.
[[nodiscard]] Error error_named(std::string_view name, std::string what);

enum class ErrorKind;
ErrorKind kind_of(const Error&);  // what can be done about it: crypto/codes/catalogue.h

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
