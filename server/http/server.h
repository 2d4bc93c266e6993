// HTTPS on Boost.Beast: TLS 1.3 only, one thread for the network, a few for the disk, each connection a coroutine.
// Limits: connections in all and from one address, seconds for a handshake, a request and between requests, bytes of a
// head and of a body. stop(): nothing new is accepted, requests under way are answered, then run() returns.
#pragma once

#include <memory>

#include "server/http/routes.h"

namespace tuixuan::http {

struct Limits {
  std::size_t connections = 1024;
  std::size_t connections_of_one_address = 128;
  std::size_t listeners = 200;  // who follow the turnout as it moves
  unsigned handshake_seconds = 10;
  unsigned request_seconds = 60;  // a request from its first byte to its last, and its answer likewise
  unsigned idle_seconds = 120;    // between requests
  unsigned stop_seconds = 10;     // for what is under way
  std::size_t head_bytes = 16384;
  std::size_t held_bytes = Routes::kHeldBytes;  // of tiles and objects on their way to readers
};

class Server {
 public:
  // listen: "address:port", port 0 for any free one; PEM files. Errors: "listen.address", "http.tls".
  [[nodiscard]] static Result<std::unique_ptr<Server>> open(service::Service&, const std::string& listen,
                                                            const std::string& certificate_file,
                                                            const std::string& key_file, Limits limits = {});
  ~Server();
  std::string address() const;  // as listened on: "127.0.0.1:43210"
  void run();                   // until stop()
  void stop();                  // from any thread

 private:
  struct Inside;
  explicit Server(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

}  // namespace tuixuan::http
