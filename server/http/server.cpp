#include "server/http/server.h"

#include <malloc.h>
#include <sys/resource.h>

#include "crypto/codes/server.h"
#include "hardware/devices/service_manager.h"
#include "server/http/inside.h"
#include "server/listener/listener.h"

namespace tuixuan::http {

constexpr std::chrono::seconds kGoodbye{2};     // for the peer's part of closing a TLS connection
constexpr std::size_t kOtherDescriptors = 160;  // the ledger's, the witnesses', the program's own
constexpr std::size_t kFewest = 64;             // places with which a server is of use
constexpr std::size_t kWorthTrimming = 64;      // connections that have gone since memory was given back
constexpr unsigned kTrimTicks = 5;
constexpr unsigned kSayTicks = 60;

Server::Inside::Inside(service::Service& s, Limits l, Tell t)
    : service(s),
      routes(s, l.held_bytes),
      limits(l),
      tell(std::move(t)),
      places(l.connections, l.half_open, l.connections_of_one_key) {}

void Server::Inside::say(const std::string& line) const {
  if (tell) tell(line);
}

// Those of one IPv6 network are one address: whoever has one has all of it.
static std::string name_of(const net::ip::address& address) {
  if (!address.is_v6()) return address.to_string();
  if (address.to_v6().is_v4_mapped()) return net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6()).to_string();
  net::ip::address_v6::bytes_type bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return net::ip::make_address_v6(bytes).to_string();
}

void Server::Inside::admit(Tcp::socket socket) {
  error_code ec;
  const auto peer = socket.remote_endpoint(ec);
  if (ec) return;
  const Places::Entered entered = places.enter(name_of(peer.address()));
  if (entered.close) close(*entered.close);
  if (!entered.id) {
    ++turned_away;
    return;
  }
  socket.set_option(Tcp::no_delay(true), ec);
  net::co_spawn(io, serve(std::move(socket), *entered.id), [this](const std::exception_ptr& thrown) {
    if (thrown) ++failures;
    if (stopping && places.size() == 0) patience.cancel();
  });
}

void Server::Inside::close(Places::Id place) {
  error_code ignored;
  if (const auto it = silent.find(place); it != silent.end()) it->second->close(ignored);
  if (const auto it = connections.find(place); it != connections.end())
    beast::get_lowest_layer(it->second->stream).close();
}

// Until the first byte a connection costs a descriptor and no more.
net::awaitable<bool> Server::Inside::speaks(Tcp::socket& socket, Places::Id place, Clock::time_point deadline) {
  silent[place] = &socket;
  const auto waiting = std::make_shared<bool>(true);
  net::steady_timer limit(io, deadline);
  limit.async_wait([&socket, waiting](const error_code& cancelled) {
    error_code ignored;
    if (!cancelled && *waiting) socket.cancel(ignored);
  });
  auto [error] = co_await socket.async_wait(Tcp::socket::wait_read, kToken);
  *waiting = false;
  silent.erase(place);
  co_return !error;
}

// Whatever ends a connection, its place is free afterwards.
struct Server::Inside::Leaving {
  Inside& inside;
  Places::Id place;
  ~Leaving() {
    inside.silent.erase(place);
    inside.connections.erase(place);
    inside.places.leave(place);
  }
};

net::awaitable<void> Server::Inside::serve(Tcp::socket socket, Places::Id place) {
  const Leaving leaving{*this, place};
  const auto deadline = Clock::now() + std::chrono::seconds(limits.handshake_seconds);
  const bool spoke = co_await speaks(socket, place, deadline);
  if (!spoke || stopping) co_return;
  Connection c{Stream(beast::tcp_stream(std::move(socket)), tls), place, {}, false};
  connections[place] = &c;
  most_open = std::max(most_open, connections.size());
  auto& lowest = beast::get_lowest_layer(c.stream);
  lowest.expires_at(deadline);
  places.doing(place, Places::Doing::greeting);
  auto [error] = co_await c.stream.async_handshake(ssl::stream_base::server, kToken);
  if (error) co_return;
  co_await requests(c);
  places.doing(place, Places::Doing::idle);
  lowest.expires_after(kGoodbye);
  co_await c.stream.async_shutdown(kToken);
}

// A server whose disk does not come back is alive, and says what it is about; only a network that stands still is dead.
void Server::Inside::tell_manager() const {
  const service::Storage storage = service.storage();
  devices::tell_service_manager("WATCHDOG=1\nSTATUS=" + (storage.ok ? std::to_string(places.size()) + " connections, " +
                                                                          std::to_string(places.known()) + " of kiosks"
                                                                    : "the disk fails: " + storage.what));
}

net::awaitable<void> Server::Inside::look_after() {
  unsigned since_trim = 0;
  unsigned since_said = kSayTicks;
  std::uint64_t said_out = 0;
  std::uint64_t said_failures = 0;
  while (!stopping) {
    second.expires_after(std::chrono::seconds(1));
    co_await second.async_wait(kToken);
    tell_manager();
    // Memory of connections that have gone lies in the allocator's lists: give it back, away from the network's thread.
    if (++since_trim >= kTrimTicks && most_open >= connections.size() + kWorthTrimming) {
      net::post(disk, [] { ::malloc_trim(0); });
      most_open = connections.size();
      since_trim = 0;
    }
    const std::uint64_t out = places.driven_out() + turned_away;
    if (++since_said < kSayTicks || (out == said_out && failures == said_failures)) continue;
    if (out != said_out)
      say("连接已满，为新来的关闭了 " + std::to_string(out - said_out) + " 个闲置的连接；投票机的连接不受影响 / all " +
          std::to_string(limits.connections) + " places are taken: " + std::to_string(out - said_out) +
          " connections made room for others; those of kiosks are kept");
    if (failures != said_failures)
      say("有 " + std::to_string(failures - said_failures) + " 个连接因内部错误而关闭 / " +
          std::to_string(failures - said_failures) + " connections were closed by a failure inside the server");
    said_out = out;
    said_failures = failures;
    since_said = 0;
  }
}

void Server::Inside::stop() {
  if (stopping) return;
  stopping = true;
  error_code ec;
  acceptor.close(ec);
  second.cancel();
  for (auto& [place, socket] : silent) socket->cancel(ec);
  for (auto& [place, c] : connections)
    if (places.is_at_rest(place)) beast::get_lowest_layer(c->stream).cancel();
  if (places.size() == 0) return;
  patience.expires_after(std::chrono::seconds(limits.stop_seconds));
  patience.async_wait([this](const error_code& cancelled) {
    if (cancelled) return;
    for (auto& [place, c] : connections) beast::get_lowest_layer(c->stream).close();
  });
}

// The soft limit is raised to what is needed, never beyond the hard one; where that is too low, fewer places.
static Result<void> fit_descriptors(Limits& limits, const Server::Tell& tell) {
  rlimit now{};
  if (::getrlimit(RLIMIT_NOFILE, &now) != 0) return {};
  const std::size_t needed = limits.connections + limits.kiosk_connections + kOtherDescriptors;
  if (now.rlim_cur < needed) {
    rlimit more = now;
    more.rlim_cur = std::min<rlim_t>(now.rlim_max, needed);
    if (::setrlimit(RLIMIT_NOFILE, &more) == 0) now = more;
  }
  if (now.rlim_cur >= needed) return {};
  const std::size_t left = now.rlim_cur > kOtherDescriptors ? now.rlim_cur - kOtherDescriptors : 0;
  if (left < 2 * kFewest)
    return fail(code::http::descriptors, "this process may open only " + std::to_string(now.rlim_cur) +
                                             " files, the server needs " +
                                             std::to_string(2 * kFewest + kOtherDescriptors) + " at the least");
  limits.kiosk_connections = std::min(limits.kiosk_connections, left / 3);
  limits.connections = left - limits.kiosk_connections;
  limits.half_open = std::min(limits.half_open, limits.connections / 4);
  limits.listeners = std::min(limits.listeners, limits.connections / 2);
  if (tell)
    tell("本进程最多打开 " + std::to_string(now.rlim_cur) + " 个文件，连接减为 " + std::to_string(limits.connections) +
         " 个 / this process may open only " + std::to_string(now.rlim_cur) +
         " files: " + std::to_string(limits.connections) + " connections, and " +
         std::to_string(limits.kiosk_connections) + " for kiosks");
  return {};
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(service::Service& service, const std::string& listen,
                                             const std::string& certificate_file, const std::string& key_file,
                                             Limits limits, Tell tell) {
  TUIXUAN_CHECK(fit_descriptors(limits, tell));
  auto inside = std::make_unique<Inside>(service, limits, std::move(tell));
  error_code ec;
  inside->tls.use_certificate_chain_file(certificate_file, ec);
  if (ec) return fail(code::http::tls, certificate_file + ": " + ec.message());
  inside->tls.use_private_key_file(key_file, ssl::context::pem, ec);
  if (ec) return fail(code::http::tls, key_file + ": " + ec.message());
  SSL_CTX* const context = inside->tls.native_handle();
  if (SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1)
    return fail(code::http::tls, "this OpenSSL cannot be told to use TLS 1.3");
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  TUIXUAN_CHECK(listener::listen_at(inside->acceptor, listen));
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::string Server::address() const { return listener::address_of(inside_->acceptor); }

void Server::run() {
  net::co_spawn(
      inside_->io,
      listener::accept_each(inside_->acceptor, [this](Tcp::socket socket) { inside_->admit(std::move(socket)); }),
      net::detached);
  net::co_spawn(inside_->io, inside_->look_after(), net::detached);
  for (bool ended = false; !ended;) {
    try {
      inside_->io.run();
      ended = true;
    } catch (const std::exception& thrown) {  // such as no memory for what was under way: that is lost, no more
      ++inside_->failures;
      inside_->say(std::string("a connection failed inside the server: ") + thrown.what());
    }
  }
  inside_->disk.join();
  inside_->forms.join();
}

void Server::stop() {
  net::post(inside_->io, [this] { inside_->stop(); });
}

}  // namespace tuixuan::http
