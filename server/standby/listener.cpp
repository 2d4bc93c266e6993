#include "server/standby/listener.h"

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <chrono>
#include <set>

#include "crypto/codes/server.h"
#include "server/listener/listener.h"
#include "tally/election/digests.h"

namespace tuixuan::standby {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using Tcp = net::ip::tcp;
using Stream = beast::ssl_stream<beast::tcp_stream>;

static constexpr auto kToken = net::as_tuple(net::use_awaitable);
static constexpr std::size_t kConnections = 8;
static constexpr std::uint32_t kHead = 8192;
static constexpr std::chrono::seconds kShort{10};
static constexpr std::chrono::seconds kLong{120};  // a large object; a quiet server between two batches

struct Listener::Inside {
  explicit Inside(Standby& s) : standby(s) {}
  void admit(Tcp::socket socket);
  net::awaitable<void> serve(Tcp::socket socket);
  net::awaitable<void> requests(Stream& stream);
  bool is_the_server(Stream& stream, std::string_view authorization) const;

  Standby& standby;
  net::io_context io{1};
  ssl::context tls{ssl::context::tls_server};
  Tcp::acceptor acceptor{io};
  std::set<Stream*> streams;
  bool stopping = false;
};

// Who holds a place and is not the server makes room: one of them goes.
void Listener::Inside::admit(Tcp::socket socket) {
  if (streams.size() >= kConnections) beast::get_lowest_layer(**streams.begin()).close();
  net::co_spawn(io, serve(std::move(socket)), net::detached);
}

net::awaitable<void> Listener::Inside::serve(Tcp::socket socket) {
  error_code ec;
  socket.set_option(Tcp::no_delay(true), ec);
  Stream stream(beast::tcp_stream(std::move(socket)), tls);
  streams.insert(&stream);
  beast::get_lowest_layer(stream).expires_after(kShort);
  auto [error] = co_await stream.async_handshake(ssl::stream_base::server, kToken);
  if (!error) co_await requests(stream);
  streams.erase(&stream);
}

// "Tuixuan-Kiosk <key> <signature>", as client::Client::introduce_as() says it, with the log's key.
bool Listener::Inside::is_the_server(Stream& stream, std::string_view authorization) const {
  const std::string expected = "Tuixuan-Kiosk " + standby.log().key.hex() + " ";
  if (!authorization.starts_with(expected)) return false;
  const auto signature = array_from_hex<64>(authorization.substr(expected.size()));
  ByteArray<32> secret;
  const std::string_view label = election::kConnectionLabel;
  return signature &&
         SSL_export_keying_material(stream.native_handle(), secret.data(), secret.size(), label.data(), label.size(),
                                    nullptr, 0, 0) == 1 &&
         primitives::verify(standby.log().key, election::connection_statement(secret),
                            primitives::Signature{*signature});
}

net::awaitable<void> Listener::Inside::requests(Stream& stream) {
  beast::flat_buffer buffer;
  bool known = false;
  for (bool keep = true; keep && !stopping;) {
    bhttp::request_parser<bhttp::vector_body<std::uint8_t>> parser;
    parser.header_limit(kHead);
    parser.body_limit(ledger::kMaxObjectSize);
    beast::get_lowest_layer(stream).expires_after(known ? kLong : kShort);
    auto [bad_head, head_bytes] = co_await bhttp::async_read_header(stream, buffer, parser, kToken);
    boost::ignore_unused(head_bytes);
    if (bad_head) co_return;
    const auto shown = parser.get()[bhttp::field::authorization];
    known = known || is_the_server(stream, {shown.data(), shown.size()});
    Answer answered{403, to_bytes(std::string("standby.server: this standby answers its log's server only\n"))};
    if (known) {
      auto [bad_body, body_bytes] = co_await bhttp::async_read(stream, buffer, parser, kToken);
      boost::ignore_unused(body_bytes);
      if (bad_body) co_return;
      const auto& request = parser.get();
      answered = standby.answer({request.method_string().data(), request.method_string().size()},
                                {request.target().data(), request.target().size()}, request.body());
    }
    keep = known && parser.get().keep_alive() && !stopping;
    bhttp::response<bhttp::vector_body<std::uint8_t>> message(static_cast<bhttp::status>(answered.status), 11);
    message.set(bhttp::field::content_type, "application/octet-stream");
    message.keep_alive(keep);
    message.body() = std::move(answered.body);
    message.prepare_payload();
    beast::get_lowest_layer(stream).expires_after(kShort);
    auto [error, written] = co_await bhttp::async_write(stream, message, kToken);
    boost::ignore_unused(written);
    if (error) co_return;
  }
}

Listener::Listener(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(Standby& standby, const identity::IdentityFiles& files,
                                                 const std::string& listen) {
  auto inside = std::make_unique<Inside>(standby);
  error_code ec;
  inside->tls.use_certificate_chain_file(files.tls_certificate().string(), ec);
  if (!ec) inside->tls.use_private_key_file(files.tls_key().string(), ssl::context::pem, ec);
  if (ec) return fail(code::http::tls, files.folder.string() + ": " + ec.message());
  if (SSL_CTX_set_min_proto_version(inside->tls.native_handle(), TLS1_3_VERSION) != 1)
    return fail(code::http::tls, "this OpenSSL cannot be told to use TLS 1.3");
  TUIXUAN_CHECK(listener::listen_at(inside->acceptor, listen));
  return std::unique_ptr<Listener>(new Listener(std::move(inside)));
}

std::string Listener::address() const { return listener::address_of(inside_->acceptor); }

void Listener::run() {
  net::co_spawn(
      inside_->io,
      listener::accept_each(inside_->acceptor, [this](Tcp::socket socket) { inside_->admit(std::move(socket)); }),
      net::detached);
  inside_->io.run();
}

void Listener::stop() {
  net::post(inside_->io, [this] {
    inside_->stopping = true;
    error_code ec;
    inside_->acceptor.close(ec);
    for (Stream* stream : inside_->streams) beast::get_lowest_layer(*stream).cancel();
  });
}

}  // namespace tuixuan::standby
