// The addresses of the server (README.md lists them): C2SP tlog-tiles for reading the log, /v1 for what is ours. Every
// answer that refuses says the check's name and its meaning in both languages.
#pragma once

#include <functional>

#include "server/http/board_pages.h"
#include "server/http/message.h"
#include "server/service/service.h"

namespace tuixuan::http {

class Routes {
 public:
  explicit Routes(service::Service& service) : service_(service), board_(service) {}

  // How long a body may be, once the head of the request is read; an upload is authorised here, before a byte of it is
  // taken. Errors: http.target, http.method, http.size, http.form, server.upload.
  [[nodiscard]] Result<std::size_t> body_limit(const Request& head, std::optional<std::uint64_t> length) const;

  static bool is_deferred(const Request&);  // answered by answer_deferred(), others by answer()
  static bool is_stream(const Request&);    // the turnout as server-sent events: turnout() whenever it has changed
  std::string turnout() const { return board_.turnout(); }
  Response answer(const Request&) const;
  void answer_deferred(Request, std::function<void(Response)> done) const;

 private:
  Response get(const Request&) const;
  Response status() const;
  Response health() const;
  Response witnesses() const;
  service::Service& service_;
  mutable BoardPages board_;
};

}  // namespace tuixuan::http
