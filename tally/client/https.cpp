#include "tally/client/https.h"

#include <openssl/x509.h>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "crypto/codes/client.h"
#include "crypto/primitives/hash.h"
#include "tally/election/digests.h"

namespace tuixuan::client {

namespace net = boost::asio;
namespace ssl = boost::asio::ssl;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using Stream = beast::ssl_stream<beast::tcp_stream>;
constexpr auto kToken = net::as_tuple(net::use_awaitable);

static bool is_host(std::string_view host, bool v6) {
  constexpr std::string_view kName = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-";
  constexpr std::string_view kV6 = "0123456789ABCDEFabcdef:.";
  return !host.empty() && host.size() <= 253 && host.find_first_not_of(v6 ? kV6 : kName) == std::string_view::npos &&
         (!v6 || host.find(':') != std::string_view::npos);
}

static std::optional<std::uint16_t> port_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return {};
  const unsigned long port = std::stoul(std::string(digits));
  if (port == 0 || port > 65535) return {};
  return static_cast<std::uint16_t>(port);
}

static Result<Address> parse_address(std::string_view url, bool plain_too) {
  const auto bad = [&] {
    return fail(code::net::address,
                "\"" + std::string(url.substr(0, 300)) + "\" is not an address such as https://192.168.1.10:8443");
  };
  constexpr std::string_view kScheme = "https://";
  constexpr std::string_view kPlain = "http://";
  Address out;
  out.tls = !(plain_too && url.starts_with(kPlain));
  if (out.tls && !url.starts_with(kScheme)) return bad();
  std::string_view rest = url.substr(out.tls ? kScheme.size() : kPlain.size());
  if (!out.tls) out.port = 80;
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const bool v6 = rest.starts_with('[');
  const auto end = rest.find(v6 ? ']' : ':');
  if (v6 && end == std::string_view::npos) return bad();
  out.host = std::string(v6 ? rest.substr(1, end - 1) : rest.substr(0, end));
  if (!is_host(out.host, v6)) return bad();
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + (v6 ? 1 : 0));
  if (rest.empty()) return out;
  const auto port = rest.starts_with(':') ? port_number(rest.substr(1)) : std::nullopt;
  if (!port) return bad();
  out.port = *port;
  return out;
}

Result<Address> Address::parse(std::string_view url) { return parse_address(url, false); }
Result<Address> Address::parse_any(std::string_view url) { return parse_address(url, true); }

std::string Address::url() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (tls ? "https://" : "http://") + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

struct Https::Inside {
  net::awaitable<Result<void>> connect();
  net::awaitable<Result<Answer>> exchange(const Question& question, std::size_t max_body);
  template <class Over>
  net::awaitable<Result<Answer>> exchange_over(Over& over, const Question& question, std::size_t max_body);
  net::awaitable<Result<Answer>> ask(const Question& question, std::size_t max_body);
  tl::unexpected<Error> failed(Code check, const error_code& error) const {
    if (error == beast::error::timeout) return fail(code::net::timeout, address.url() + " did not answer in time");
    return fail(check, address.url() + ": " + error.message());
  }

  Address address;
  std::optional<Sha256> pin;
  TimeLimits limits;
  net::io_context io{1};
  ssl::context tls{ssl::context::tls_client};
  std::unique_ptr<Stream> stream;  // only its lowest layer is used without TLS
  beast::flat_buffer buffer;
  bool other_pin = false;
  Introduce introduce;
  bool introduced = false;  // on this connection
  std::string introduction();
};

std::string Https::Inside::introduction() {
  ByteArray<32> secret;
  if (!introduce || introduced || !address.tls) return {};
  introduced = true;
  const std::string_view label = election::kConnectionLabel;
  if (SSL_export_keying_material(stream->native_handle(), secret.data(), secret.size(), label.data(), label.size(),
                                 nullptr, 0, 0) != 1)
    return {};
  return introduce(secret);
}

static std::optional<Sha256> pin_of(X509_STORE_CTX* store) {
  X509* certificate = X509_STORE_CTX_get0_cert(store);
  unsigned char* der = nullptr;
  const int n = certificate == nullptr ? 0 : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  if (n <= 0) return std::nullopt;
  const Sha256 out = primitives::sha256(ByteView(der, static_cast<std::size_t>(n)));
  OPENSSL_free(der);
  return out;
}

net::awaitable<Result<void>> Https::Inside::connect() {
  net::ip::tcp::resolver resolver(io);
  auto [bad_name, found] = co_await resolver.async_resolve(address.host, std::to_string(address.port), kToken);
  if (bad_name) co_return failed(code::net::connect, bad_name);
  stream = std::make_unique<Stream>(io, tls);
  introduced = false;
  buffer.clear();
  auto& lowest = beast::get_lowest_layer(*stream);
  lowest.expires_after(limits.connect);
  auto [unreached, peer] = co_await lowest.async_connect(found, kToken);
  boost::ignore_unused(peer);
  if (unreached) {
    stream.reset();
    co_return failed(code::net::connect, unreached);
  }
  error_code ignored;
  lowest.socket().set_option(net::ip::tcp::no_delay(true), ignored);
  if (!address.tls) co_return Result<void>{};
  other_pin = false;
  stream->set_verify_mode(pin ? ssl::verify_peer : ssl::verify_none);
  if (pin)
    stream->set_verify_callback([this](bool, ssl::verify_context& context) {
      const auto seen = pin_of(context.native_handle());
      other_pin = seen != pin;
      return !other_pin;
    });
  lowest.expires_after(limits.connect);
  auto [refused] = co_await stream->async_handshake(ssl::stream_base::client, kToken);
  if (refused) {
    stream.reset();
    if (other_pin)
      co_return fail(code::net::pin,
                     "another server answers at " + address.url() + ": its key is not the one of the scheme");
    co_return failed(code::net::tls, refused);
  }
  co_return Result<void>{};
}

net::awaitable<Result<Answer>> Https::Inside::exchange(const Question& q, std::size_t max_body) {
  return address.tls ? exchange_over(*stream, q, max_body)
                     : exchange_over(beast::get_lowest_layer(*stream), q, max_body);
}

template <class Over>
net::awaitable<Result<Answer>> Https::Inside::exchange_over(Over& over, const Question& q, std::size_t max_body) {
  bhttp::request<bhttp::span_body<const std::uint8_t>> request;
  request.version(11);
  request.method_string(q.method);
  request.target(q.target);
  request.set(bhttp::field::host, address.host);
  const std::string who = q.authorization.empty() ? introduction() : q.authorization;
  if (!who.empty()) request.set(bhttp::field::authorization, who);
  if (q.epoch != 0) request.set("Tuixuan-Epoch", std::to_string(q.epoch));
  request.body() = beast::span<const std::uint8_t>(q.body.data(), q.body.size());
  if (q.method != "GET") request.content_length(q.body.size());
  auto& lowest = beast::get_lowest_layer(*stream);
  lowest.expires_after(limits.request);
  auto [unsent, sent] = co_await bhttp::async_write(over, request, kToken);
  boost::ignore_unused(sent);
  // A server that refuses early answers before it has read everything: look for its answer all the same.
  bhttp::response_parser<bhttp::vector_body<std::uint8_t>> parser;
  parser.body_limit(max_body);
  auto [unread, read] = co_await bhttp::async_read(over, buffer, parser, kToken);
  boost::ignore_unused(read);
  if (unread) {
    stream.reset();
    if (unread == bhttp::error::body_limit)
      co_return fail(code::net::large,
                     "the answer to " + q.target + " is longer than " + std::to_string(max_body) + " bytes");
    co_return failed(code::net::broken, unsent ? unsent : unread);
  }
  lowest.expires_never();
  Answer answer{parser.get().result_int(), std::move(parser.get().body()),
                std::string(parser.get()[bhttp::field::content_type])};
  if (unsent || !parser.get().keep_alive()) stream.reset();
  co_return answer;
}

// A kept connection may have been closed by the server meanwhile: then, and only then, once more over a new one. All
// requests may be sent twice.
net::awaitable<Result<Answer>> Https::Inside::ask(const Question& question, std::size_t max_body) {
  const bool kept = stream != nullptr;
  if (kept) {
    Result<Answer> answer = co_await exchange(question, max_body);
    if (answer || answer.error().check != code::net::broken) co_return answer;
  }
  Result<void> connected = co_await connect();
  if (!connected) co_return tl::unexpected<Error>(connected.error());
  Result<Answer> answer = co_await exchange(question, max_body);
  co_return answer;
}

Https::Https(Address address, std::optional<Sha256> pin, TimeLimits limits) : inside_(std::make_unique<Inside>()) {
  inside_->address = std::move(address);
  inside_->pin = pin;
  inside_->limits = limits;
  SSL_CTX_set_min_proto_version(inside_->tls.native_handle(), TLS1_3_VERSION);
}
Https::~Https() = default;
void Https::introduce(Introduce introduce) { inside_->introduce = std::move(introduce); }
const Address& Https::address() const { return inside_->address; }

Result<Answer> Https::ask(const Question& question, std::size_t max_body) {
  std::optional<Result<Answer>> out;
  net::co_spawn(inside_->io, inside_->ask(question, max_body),
                [&](const std::exception_ptr& thrown, Result<Answer> answer) {
                  if (thrown) {
                    out = fail(code::net::broken, "the connection failed inside this program");
                  } else {
                    out = std::move(answer);
                  }
                });
  inside_->io.restart();
  inside_->io.run();
  if (!out) return fail(code::net::broken, "the connection ended without an answer");
  return std::move(*out);
}

}  // namespace tuixuan::client
