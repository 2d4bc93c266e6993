// The pages of the board for the server's routes. Ballots go first: a page is made at most once for a size of the log
// and, while the log grows, at most once a second; it is kept until then, with its gzip, and one is made at a time. A
// form, which takes longer to set, is made at most once a minute, with the fold's state let go. What comes with the
// program is compressed once, when the server starts.
#pragma once

#include <chrono>
#include <map>

#include "crypto/base/mutex.h"
#include "server/board/stage_forms.h"
#include "server/http/message.h"
#include "server/service/service.h"

namespace tuixuan::http {

class BoardPages {
 public:
  explicit BoardPages(service::Service& service);
  // What needs no making: at once.
  std::optional<Response> at_hand(const Request&);
  Response answer(const Request&);  // 404 "http.target" for what is no page
  std::string turnout();            // JSON, board::turnout_json

  static bool is_form(std::string_view path) { return path.find("/forms/") != std::string_view::npos; }

 private:
  struct Kept {
    std::uint64_t size = 0;
    std::uint64_t changes = 0;  // of the cosignatures
    std::chrono::steady_clock::time_point made;
    Response response;
    std::size_t bytes = 0;
  };
  std::uint64_t changes() const;  // another number: something beside the log that pages show has changed
  std::optional<Response> find(const std::string& path);
  Response page(const std::string& path);
  Response page_or_made(const std::string& path);
  Response make(const std::string& path) const;
  bool is_fresh(const std::string& path, const Kept&) const;

  service::Service& service_;
  std::map<std::string, Response, std::less<>> assets_;
  Mutex making_;  // held by whoever makes a page, that one is made at a time
  Mutex mutex_;
  std::map<std::string, Kept> kept_ TUIXUAN_GUARDED_BY(mutex_);
  std::size_t kept_bytes_ TUIXUAN_GUARDED_BY(mutex_) = 0;
};

}  // namespace tuixuan::http
