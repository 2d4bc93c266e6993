// The inside of the server: all of it lives on the thread of the network, but what the pools are given. For the sources
// of this room.
#pragma once

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <map>

#include "server/http/head.h"
#include "server/http/places.h"
#include "server/http/server.h"

namespace tuixuan::http {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using Tcp = net::ip::tcp;
using Stream = beast::ssl_stream<beast::tcp_stream>;
using Clock = std::chrono::steady_clock;

constexpr auto kToken = net::as_tuple(net::use_awaitable);

// So many more as long as it lives.
struct Counted {
  std::size_t& n;
  std::size_t by;
  explicit Counted(std::size_t& all, std::size_t amount = 1) : n(all), by(amount) { n += by; }
  ~Counted() { n -= by; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
};

// One connection, from its acceptance to its end.
struct Connection {
  Stream stream;
  Places::Id place = 0;
  Bytes unread;                // what has come and is not used yet
  bool body_unwanted = false;  // refused before it was read
};

struct Server::Inside {
  struct Leaving;
  Inside(service::Service& service, Limits l, Tell t);

  // server.cpp
  net::awaitable<void> look_after();  // once a second: gives memory back, says what has to be said
  void admit(Tcp::socket socket);
  net::awaitable<void> serve(Tcp::socket socket, Places::Id place);
  net::awaitable<bool> speaks(Tcp::socket& socket, Places::Id place, Clock::time_point deadline);
  void close(Places::Id place);
  void stop();
  void tell_manager() const;
  void say(const std::string& line) const;

  // connection.cpp
  net::awaitable<void> requests(Connection& c);
  net::awaitable<bool> more(Connection& c, std::size_t most);  // reads what comes; false: the connection ends
  net::awaitable<Result<std::optional<Head>>> read_head_of(Connection& c);
  net::awaitable<Result<Bytes>> read_body(Connection& c, std::size_t length);
  net::awaitable<Response> respond(Connection& c, Head& head, bool& keep);
  net::awaitable<Response> answer(Request& request);
  net::awaitable<void> read_away(Connection& c);
  net::awaitable<void> introduce(Connection& c, const std::string& authorization);
  net::awaitable<void> turnout(Connection& c);
  net::awaitable<bool> write(Connection& c, const Response& response, bool head_only, bool keep);
  net::awaitable<void> refuse(Connection& c, const Error& why);
  void within(Connection& c, std::chrono::milliseconds time);

  service::Service& service;
  Routes routes;
  Limits limits;
  const Tell tell;
  net::io_context io{1};
  net::thread_pool disk{2};
  net::thread_pool forms{1};
  ssl::context tls{ssl::context::tls_server};
  Tcp::acceptor acceptor{io};
  net::steady_timer patience{io};  // of stop()
  net::steady_timer second{io};
  Places places;
  std::map<Places::Id, Tcp::socket*> silent;  // have said nothing yet
  std::map<Places::Id, Connection*> connections;
  std::size_t most_open = 0;  // connections since memory was given back
  std::size_t listeners = 0;
  std::size_t entries = 0;    // ballots and all else that waits for its receipt
  std::size_t uploading = 0;  // bytes of objects on their way here
  std::uint64_t turned_away = 0;
  std::uint64_t failures = 0;  // exceptions that ended a connection
  bool stopping = false;
};

}  // namespace tuixuan::http
