// A TCP socket that waits for connections at "address:port" (IPv6 in brackets, port 0 for any free one), for every
// program that listens. Errors: "listen.address".
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>

#include "crypto/base/result.h"

namespace tuixuan::listener {

[[nodiscard]] Result<void> listen_at(boost::asio::ip::tcp::acceptor& acceptor, const std::string& listen);
// Where it listens, with the port that it got: "127.0.0.1:8443".
std::string address_of(const boost::asio::ip::tcp::acceptor& acceptor);
// Gives each connection away as it comes, until the acceptor is closed; goes on when one cannot be taken.
boost::asio::awaitable<void> accept_each(boost::asio::ip::tcp::acceptor& acceptor,
                                         std::function<void(boost::asio::ip::tcp::socket)> take);

}  // namespace tuixuan::listener
