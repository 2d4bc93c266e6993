#include "server/http/server.h"
#include "tally/client/listening.h"

#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <map>
#include <set>

namespace tuixuan::http {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using Tcp = net::ip::tcp;
using Stream = beast::ssl_stream<beast::tcp_stream>;
using Parser = bhttp::request_parser<bhttp::vector_body<std::uint8_t>>;

constexpr auto kToken = net::as_tuple(net::use_awaitable);
constexpr std::chrono::seconds kTick{1};         // between two looks at the turnout
constexpr unsigned kQuietTicks = 15;             // after which a listener hears that the server is still there
constexpr std::chrono::microseconds kWait{250};  // of a reader for each connection, while ballots are under way: all
                                                 // readers together then get 4,000 answers a second at most
constexpr std::chrono::seconds kGoodbye{2};      // for the peer's part of closing a TLS connection

// One more as long as it lives.
struct Counted {
  std::size_t& n;
  explicit Counted(std::size_t& all) : n(all) { ++n; }
  ~Counted() { --n; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
};

struct Server::Inside {
  Inside(service::Service& service, Limits l) : routes(service, l.held_bytes), limits(l) {}

  net::awaitable<void> accept();
  net::awaitable<void> serve(Tcp::socket socket);
  net::awaitable<void> requests(Stream& stream);
  net::awaitable<Response> respond(Stream& stream, beast::flat_buffer& buffer, Parser& parser, bool& keep);
  net::awaitable<void> turnout(Stream& stream);
  net::awaitable<bool> write(Stream& stream, Response response, bool head, bool keep);
  void stop();

  Routes routes;
  const Limits limits;
  net::io_context io{1};
  net::thread_pool disk{2};
  net::thread_pool forms{1};
  ssl::context tls{ssl::context::tls_server};
  Tcp::acceptor acceptor{io};
  net::steady_timer patience{io};  // of stop()
  std::map<net::ip::address, std::size_t> of_address;
  std::set<Stream*> streams;
  std::set<Stream*> idle;  // between two requests
  std::size_t listeners = 0;
  std::size_t entries = 0;  // ballots and all else that waits for its receipt
  bool stopping = false;
};

// Ballots go first: the threads that read and make pages for visitors have to wait for those that check ballots.
static void lower_place() {
  constexpr int kLower = 10;
  thread_local const bool lowered = ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLower) == 0;
  boost::ignore_unused(lowered);
}

// Said by the parser about what came, not by the network about the connection.
static bool is_malformed(const error_code& error) {
  return error.category() == bhttp::make_error_code(bhttp::error::bad_target).category() &&
         error != bhttp::error::end_of_stream && error != bhttp::error::partial_message;
}

static Request head_of(const Parser& parser) {
  const auto& message = parser.get();
  Request out;
  switch (message.method()) {
    case bhttp::verb::get:
    case bhttp::verb::head:
      out.method = Method::get;
      break;
    case bhttp::verb::post:
      out.method = Method::post;
      break;
    case bhttp::verb::put:
      out.method = Method::put;
      break;
    default:
      out.method = Method::other;
  }
  out.target = std::string(message.target());
  out.authorization = std::string(message[bhttp::field::authorization]);
  out.if_none_match = std::string(message[bhttp::field::if_none_match]);
  out.accept_encoding = std::string(message[bhttp::field::accept_encoding]);
  if (message.method() == bhttp::verb::get) out.range = std::string(message[bhttp::field::range]);  // RFC 9110, 14.2
  out.if_range = std::string(message[bhttp::field::if_range]);
  return out;
}

net::awaitable<void> Server::Inside::accept() {
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(kToken);
    if (stopping) co_return;
    if (error) {  // such as no file descriptor left: wait for connections to end
      net::steady_timer pause(io, std::chrono::milliseconds(100));
      co_await pause.async_wait(kToken);
      continue;
    }
    error_code ec;
    const auto peer = socket.remote_endpoint(ec);
    if (ec || streams.size() >= limits.connections || of_address[peer.address()] >= limits.connections_of_one_address)
      continue;  // closed at once
    socket.set_option(Tcp::no_delay(true), ec);
    ++of_address[peer.address()];
    net::co_spawn(io, serve(std::move(socket)), [this, address = peer.address()](const std::exception_ptr&) {
      if (--of_address[address] == 0) of_address.erase(address);
    });
  }
}

net::awaitable<void> Server::Inside::serve(Tcp::socket socket) {
  Stream stream(beast::tcp_stream(std::move(socket)), tls);
  streams.insert(&stream);
  beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(limits.handshake_seconds));
  auto [error] = co_await stream.async_handshake(ssl::stream_base::server, kToken);
  if (!error) {
    co_await requests(stream);
    beast::get_lowest_layer(stream).expires_after(kGoodbye);
    co_await stream.async_shutdown(kToken);
  }
  streams.erase(&stream);
  if (stopping && streams.empty()) patience.cancel();
}

net::awaitable<void> Server::Inside::requests(Stream& stream) {
  beast::flat_buffer buffer;
  for (bool keep = true; keep && !stopping;) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes));
    parser.body_limit(boost::none);  // until the head is read and says what is coming
    auto& lowest = beast::get_lowest_layer(stream);
    if (buffer.size() == 0) {  // wait for the first byte with the patience of a kept connection
      idle.insert(&stream);
      lowest.expires_after(std::chrono::seconds(limits.idle_seconds));
      auto [error, n] = co_await stream.async_read_some(buffer.prepare(4096), kToken);
      idle.erase(&stream);
      if (error) co_return;
      buffer.commit(n);
    }
    lowest.expires_after(std::chrono::seconds(limits.request_seconds));
    auto [error, n] = co_await bhttp::async_read_header(stream, buffer, parser, kToken);
    boost::ignore_unused(n);
    if (error) {
      if (!is_malformed(error)) co_return;
      Response bad = refusal({error == bhttp::error::header_limit ? "http.size" : "http.form", error.message()});
      co_await write(stream, std::move(bad), false, false);
      co_return;
    }
    if (Routes::is_stream(head_of(parser))) co_return co_await turnout(stream);
    keep = parser.get().keep_alive();
    Response response = co_await respond(stream, buffer, parser, keep);
    if (response.status == 0) co_return;  // the connection broke while the body came
    keep = keep && !stopping;
    lowest.expires_after(std::chrono::seconds(limits.request_seconds));
    const bool head = parser.get().method() == bhttp::verb::head;
    const bool written = co_await write(stream, std::move(response), head, keep);
    if (!written) co_return;
  }
}

// No answer: the connection broke.
static Response broken_off() { return {0, {}, {}, false, 0}; }

// What is refused before its body is read ends the connection: the body is not wanted.
net::awaitable<Response> Server::Inside::respond(Stream& stream, beast::flat_buffer& buffer, Parser& parser,
                                                 bool& keep) {
  Request request = head_of(parser);
  std::optional<std::uint64_t> length;
  if (const auto n = parser.content_length()) length = *n;
  const auto limit = routes.body_limit(request, length);
  if (!limit) {
    keep = false;
    co_return refusal(limit.error());
  }
  parser.body_limit(*limit);
  if (beast::iequals(parser.get()[bhttp::field::expect], "100-continue") && *limit > 0) {
    bhttp::response<bhttp::empty_body> go_on(bhttp::status::continue_, 11);
    auto [error, n] = co_await bhttp::async_write(stream, go_on, kToken);
    boost::ignore_unused(n);
    if (error) co_return broken_off();
  }
  if (!parser.is_done()) {
    auto [error, n] = co_await bhttp::async_read(stream, buffer, parser, kToken);
    boost::ignore_unused(n);
    if (error == bhttp::error::body_limit) {
      keep = false;
      co_return refusal({"http.size", "the body is longer than " + std::to_string(*limit) + " bytes"});
    }
    if (error) co_return broken_off();
  }
  request.body = std::move(parser.get().body());
  if (Routes::is_deferred(request)) {
    const auto begin = [this, &request](auto handler) {
      auto held = std::make_shared<decltype(handler)>(std::move(handler));
      routes.answer_deferred(std::move(request), [this, held](Response answer) {
        net::post(io, [held, answer = std::move(answer)]() mutable { std::move (*held)(std::move(answer)); });
      });
    };
    const Counted under_way(entries);
    Response response =
        co_await net::async_initiate<decltype(net::use_awaitable), void(Response)>(begin, net::use_awaitable);
    co_return response;
  }
  if (entries > 0) {
    net::steady_timer turn(io, kWait * static_cast<int>(streams.size()));
    co_await turn.async_wait(kToken);
  }
  if (auto there = routes.at_hand(request)) co_return std::move(*there);
  const auto answer = [this, &request]() -> net::awaitable<Response> {
    lower_place();
    co_return routes.answer(request);
  };
  net::thread_pool& pool = Routes::is_slow(request) ? forms : disk;
  Response response = co_await net::co_spawn(pool, answer, net::use_awaitable);
  co_return response;
}

using Message = bhttp::response<bhttp::span_body<const std::uint8_t>>;

static Message message_of(const Response& response, bool keep) {
  Message message(static_cast<bhttp::status>(response.status), 11);
  message.set(bhttp::field::content_type, response.type);
  message.set(bhttp::field::cache_control, response.immutable     ? "public, max-age=31536000, immutable"
                                           : response.tag.empty() ? "no-store"
                                                                  : "no-cache");
  if (!response.tag.empty()) message.set(bhttp::field::etag, response.tag);
  if (!response.tag.empty()) message.set(bhttp::field::accept_ranges, "bytes");
  if (response.packed) message.set(bhttp::field::vary, "Accept-Encoding");
  if (!response.encoding.empty()) message.set(bhttp::field::content_encoding, response.encoding);
  if (!response.content_range.empty()) message.set(bhttp::field::content_range, response.content_range);
  if (!response.location.empty()) message.set(bhttp::field::location, response.location);
  if (response.page) {
    message.set("Content-Security-Policy", board::policy() + "; frame-ancestors 'none'");
    message.set("Referrer-Policy", "no-referrer");
  }
  message.set(bhttp::field::access_control_allow_origin, "*");
  message.set("X-Content-Type-Options", "nosniff");
  if (response.retry_after > 0) message.set(bhttp::field::retry_after, std::to_string(response.retry_after));
  message.keep_alive(keep);
  return message;
}

net::awaitable<bool> Server::Inside::write(Stream& stream, Response response, bool head, bool keep) {
  Message message = message_of(response, keep);
  const ByteView sent = response.sent();
  if (response.status != 304) message.content_length(sent.size());
  if (!head) message.body() = boost::beast::span<const std::uint8_t>(sent.data(), sent.size());
  bhttp::response_serializer<bhttp::span_body<const std::uint8_t>> serializer(message);
  if (head) {
    serializer.split(true);
    auto [error, n] = co_await bhttp::async_write_header(stream, serializer, kToken);
    boost::ignore_unused(n);
    co_return !error;
  }
  auto [error, n] = co_await bhttp::async_write(stream, serializer, kToken);
  boost::ignore_unused(n);
  co_return !error;
}

// Server-sent events, until the listener leaves: whenever the numbers have changed, and a sign of life where they do
// not.
net::awaitable<void> Server::Inside::turnout(Stream& stream) {
  if (listeners >= limits.listeners) {
    // Made before, not within the co_await: GCC 12 destroys such a temporary twice.
    Response busy = refusal({"server.busy", "too many follow the turnout"});
    co_await write(stream, std::move(busy), false, false);
    co_return;
  }
  const Counted listening(listeners);
  std::string next =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nX-Content-Type-Options: "
      "nosniff\r\nConnection: close\r\n\r\n";
  std::string last;
  net::steady_timer tick(io);
  for (unsigned quiet = 0; !stopping; ++quiet) {
    const auto look = [this]() -> net::awaitable<std::string> { co_return routes.turnout(); };
    std::string now = co_await net::co_spawn(disk, look, net::use_awaitable);
    if (now != last) {
      next += "data: " + now + "\n\n";
      last = std::move(now);
    } else if (quiet >= kQuietTicks) {
      next += ":\n\n";
    }
    if (!next.empty()) {
      quiet = 0;
      beast::get_lowest_layer(stream).expires_after(std::chrono::seconds(limits.request_seconds));
      auto [error, n] = co_await net::async_write(stream, net::buffer(next), kToken);
      boost::ignore_unused(n);
      if (error) co_return;
      next.clear();
    }
    tick.expires_after(kTick);
    co_await tick.async_wait(kToken);
  }
}

void Server::Inside::stop() {
  if (stopping) return;
  stopping = true;
  error_code ec;
  acceptor.close(ec);
  for (Stream* stream : idle) beast::get_lowest_layer(*stream).cancel();
  if (streams.empty()) return;
  patience.expires_after(std::chrono::seconds(limits.stop_seconds));
  patience.async_wait([this](const error_code& cancelled) {
    if (cancelled) return;
    for (Stream* stream : streams) beast::get_lowest_layer(*stream).close();
  });
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(service::Service& service, const std::string& listen,
                                             const std::string& certificate_file, const std::string& key_file,
                                             Limits limits) {
  auto inside = std::make_unique<Inside>(service, limits);
  error_code ec;
  inside->tls.use_certificate_chain_file(certificate_file, ec);
  if (ec) return fail("http.tls", certificate_file + ": " + ec.message());
  inside->tls.use_private_key_file(key_file, ssl::context::pem, ec);
  if (ec) return fail("http.tls", key_file + ": " + ec.message());
  if (SSL_CTX_set_min_proto_version(inside->tls.native_handle(), TLS1_3_VERSION) != 1)
    return fail("http.tls", "this OpenSSL cannot be told to use TLS 1.3");
  TUIXUAN_CHECK(client::listen_at(inside->acceptor, listen));
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::string Server::address() const { return client::address_of(inside_->acceptor); }

void Server::run() {
  net::co_spawn(inside_->io, inside_->accept(), net::detached);
  inside_->io.run();
  inside_->disk.join();
  inside_->forms.join();
}

void Server::stop() {
  net::post(inside_->io, [this] { inside_->stop(); });
}

}  // namespace tuixuan::http
