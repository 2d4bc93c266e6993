// A request and its answer, without the network: what the routes work on.
#pragma once

#include <memory>
#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan::http {

enum class Method { get, post, put, other };  // HEAD is answered as GET without the body

struct Request {
  Method method = Method::other;
  std::string target;         // as sent: path, perhaps with a query
  std::string authorization;  // the header's value, or empty
  std::string if_none_match;  // likewise
  Bytes body;
  std::string accept_encoding = {};
  std::string range = {};
  std::string if_range = {};
};

// Held in memory once for all who are sent it.
using SharedBytes = std::shared_ptr<const Bytes>;

struct Response {
  unsigned status = 200;
  std::string type = "application/json";
  Bytes body;
  bool immutable = false;    // may be kept by caches for ever
  unsigned retry_after = 0;  // seconds; 0: not said
  std::string tag = {};      // of the content; with one, caches ask whether it is still the same, and parts may be had
  std::string location = {};
  bool page = false;          // for browsers: held to the board's content security policy
  SharedBytes shared = {};    // instead of body
  SharedBytes packed = {};    // the same by gzip
  std::string encoding = {};  // Content-Encoding, Content-Range of what is sent: set by fit()
  std::string content_range = {};
  std::size_t first = 0;  // with content_range: of the content
  std::size_t length = 0;

  ByteView content() const { return shared ? ByteView(*shared) : ByteView(body); }
  ByteView sent() const { return content_range.empty() ? content() : content().subspan(first, length); }
};

Response text(std::string body, std::string type = "text/plain; charset=utf-8");
Response data(Bytes body);
Response json(std::string body);
// {"check", "what", "zh", "en"}: the check's stable name, what happened to which item, and its meaning for people.
Response refusal(const Error& why);
unsigned status_of(const Error& why);

}  // namespace tuixuan::http
