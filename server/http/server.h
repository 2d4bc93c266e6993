// HTTPS on Boost.Beast: TLS 1.3 only, one thread for the network, a few for the disk, each connection a coroutine.
// Limits: places (places.h), seconds for each step, bytes of a head and of a body, bytes held in all. The limit of file
// descriptors is raised as far as this process may; where it does not reach, there are fewer places, and the console
// says so. What a connection does wrong, or what fails in it, ends that connection and nothing else.
// stop(): nothing new is accepted, requests under way are answered, then run() returns.
#pragma once

#include <memory>

#include "server/http/routes.h"

namespace tuixuan::http {

struct Limits {
  std::size_t connections = 1024;          // of those who have not shown a kiosk's key
  std::size_t half_open = 256;             // of these, before they are through with the TLS handshake
  std::size_t connections_of_one_key = 8;  // places of a kiosk
  std::size_t kiosk_connections = 512;     // of all kiosks, for which descriptors are kept
  std::size_t listeners = 400;             // who follow the turnout as it moves
  unsigned handshake_seconds = 10;         // from the connection to the end of the handshake
  unsigned head_seconds = 15;              // of a request, from its first byte
  unsigned request_seconds = 30;           // its body, and its answer likewise; more for what is large
  unsigned idle_seconds = 120;             // between requests
  unsigned kiosk_idle_seconds = 3600;
  unsigned stop_seconds = 10;  // for what is under way
  std::size_t head_bytes = 16384;
  std::size_t held_bytes = Routes::kHeldBytes;                // of tiles and objects on their way to readers
  std::size_t upload_bytes = ledger::kMaxObjectSize + 65536;  // of objects on their way here
};

class Server {
 public:
  using Tell = std::function<void(const std::string&)>;  // one line for the console

  // listen: "address:port", port 0 for any free one; PEM files. Errors: "listen.address", "http.tls",
  // "http.descriptors".
  [[nodiscard]] static Result<std::unique_ptr<Server>> open(service::Service&, const std::string& listen,
                                                            const std::string& certificate_file,
                                                            const std::string& key_file, Limits limits = {},
                                                            Tell tell = {});
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
