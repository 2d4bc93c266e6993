// One kept-alive HTTPS connection to one server, TLS 1.3 only (plain where the address says so), known by the SHA-256
// of its public key (RFC 7469 section 2.4). Blocking; every step has a time limit; opened again by itself when it was
// closed between two requests. Errors: "net.address" (what the user typed), "net.connect", "net.pin" (another server
// answers), "net.tls", "net.timeout", "net.broken", "net.large" (an answer longer than allowed).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "crypto/base/bytes.h"
#include "crypto/base/ids.h"

namespace tuixuan::client {

struct Address {
  std::string host;
  std::uint16_t port = 443;
  bool tls = true;
  // "https://host:port", also "https://[::1]:8443".
  [[nodiscard]] static Result<Address> parse(std::string_view url);
  // Also "http://host:port", for those whose every word is signed: witnesses.
  [[nodiscard]] static Result<Address> parse_any(std::string_view url);
  std::string url() const;
};

struct Answer {
  unsigned status = 0;
  Bytes body;
  std::string type = {};  // media type, as sent
};

struct TimeLimits {
  std::chrono::milliseconds connect{5000};
  std::chrono::milliseconds request{60000};
};

class Https {
 public:
  // Without a pin any server is taken: only where nothing that it says is believed without a signature.
  Https(Address address, std::optional<Sha256> pin, TimeLimits limits = {});
  ~Https();
  Https(const Https&) = delete;
  Https& operator=(const Https&) = delete;

  struct Question {
    std::string_view method;  // GET, POST, PUT
    std::string target;
    std::string authorization;
    ByteView body;
    std::uint64_t epoch = 0;  // header Tuixuan-Epoch, if it is not 0
  };
  // On each new connection the first request says who asks, if it has no Authorization of its own: given 32 bytes that
  // only the two ends of this connection know, its value (election::connection_statement).
  using Introduce = std::function<std::string(const ByteArray<32>& secret)>;
  void introduce(Introduce introduce);
  [[nodiscard]] Result<Answer> ask(const Question& question, std::size_t max_body);
  const Address& address() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace tuixuan::client
