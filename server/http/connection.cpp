// What happens on one connection once TLS stands: requests read, answered, written (inside.h).
#include <sys/resource.h>
#include <unistd.h>

#include "crypto/codes/client.h"
#include "crypto/codes/server.h"
#include "server/http/inside.h"
#include "tally/election/digests.h"

namespace tuixuan::http {

constexpr std::chrono::seconds kTick{1};         // between two looks at the turnout
constexpr unsigned kQuietTicks = 15;             // after which a listener hears that the server is still there
constexpr std::chrono::microseconds kWait{250};  // of a reader for each connection, while ballots are under way: all
                                                 // readers together then get 4,000 answers a second at most
constexpr std::size_t kPart = 4096;              // of a head
constexpr std::size_t kBodyPart = 16384;         // of a body: a TLS record
constexpr std::size_t kSlowest = 65536;          // bytes a second that whoever sends or reads much has to manage
constexpr std::size_t kReadAway = 1U << 20U;     // of a body that is not wanted, so that the refusal can be read
constexpr std::chrono::seconds kReadAwayTime{2};
constexpr std::size_t kSmallBody = 65536;

// Ballots go first: the threads that read and make pages for visitors have to wait for those that check ballots.
static void lower_place() {
  constexpr int kLower = 10;
  thread_local const bool lowered = ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kLower) == 0;
  boost::ignore_unused(lowered);
}

void Server::Inside::within(Connection& c, std::chrono::milliseconds time) {
  beast::get_lowest_layer(c.stream).expires_after(time);
}

static std::chrono::seconds time_for(unsigned seconds, std::size_t bytes) {
  return std::chrono::seconds(seconds + bytes / kSlowest);
}

net::awaitable<bool> Server::Inside::more(Connection& c, std::size_t most) {
  const std::size_t before = c.unread.size();
  c.unread.resize(before + most);
  auto [error, n] = co_await c.stream.async_read_some(net::buffer(c.unread.data() + before, most), kToken);
  c.unread.resize(before + (error ? 0 : n));
  co_return !error;
}

// None: the other side has ended the connection, or was silent for too long.
net::awaitable<Result<std::optional<Head>>> Server::Inside::read_head_of(Connection& c) {
  Result<std::optional<Head>> out = std::optional<Head>();
  if (c.unread.empty()) {  // wait for the first byte with the patience of a kept connection
    c.unread.shrink_to_fit();
    places.doing(c.place, Places::Doing::idle);
    within(c, std::chrono::seconds(places.is_known(c.place) ? limits.kiosk_idle_seconds : limits.idle_seconds));
    const bool came = co_await more(c, kPart);
    if (!came) co_return out;
  }
  places.doing(c.place, Places::Doing::asking);
  within(c, std::chrono::seconds(limits.head_seconds));
  for (;;) {
    const auto end = end_of_head(c.unread);
    if (!end) {
      out = tl::unexpected<Error>(end.error());
      co_return out;
    }
    if (end->value_or(c.unread.size()) > limits.head_bytes) {
      out = fail(code::http::size,
                 "the head of the request is longer than " + std::to_string(limits.head_bytes) + " bytes");
      co_return out;
    }
    if (*end) {
      auto head = read_head(ByteView(c.unread).first(**end));
      c.unread.erase(c.unread.begin(), c.unread.begin() + static_cast<std::ptrdiff_t>(**end));
      if (head) {
        out = std::optional<Head>(std::move(*head));
      } else {
        out = tl::unexpected<Error>(std::move(head.error()));
      }
      co_return out;
    }
    const bool came = co_await more(c, kPart);
    if (!came) co_return out;
  }
}

// Memory grows with what has come, not with what was announced.
net::awaitable<Result<Bytes>> Server::Inside::read_body(Connection& c, std::size_t length) {
  within(c, time_for(limits.request_seconds, length));
  while (c.unread.size() < length) {
    const bool came = co_await more(c, std::min(kBodyPart, length - c.unread.size()));
    if (!came) co_return fail(code::net::broken, "the connection broke within the body");
  }
  Bytes body;
  if (c.unread.size() == length) {
    body = std::exchange(c.unread, {});
  } else {
    body.assign(c.unread.begin(), c.unread.begin() + static_cast<std::ptrdiff_t>(length));
    c.unread.erase(c.unread.begin(), c.unread.begin() + static_cast<std::ptrdiff_t>(length));
  }
  co_return body;
}

net::awaitable<void> Server::Inside::requests(Connection& c) {
  for (bool keep = true; keep && !stopping;) {
    Result<std::optional<Head>> read = co_await read_head_of(c);
    if (!read) {
      co_await refuse(c, read.error());
      co_return;
    }
    if (!*read) co_return;
    Head& head = **read;
    if (Routes::is_stream(head.request) && !head.head_only) {
      co_await turnout(c);
      co_return;
    }
    keep = head.keep_alive;
    const bool head_only = head.head_only;
    const Response response = co_await respond(c, head, keep);
    if (response.status == 0) co_return;  // the connection broke while the body came
    const bool written = co_await write(c, response, head_only, keep && !stopping);
    if (!written) co_return;
    if (c.body_unwanted) co_await read_away(c);
  }
}

// No answer: the connection broke.
static Response broken_off() { return {0, {}, {}, false, 0}; }

// What is refused before its body is read ends the connection: the body is not wanted.
net::awaitable<Response> Server::Inside::respond(Connection& c, Head& head, bool& keep) {
  constexpr std::string_view kKiosk = "Tuixuan-Kiosk ";
  if (head.request.authorization.starts_with(kKiosk) && !places.is_known(c.place)) {
    const std::string shown = head.request.authorization.substr(kKiosk.size());
    co_await introduce(c, shown);
  }
  const auto limit = routes.body_limit(head.request, head.length);
  if (!limit) {
    c.body_unwanted = true;
    keep = false;
    co_return refusal(limit.error());
  }
  const std::size_t length = *limit;
  if (length > kSmallBody && length > limits.upload_bytes - std::min(limits.upload_bytes, uploading)) {
    c.body_unwanted = true;
    keep = false;
    co_return refusal({code::server::busy, "other objects are being sent; send this one again in a moment"});
  }
  const Counted sending(uploading, length > kSmallBody ? length : 0);
  if (head.expects_continue && length > 0) {
    static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
    auto [error, n] = co_await net::async_write(c.stream, net::buffer(kGoOn.data(), kGoOn.size()), kToken);
    boost::ignore_unused(n);
    if (error) co_return broken_off();
  }
  if (length > 0) {
    Result<Bytes> body = co_await read_body(c, length);
    if (!body) co_return broken_off();
    head.request.body = std::move(*body);
  }
  places.doing(c.place, Places::Doing::working);
  Response response = co_await answer(head.request);
  co_return response;
}

net::awaitable<Response> Server::Inside::answer(Request& request) {
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
    net::steady_timer turn(io, kWait * static_cast<int>(connections.size()));
    co_await turn.async_wait(kToken);
  }
  if (auto there = routes.at_hand(request)) co_return std::move(*there);
  const auto made = [this, &request]() -> net::awaitable<Response> {
    lower_place();
    try {
      co_return routes.answer(request);
    } catch (const std::exception& thrown) {  // such as no memory for a large answer
      co_return refusal({code::server::trouble, std::string("the answer could not be made: ") + thrown.what()});
    }
  };
  net::thread_pool& pool = Routes::is_slow(request) ? forms : disk;
  Response response = co_await net::co_spawn(pool, made, net::use_awaitable);
  co_return response;
}

// "<key, 64 hex digits> <signature, 128 hex digits>" of what only the two ends of this connection know (RFC 5705). What
// is wrong is no reason to refuse a request: it comes from somebody unknown, like most.
net::awaitable<void> Server::Inside::introduce(Connection& c, const std::string& authorization) {
  constexpr std::size_t kKeyDigits = 64;
  if (authorization.size() != kKeyDigits + 1 + 128 || authorization[kKeyDigits] != ' ') co_return;
  const auto key = array_from_hex<32>(std::string_view(authorization).substr(0, kKeyDigits));
  const auto signature = array_from_hex<64>(std::string_view(authorization).substr(kKeyDigits + 1));
  ByteArray<32> secret;
  static constexpr std::string_view kLabel = election::kConnectionLabel;
  if (!key || !signature ||
      SSL_export_keying_material(c.stream.native_handle(), secret.data(), secret.size(), kLabel.data(), kLabel.size(),
                                 nullptr, 0, 0) != 1)
    co_return;
  const primitives::VerifyKey shown{*key};
  const auto check = [this, &shown, &signature, &secret]() -> net::awaitable<bool> {
    co_return service.is_kiosk(shown) &&
        primitives::verify(shown, election::connection_statement(secret), primitives::Signature{*signature});
  };
  const bool good = co_await net::co_spawn(disk, check, net::use_awaitable);
  if (!good || places.known() >= limits.kiosk_connections) co_return;
  if (const auto oldest = places.introduced(c.place, shown.hex())) close(*oldest);
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

net::awaitable<bool> Server::Inside::write(Connection& c, const Response& response, bool head_only, bool keep) {
  Message message = message_of(response, keep);
  const ByteView sent = response.sent();
  if (response.status != 304) message.content_length(sent.size());
  if (!head_only) message.body() = boost::beast::span<const std::uint8_t>(sent.data(), sent.size());
  places.doing(c.place, Places::Doing::answering);
  within(c, time_for(limits.request_seconds, sent.size()));
  bhttp::response_serializer<bhttp::span_body<const std::uint8_t>> serializer(message);
  if (head_only) {
    serializer.split(true);
    auto [error, n] = co_await bhttp::async_write_header(c.stream, serializer, kToken);
    boost::ignore_unused(n);
    co_return !error;
  }
  auto [error, n] = co_await bhttp::async_write(c.stream, serializer, kToken);
  boost::ignore_unused(n);
  co_return !error;
}

// A connection that is closed while something of it is unread takes the answer with it.
net::awaitable<void> Server::Inside::read_away(Connection& c) {
  places.doing(c.place, Places::Doing::idle);
  within(c, kReadAwayTime);
  auto& lowest = beast::get_lowest_layer(c.stream);
  error_code ignored;
  lowest.socket().shutdown(Tcp::socket::shutdown_send, ignored);
  c.unread.resize(kBodyPart);
  for (std::size_t all = 0; all < kReadAway;) {
    auto [error, n] = co_await lowest.async_read_some(net::buffer(c.unread), kToken);
    if (error) co_return;
    all += n;
  }
}

net::awaitable<void> Server::Inside::refuse(Connection& c, const Error& why) {
  const Response bad = refusal(why);
  const bool written = co_await write(c, bad, false, false);
  if (written) co_await read_away(c);
}

// Server-sent events, until the listener leaves: whenever the numbers have changed, and a sign of life where they do
// not.
net::awaitable<void> Server::Inside::turnout(Connection& c) {
  if (listeners >= limits.listeners) {
    // Made before, not within the co_await: GCC 12 destroys such a temporary twice.
    const Error busy{code::server::busy, "too many follow the turnout"};
    co_await refuse(c, busy);
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
      places.doing(c.place, Places::Doing::listening);
      within(c, std::chrono::seconds(limits.request_seconds));
      auto [error, n] = co_await net::async_write(c.stream, net::buffer(next), kToken);
      boost::ignore_unused(n);
      if (error) co_return;
      next.clear();
    }
    tick.expires_after(kTick);
    co_await tick.async_wait(kToken);
  }
}

}  // namespace tuixuan::http
