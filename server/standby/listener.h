// The standby's address on the network: HTTPS (TLS 1.3) with a certificate of its own, whose pin the server knows; and
// who asks must show, by a signature over this very connection (election::connection_statement), that it has the key of
// the log. Nobody else is answered, and no body is read before. One thread, eight connections. Error "listen.address",
// "http.tls".
#pragma once

#include <functional>
#include <memory>

#include "server/standby/standby.h"

namespace tuixuan::standby {

class Listener {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Listener>> open(Standby& standby, const identity::IdentityFiles& files,
                                                              const std::string& listen);
  ~Listener();
  std::string address() const;
  void run();   // until stop()
  void stop();  // from any thread

 private:
  struct Inside;
  explicit Listener(std::unique_ptr<Inside>);
  std::unique_ptr<Inside> inside_;
};

}  // namespace tuixuan::standby
