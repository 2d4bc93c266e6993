#include "server/listener/listener.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "crypto/codes/client.h"

namespace tuixuan::listener {

namespace net = boost::asio;
using Tcp = net::ip::tcp;
using boost::system::error_code;

static Result<Tcp::endpoint> endpoint_of(const std::string& listen) {
  const auto colon = listen.rfind(':');
  error_code ec;
  std::string host = colon == std::string::npos ? "" : listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const auto address = net::ip::make_address(host, ec);
  const std::string digits = colon == std::string::npos ? "" : listen.substr(colon + 1);
  const bool number =
      !digits.empty() && digits.size() <= 5 && digits.find_first_not_of("0123456789") == std::string::npos;
  if (ec || !number || std::stoul(digits) > 65535)
    return fail(code::listen::address, "\"" + listen + "\" is not address:port, such as 0.0.0.0:8443");
  return Tcp::endpoint(address, static_cast<std::uint16_t>(std::stoul(digits)));
}

Result<void> listen_at(Tcp::acceptor& acceptor, const std::string& listen) {
  TUIXUAN_TRY(endpoint, endpoint_of(listen));
  error_code ec;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(net::socket_base::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(net::socket_base::max_listen_connections, ec);
  if (ec) return fail(code::listen::address, "cannot listen on " + listen + ": " + ec.message());
  return {};
}

std::string address_of(const Tcp::acceptor& acceptor) {
  const auto endpoint = acceptor.local_endpoint();
  const std::string host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

net::awaitable<void> accept_each(Tcp::acceptor& acceptor, std::function<void(Tcp::socket)> take) {
  constexpr auto kToken = net::as_tuple(net::use_awaitable);
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kToken);
    if (!acceptor.is_open()) co_return;
    if (error) {  // such as no file descriptor left: wait for connections to end
      net::steady_timer pause(acceptor.get_executor(), std::chrono::milliseconds(100));
      co_await pause.async_wait(kToken);
      continue;
    }
    take(std::move(socket));
  }
}

}  // namespace tuixuan::listener
