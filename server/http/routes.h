// The addresses of the server (README.md lists them): C2SP tlog-tiles for reading the log, /v1 for what is ours. Every
// answer that refuses says the check's name and its meaning in both languages.
#pragma once

#include <functional>

#include "server/http/board_pages.h"
#include "server/http/message.h"
#include "server/http/shelf.h"
#include "server/service/service.h"

namespace tuixuan::http {

class Routes {
 public:
  static constexpr std::size_t kHeldBytes = std::size_t{256} << 20U;

  // held_bytes: of tiles and objects on their way to readers, in all.
  explicit Routes(service::Service& service, std::size_t held_bytes = kHeldBytes);

  // How many bytes of a body are read, once the head of the request is; what is longer than it may be is refused, and
  // an upload is authorised, before a byte of it is taken. Errors: http.target, .method, .size, .length, .form,
  // server.upload.
  [[nodiscard]] Result<std::size_t> body_limit(const Request& head, std::optional<std::uint64_t> length) const;

  static bool is_deferred(const Request&);  // answered by answer_deferred(), others by answer()
  static bool is_stream(const Request&);    // the turnout as server-sent events: turnout() whenever it has changed
  std::string turnout() const { return board_.turnout(); }
  static bool is_slow(const Request&);  // takes longer than all others: not in their way
  // What needs neither the disk nor making, at once.
  std::optional<Response> at_hand(const Request&) const;
  Response answer(const Request&) const;
  void answer_deferred(Request, std::function<void(Response)> done) const;

 private:
  Response get(const Request&) const;
  Response tile(const std::string& path) const;
  Response object(std::string_view hex) const;
  Response shared(SharedBytes bytes, std::string tag) const;
  Response failed(const Error& why) const;
  Response status() const;
  Response health() const;
  Response witnesses() const;
  service::Service& service_;
  const std::string log_tag_;  // of a log's tiles: what stands at an address never changes
  mutable BoardPages board_;
  mutable Shelf shelf_;
};

}  // namespace tuixuan::http
