#include "tests/server/raw_connection.h"

#include <openssl/bio.h>
#include <openssl/ssl.h>

#include <array>
#include <cstdlib>

namespace tuixuan {

RawConnection::RawConnection(const std::string& address)
    : tls_(SSL_CTX_new(TLS_client_method())), bio_(BIO_new_ssl_connect(tls_)) {
  BIO_set_conn_hostname(bio_, address.c_str());
  if (BIO_do_connect(bio_) == 1) return;
  BIO_free_all(bio_);
  bio_ = nullptr;
}

RawConnection::~RawConnection() {
  BIO_free_all(bio_);
  SSL_CTX_free(tls_);
}

void RawConnection::send(const std::string& text) {
  if (bio_ != nullptr) BIO_write(bio_, text.data(), static_cast<int>(text.size()));
}

std::string RawConnection::read_some() {
  std::array<char, 65536> part{};
  const int n = bio_ == nullptr ? 0 : BIO_read(bio_, part.data(), static_cast<int>(part.size()));
  return n > 0 ? std::string(part.data(), static_cast<std::size_t>(n)) : std::string();
}

std::string RawConnection::Answer::header(const std::string& name) const {
  const std::string line = "\r\n" + name + ": ";
  const std::size_t at = head.find(line);
  if (at == std::string::npos) return {};
  const std::size_t from = at + line.size();
  return head.substr(from, head.find("\r\n", from) - from);
}

RawConnection::Answer RawConnection::ask(const std::string& target, const std::string& headers,
                                         const std::string& method) {
  send(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n");
  const auto more = [&] {
    const std::string part = read_some();
    read_ += part;
    return !part.empty();
  };
  Answer out;
  while (read_.find("\r\n\r\n") == std::string::npos)
    if (!more()) return out;
  const std::size_t end = read_.find("\r\n\r\n") + 4;
  out.head = read_.substr(0, end);
  read_.erase(0, end);
  out.status = static_cast<unsigned>(std::strtoul(out.head.c_str() + 9, nullptr, 10));
  if (method == "HEAD" || out.status == 304) return out;
  const std::size_t length = std::strtoul(out.header("Content-Length").c_str(), nullptr, 10);
  while (read_.size() < length)
    if (!more()) break;
  out.body = read_.substr(0, length);
  read_.erase(0, length);
  return out;
}

}  // namespace tuixuan
