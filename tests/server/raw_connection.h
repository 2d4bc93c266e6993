// A TLS connection to a server on this machine for requests that the product's own client never makes: other headers,
// answers left unread, a stream followed.
#pragma once

#include <memory>
#include <string>

struct bio_st;
struct ssl_ctx_st;

namespace tuixuan {

class RawConnection {
 public:
  explicit RawConnection(const std::string& address);  // 127.0.0.1:port
  ~RawConnection();
  bool ok() const { return bio_ != nullptr; }
  void send(const std::string& text);
  std::string read_some();  // empty: the other side has ended it

  struct Answer {
    unsigned status = 0;
    std::string head;
    std::string body;
    std::string header(const std::string& name) const;  // empty: there is none
  };
  // GET or HEAD of a target with further header lines, each ended by CRLF.
  Answer ask(const std::string& target, const std::string& headers = {}, const std::string& method = "GET");

 private:
  ssl_ctx_st* tls_;
  bio_st* bio_;
  std::string read_;
};

}  // namespace tuixuan
