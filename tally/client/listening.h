// A TCP socket that waits for connections at "address:port" (IPv6 in brackets, port 0 for any free one).
// Errors: "listen.address".
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "crypto/base/result.h"

namespace tuixuan::client {

[[nodiscard]] Result<void> listen_at(boost::asio::ip::tcp::acceptor& acceptor, const std::string& listen);
// Where it listens, with the port that it got: "127.0.0.1:8443".
std::string address_of(const boost::asio::ip::tcp::acceptor& acceptor);

}  // namespace tuixuan::client
