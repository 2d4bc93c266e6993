// The pages of the board for the server's routes. Ballots go first: a page is made at most once for a size of the log
// and, while the log grows, at most once a second; it is kept until then, and one is made at a time.
#pragma once

#include <chrono>
#include <map>
#include <mutex>

#include "server/board/site.h"
#include "server/http/message.h"
#include "server/service/service.h"

namespace tuixuan::http {

class BoardPages {
 public:
  explicit BoardPages(service::Service& service) : service_(service) {}
  Response answer(const Request&);  // 404 "http.target" for what is no page
  std::string turnout();            // JSON, board::turnout_json

 private:
  struct Kept {
    std::uint64_t size = 0;
    std::uint64_t changes = 0;  // of the cosignatures
    std::chrono::steady_clock::time_point made;
    Response response;
  };
  Response page(const std::string& path);
  Response make(const std::string& path) const;
  bool is_fresh(const Kept&) const;

  service::Service& service_;
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace tuixuan::http
