// One client process of the load test: a kiosk that sends ballots and tells how long each took, or one of those who
// press on the server. load_client KIND ADDRESS COUNT SECONDS [FILE]; each counts what it did and says so at the end.
//   sender FILE    ballots of FILE, one each 1/COUNT s, by the product's own client, with the kiosk's key
//   forged FILE    entries of FILE over COUNT connections as fast as they are answered
//   idle silent half-open slow-head slow-body big-head big-body listeners: COUNT connections of that kind; what the
//   server closes is opened again
#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <thread>

#include "crypto/base/reader.h"
#include "tally/client/client.h"
#include "tally/client/congress_card.h"

namespace tuixuan {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string kind;
  std::string address;
  std::size_t count = 0;
  std::chrono::seconds seconds{0};
  std::string file;
};

int open_socket(const std::string& address) {
  const auto colon = address.rfind(':');
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoul(address.substr(colon + 1))));
  ::inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0) return -1;
  const timeval limit{5, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return fd;
  ::close(fd);
  return -1;
}

struct Wire {
  int fd = -1;
  SSL* tls = nullptr;
  std::size_t sent = 0;
  void close() {
    if (tls != nullptr) SSL_free(tls);
    if (fd >= 0) ::close(fd);
    *this = Wire{};
  }
};

// The beginning of a TLS record that says there is more to come.
constexpr char kHalfHello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";

// Opens one of the kind; what the kind sends at once is sent.
bool open_wire(const Options& o, SSL_CTX* context, Wire& w) {
  w.fd = open_socket(o.address);
  if (w.fd < 0) return false;
  if (o.kind == "silent") return true;
  if (o.kind == "half-open") return ::send(w.fd, kHalfHello, sizeof kHalfHello - 1, MSG_NOSIGNAL) > 0;
  w.tls = SSL_new(context);
  SSL_set_fd(w.tls, w.fd);
  if (SSL_connect(w.tls) != 1) return false;
  std::string text;
  if (o.kind == "idle") text = "GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n";
  if (o.kind == "slow-head") text = "GET /v1/status HTTP/1.1\r\nHost: a\r\nX: ";
  if (o.kind == "slow-body") text = "POST /v1/entries HTTP/1.1\r\nHost: a\r\nContent-Length: 65000\r\n\r\n";
  if (o.kind == "big-head") text = "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(60000, 'x');
  if (o.kind == "big-body") text = "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\nx";
  if (o.kind == "listeners") text = "GET /v1/turnout HTTP/1.1\r\nHost: a\r\n\r\n";
  return SSL_write(w.tls, text.data(), static_cast<int>(text.size())) > 0;
}

int press(const Options& o) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  std::vector<Wire> wires(o.count);
  std::size_t opened = 0;
  std::size_t closed = 0;
  const auto end = Clock::now() + o.seconds;
  while (Clock::now() < end) {
    for (Wire& w : wires) {
      if (Clock::now() >= end) break;
      if (w.fd < 0) {
        if (open_wire(o, context, w)) {
          ++opened;
        } else {
          w.close();
          ++closed;
        }
        continue;
      }
      pollfd one{w.fd, POLLIN, 0};
      ::poll(&one, 1, 0);
      char some[65536];
      if ((one.revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
        const auto n = w.tls != nullptr ? SSL_read(w.tls, some, sizeof some) : ::recv(w.fd, some, sizeof some, 0);
        if (n <= 0) {
          w.close();
          ++closed;
          continue;
        }
      }
      if (o.kind == "slow-head" || o.kind == "slow-body") SSL_write(w.tls, "x", 1);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(o.kind.starts_with("slow") ? 500 : 20));
  }
  std::printf("%s opened %zu closed %zu\n", o.kind.c_str(), opened, closed);
  for (Wire& w : wires) w.close();
  SSL_CTX_free(context);
  return 0;
}

// The file of a sender: card, seed of the key, then the entries, each framed by its length.
std::vector<Bytes> frames_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<Bytes> out;
  std::uint32_t size = 0;
  while (in.read(reinterpret_cast<char*>(&size), sizeof size)) {
    Bytes bytes(size);
    in.read(reinterpret_cast<char*>(bytes.data()), size);
    out.push_back(std::move(bytes));
  }
  return out;
}

int send_ballots(const Options& o) {
  const auto frames = frames_of(o.file);
  const auto card = client::parse_card(frames.at(0));
  if (!card) return 2;
  const client::TimeLimits limits{std::chrono::seconds(2), std::chrono::seconds(10)};
  client::Client log(client::Address::parse(card->server).value(), Sha256{card->pin},
                     log::parse_vkey(card->log).value(), std::chrono::seconds(0), limits);
  log.introduce_as(primitives::SigningKey(std::span<const std::uint8_t, 32>(frames.at(1).data(), 32)));
  const auto pause = std::chrono::microseconds(1'000'000 / o.count);
  const auto end = Clock::now() + o.seconds;
  for (std::size_t i = 2; i < frames.size() && Clock::now() < end; ++i) {
    const auto began = Clock::now();
    std::size_t tries = 1;
    while (!log.append(frames[i])) {
      ++tries;
      if (Clock::now() - began > std::chrono::minutes(10)) {
        std::printf("lost\n");
        return 1;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count();
    std::printf("ms %.2f tries %zu\n", static_cast<double>(took) / 1000, tries);
    std::fflush(stdout);
    std::this_thread::sleep_until(began + pause);
  }
  return 0;
}

int forge(const Options& o) {
  const auto frames = frames_of(o.file);
  std::atomic<std::size_t> refused{0};
  std::atomic<std::size_t> taken{0};
  std::vector<std::thread> threads;
  const auto end = Clock::now() + o.seconds;
  for (std::size_t t = 0; t < o.count; ++t)
    threads.emplace_back([&, t] {
      client::Https https(client::Address::parse("https://" + o.address).value(), std::nullopt);
      for (std::size_t i = t; Clock::now() < end; ++i) {
        Bytes entry = frames[i % frames.size()];
        entry[entry.size() - 1 - i / frames.size() % 60] ^= 1;  // a signature that fits nothing
        const auto answer = https.ask({"POST", "/v1/entries", {}, entry}, 65536);
        if (answer) ++(answer->status == 200 ? taken : refused);
      }
    });
  for (std::thread& thread : threads) thread.join();
  std::printf("forged refused %zu taken %zu\n", refused.load(), taken.load());
  return taken == 0 ? 0 : 1;
}

}  // namespace
}  // namespace tuixuan

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  std::signal(SIGPIPE, SIG_IGN);
  tuixuan::Options o{argv[1], argv[2], std::stoul(argv[3]), std::chrono::seconds(std::stoul(argv[4])),
                     argc > 5 ? argv[5] : ""};
  if (o.kind == "sender") return tuixuan::send_ballots(o);
  if (o.kind == "forged") return tuixuan::forge(o);
  return tuixuan::press(o);
}
