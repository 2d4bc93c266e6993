#include "server/witness/listener.h"

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <chrono>
#include <set>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "server/listener/listener.h"
#include "server/witness/page.h"
#include "tally/client/congress_card.h"

namespace tuixuan::witness {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using Tcp = net::ip::tcp;

static constexpr auto kToken = net::as_tuple(net::use_awaitable);
static constexpr std::size_t kConnections = 64;
static constexpr std::uint32_t kHead = 8192;
static constexpr std::chrono::seconds kPatience{10};

// --- what each address answers ---------------------------------------------------------------------------------------

static Answer cosigned(Witness& witness, std::string_view body, std::uint64_t seconds, std::uint64_t epoch) {
  auto line = witness.add(body, seconds, epoch);
  if (line) return {200, "text/plain; charset=utf-8", std::move(*line)};
  const Error& why = line.error();
  if (why.check == code::witness::epoch) return {410, "text/x.tuixuan.epoch", witness.epoch_note()};
  if (kind_of(why) == ErrorKind::mine) return {500, "text/plain; charset=utf-8", why.text() + "\n"};
  if (why.check == code::witness::old) {
    const auto held = witness.standing().held;
    return {409, "text/x.tlog.size", std::to_string(held ? held->size : 0) + "\n"};
  }
  return {log::status_of_refusal(why.check), "text/plain; charset=utf-8", why.text() + "\n"};
}

static Answer took_epoch(Witness& witness, std::string_view note) {
  const auto taken = witness.take_epoch(note);
  if (taken) return {200, "text/plain; charset=utf-8", witness.epoch_note()};
  if (taken.error().check == code::epoch::conflict) return {409, "text/x.tuixuan.epoch", witness.epoch_note()};
  const unsigned status = taken.error().check == code::witness::storage ? 500
                          : taken.error().check == code::log::rollback  ? 422
                                                                        : 400;
  return {status, "text/plain; charset=utf-8", taken.error().text() + "\n"};
}

Answer answer(Witness& witness, std::string_view method, std::string_view target, std::string_view body,
              std::uint64_t seconds, std::uint64_t epoch) {
  const std::string_view path = target.substr(0, target.find('?'));
  const Answer nothing{404, "text/plain; charset=utf-8", "there is nothing at this address\n"};
  if (path == "/add-checkpoint") {
    if (method == "POST") return cosigned(witness, body, seconds, epoch);
    return {405, "text/plain; charset=utf-8", "this address takes POST\n"};
  }
  if (path == "/epoch" && method == "POST") return took_epoch(witness, body);
  if (method != "GET" && method != "HEAD") return {405, "text/plain; charset=utf-8", "this address takes GET\n"};
  if (path == "/") return {200, "text/html; charset=utf-8", page(witness.standing(), witness.log(), witness.vkey())};
  if (path == "/style.css") return {200, "text/css; charset=utf-8", std::string(style())};
  const std::string by_origin = "/" + primitives::sha256(as_bytes(witness.log().name)).hex() + "/checkpoint";
  if (path == "/checkpoint" || path == by_origin) {
    const std::string note = witness.held_note();
    return note.empty() ? nothing : Answer{200, "text/plain; charset=utf-8", note};
  }
  if (path == "/epoch") {
    const std::string note = witness.epoch_note();
    return note.empty() ? nothing : Answer{200, "text/plain; charset=utf-8", note};
  }
  for (const Alarm& a : witness.standing().alarms)
    if (path.substr(1) == a.file) return {200, "text/plain; charset=utf-8", log::format_fork(a.fork)};
  return nothing;
}

// --- the network -----------------------------------------------------------------------------------------------------

struct Listener::Inside {
  Inside(Witness& w, Tell t) : witness(w), tell(std::move(t)) {}
  void admit(Tcp::socket socket);
  net::awaitable<void> serve(Tcp::socket socket);
  net::awaitable<bool> one(beast::tcp_stream& stream, beast::flat_buffer& buffer);
  Answer respond(const http::request<http::string_body>& request);

  Witness& witness;
  const Tell tell;
  net::io_context io{1};
  Tcp::acceptor acceptor{io};
  std::set<beast::tcp_stream*> streams;
  bool stopping = false;
};

void Listener::Inside::admit(Tcp::socket socket) {
  if (streams.size() >= kConnections) return;  // closed at once
  net::co_spawn(io, serve(std::move(socket)), net::detached);
}

net::awaitable<void> Listener::Inside::serve(Tcp::socket socket) {
  beast::tcp_stream stream(std::move(socket));
  streams.insert(&stream);
  beast::flat_buffer buffer;
  for (bool keep = true; keep && !stopping;) keep = co_await one(stream, buffer);
  streams.erase(&stream);
}

Answer Listener::Inside::respond(const http::request<http::string_body>& request) {
  const std::uint64_t seconds = client::seconds_now();
  const std::string_view method(request.method_string().data(), request.method_string().size());
  const std::string_view target(request.target().data(), request.target().size());
  std::uint64_t epoch = 0;
  const auto said = request["Tuixuan-Epoch"];
  std::from_chars(said.data(), said.data() + said.size(), epoch);  // none: 0
  Answer out = answer(witness, method, target, request.body(), seconds, epoch);
  if (out.status >= 400 && out.status != 409 && target == "/add-checkpoint")
    tell({code::witness::refused, std::to_string(out.status) + " " + out.body.substr(0, out.body.find('\n'))});
  return out;
}

net::awaitable<bool> Listener::Inside::one(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
  http::request_parser<http::string_body> parser;
  parser.header_limit(kHead);
  parser.body_limit(log::kMaxAddCheckpoint);
  stream.expires_after(kPatience);
  auto [unread, n] = co_await http::async_read(stream, buffer, parser, kToken);
  boost::ignore_unused(n);
  const bool large = unread == http::error::body_limit || unread == http::error::header_limit;
  if (unread && !large) co_return false;
  Answer answered{413, "text/plain; charset=utf-8", "the request is too long\n"};
  if (!large) answered = respond(parser.get());
  const bool keep = !large && parser.get().keep_alive() && !stopping;
  http::response<http::string_body> message(static_cast<http::status>(answered.status), 11);
  message.set(http::field::content_type, answered.type);
  message.set(http::field::cache_control, "no-store");
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Content-Security-Policy", std::string(kPagePolicy));
  message.keep_alive(keep);
  message.content_length(answered.body.size());
  const bool head = !large && parser.get().method() == http::verb::head;
  if (!head) message.body() = std::move(answered.body);
  http::response_serializer<http::string_body> serializer(message);
  serializer.split(head);
  stream.expires_after(kPatience);
  if (head) {
    auto [error, written] = co_await http::async_write_header(stream, serializer, kToken);
    boost::ignore_unused(written);
    co_return !error && keep;
  }
  auto [error, written] = co_await http::async_write(stream, serializer, kToken);
  boost::ignore_unused(written);
  co_return !error && keep;
}

Listener::Listener(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(Witness& witness, const std::string& listen, Tell tell) {
  auto inside = std::make_unique<Inside>(witness, std::move(tell));
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
    for (beast::tcp_stream* stream : inside_->streams) stream->cancel();
  });
}

}  // namespace tuixuan::witness
