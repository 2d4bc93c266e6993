// The witness's address on the network: HTTP on Boost.Beast, one thread, each connection a coroutine. Plain HTTP,
// because every answer that counts is signed; put a proxy with TLS before it on an open network. Limits: 64
// connections, 10 s for a request and between requests, heads of 8 KiB, bodies of 16 KiB. Error "listen.address".
//   POST /add-checkpoint            c2sp.org/tlog-witness
//   GET /                           the page; /style.css
//   GET /checkpoint, /<SHA-256 of the origin in hex>/checkpoint     the newest cosigned checkpoint
//   GET /alarm-<n>.txt              evidence
//   GET /epoch; POST /epoch         the epoch that it keeps, 404 if none; a higher one (200; 409 with the one it keeps)
#pragma once

#include <functional>
#include <memory>

#include "server/witness/witness.h"

namespace tuixuan::witness {

struct Answer {
  unsigned status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
};
// Without the network; seconds: now; epoch: of the server that asks, as it says in the header Tuixuan-Epoch.
Answer answer(Witness&, std::string_view method, std::string_view target, std::string_view body, std::uint64_t seconds,
              std::uint64_t epoch = 0);

class Listener {
 public:
  // Told of each request to cosign that was refused, on the listener's thread.
  using Tell = std::function<void(const Error&)>;
  [[nodiscard]] static Result<std::unique_ptr<Listener>> open(Witness&, const std::string& listen, Tell tell);
  ~Listener();
  std::string address() const;  // as listened on: "127.0.0.1:43210"
  void run();                   // until stop()
  void stop();                  // from any thread

 private:
  struct Inside;
  explicit Listener(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

}  // namespace tuixuan::witness
