#include "server/http/head.h"

#include <algorithm>
#include <array>

#include "crypto/codes/server.h"

namespace tuixuan::http {
namespace {

tl::unexpected<Error> malformed(const char* what) { return fail(code::http::form, what); }

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view kOther = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kOther.find(c) != std::string_view::npos;
  });
}

bool is_visible(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// A field's value: visible characters, spaces, tabs, and bytes of other alphabets.
bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b == '\t' || (b >= 0x20 && b != 0x7f);
  });
}

bool same_name(std::string_view a, std::string_view b) {
  const auto low = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return low(x) == low(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Whether a list with commas has this word.
bool has_word(std::string_view list, std::string_view word) {
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = list.find(',');
    if (same_name(trimmed(list.substr(0, end)), word)) return true;
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
  }
  return false;
}

// Cuts the next line, which ends in CRLF, off the rest.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find("\r\n");
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return line;
}

Result<void> read_request_line(std::string_view line, Head& out) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return malformed("the request line has not three parts");
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(method)) return malformed("the method is not a word");
  if (!is_visible(target)) return malformed("the target has a space or another character that no address has");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return malformed("the version is not HTTP/1.1");
  out.keep_alive = version == "HTTP/1.1";
  out.head_only = method == "HEAD";
  out.request.method = method == "GET" || out.head_only ? Method::get
                       : method == "POST"               ? Method::post
                       : method == "PUT"                ? Method::put
                                                        : Method::other;
  out.request.target = std::string(target);
  return {};
}

Result<std::uint64_t> length_in(std::string_view value) {
  constexpr std::size_t kMostDigits = 19;
  const bool digits =
      !value.empty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return malformed("the Content-Length is not a number of digits only");
  if (value.size() > kMostDigits) return fail(code::http::size, "the Content-Length has more than 19 digits");
  std::uint64_t out = 0;
  for (const char c : value) out = out * 10 + static_cast<std::uint64_t>(c - '0');
  return out;
}

// Those fields that the server looks at; others are only held to their form.
struct Seen {
  std::size_t host = 0;
  std::size_t authorization = 0;
  std::size_t expect = 0;
};

Result<void> take_field(std::string_view name, std::string_view value, Head& out, Seen& seen) {
  Request& r = out.request;
  if (same_name(name, "host")) {
    if (++seen.host > 1) return malformed("there are two Host fields");
  } else if (same_name(name, "content-length")) {
    if (out.length) return malformed("there are two Content-Length fields");
    TUIXUAN_TRY(length, length_in(value));
    out.length = length;
  } else if (same_name(name, "transfer-encoding")) {
    return fail(code::http::length, "a body must say its length by Content-Length; no Transfer-Encoding is taken");
  } else if (same_name(name, "connection")) {
    out.keep_alive = out.keep_alive && !has_word(value, "close");
  } else if (same_name(name, "expect")) {
    if (++seen.expect > 1 || !same_name(value, "100-continue")) return malformed("an Expect that nobody knows");
    out.expects_continue = true;
  } else if (same_name(name, "authorization")) {
    if (++seen.authorization > 1) return malformed("there are two Authorization fields");
    r.authorization = std::string(value);
  } else if (same_name(name, "if-none-match")) {
    r.if_none_match = std::string(value);
  } else if (same_name(name, "accept-encoding")) {
    r.accept_encoding = std::string(value);
  } else if (same_name(name, "range")) {
    if (!out.head_only) r.range = std::string(value);  // RFC 9110, 14.2
  } else if (same_name(name, "if-range")) {
    r.if_range = std::string(value);
  }
  return {};
}

}  // namespace

Result<std::optional<std::size_t>> end_of_head(ByteView bytes) {
  const std::string_view text = as_text(bytes);
  for (std::size_t at = text.find_first_of("\r\n"); at != std::string_view::npos; at = text.find_first_of("\r\n", at)) {
    if (text[at] == '\n') return malformed("a line ends in LF without CR");
    if (at + 1 == text.size()) break;
    if (text[at + 1] != '\n') return malformed("a CR stands within a line");
    if (at == 0) return malformed("the request begins with an empty line");
    at += 2;
    if (text.substr(at, 2) == "\r\n") return std::optional(at + 2);
  }
  return std::optional<std::size_t>();
}

Result<Head> read_head(ByteView head) {
  Head out;
  Seen seen;
  std::string_view rest = as_text(head);
  TUIXUAN_CHECK(read_request_line(next_line(rest), out));
  std::size_t fields = 0;
  for (std::string_view line = next_line(rest); !line.empty(); line = next_line(rest)) {
    if (line.front() == ' ' || line.front() == '\t') return malformed("a field goes on over a second line");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
      return malformed("a field has no name, or a space before its colon");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!is_value(value)) return malformed("a field has control characters");
    if (++fields > kMostFields) return fail(code::http::size, "the head has more than 100 fields");
    TUIXUAN_CHECK(take_field(line.substr(0, colon), value, out, seen));
  }
  if (seen.host == 0) return malformed("there is no Host field");
  if (out.request.method == Method::get && out.length.value_or(0) != 0)
    return fail(code::http::body,
                "GET and HEAD have no body; " + std::to_string(*out.length) + " bytes were announced");
  return out;
}

}  // namespace tuixuan::http
