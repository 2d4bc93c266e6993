// The head of a request, read strictly (RFC 9112) from bytes alone: one request line, each field once where a second
// one could be read in two ways, nothing that another program on the way could take for something else. Refuses what is
// lenient elsewhere: bare LF or CR, folded lines, space before a colon, control characters, signs or lists in a
// Content-Length, two of them, any Transfer-Encoding (a body says its length), two or no Host, a body with GET or HEAD.
// Errors: "http.form", "http.size" (the head, or a length that no number holds), "http.length", "http.body".
#pragma once

#include <optional>

#include "server/http/message.h"

namespace tuixuan::http {

struct Head {
  Request request;                      // without its body
  bool head_only = false;               // HEAD: answered as GET without the body
  bool keep_alive = true;               // what the client wants
  bool expects_continue = false;        // waits for "100 Continue" before it sends its body
  std::optional<std::uint64_t> length;  // of the body, if one was announced
};

inline constexpr std::size_t kMostFields = 100;

// Where the head ends, its last empty line included; none yet. Error: "http.form", a line that ends otherwise than by
// CRLF, as soon as it is seen.
[[nodiscard]] Result<std::optional<std::size_t>> end_of_head(ByteView bytes);
// head: up to the empty line, as end_of_head() found it.
[[nodiscard]] Result<Head> read_head(ByteView head);

}  // namespace tuixuan::http
