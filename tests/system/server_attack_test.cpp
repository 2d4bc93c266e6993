// Somebody hostile on the hall's network, against the real server over real TLS connections: no request ends it, none
// is read as two, all places taken keep no kiosk out, and memory is given back.
#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/server/raw_connection.h"
#include "tests/support/process_usage.h"
#include "tests/system/hall_kit.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using programs::Process;

class ServerAttackTest : public kit::HallTest {
 protected:
  ServerAttackTest() { std::signal(SIGPIPE, SIG_IGN); }
  std::string address() const { return server.card().server.substr(8); }
  bool is_alive() {
    if (!server.process().running()) return false;
    RawConnection c(address());
    return c.ask("/v1/health").status == 200;
  }
  // All that comes back until the other side closes.
  std::string all_of(const std::string& request) {
    RawConnection c(address());
    c.send(request);
    std::string out;
    for (std::string part = c.read_some(); !part.empty(); part = c.read_some()) out += part;
    return out;
  }
  static std::size_t answers_in(const std::string& text) {
    std::size_t n = 0;
    for (std::size_t at = text.find("HTTP/1.1 "); at != std::string::npos; at = text.find("HTTP/1.1 ", at + 1)) ++n;
    return n;
  }
  // From one of many addresses of this machine.
  int connect_plainly(int from = 0) const {
    const std::string to = address();
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_port = htons(static_cast<std::uint16_t>(std::stoul(to.substr(to.rfind(':') + 1))));
    ::inet_pton(AF_INET, "127.0.0.1", &in.sin_addr);
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK + static_cast<std::uint32_t>(from));
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&own), sizeof own) == 0 &&
        ::connect(fd, reinterpret_cast<const sockaddr*>(&in), sizeof in) == 0)
      return fd;
    ::close(fd);
    return -1;
  }
  double resident_mb() {
    std::ifstream status("/proc/" + std::to_string(server.process().pid()) + "/status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
    return 0;
  }
};

TEST_F(ServerAttackTest, NoAnnouncedLengthEndsTheServerOrFillsItsMemory) {
  open_congress();
  ASSERT_TRUE(is_alive());
  for (const char* method : {"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
    for (const char* length : {"99999999999", "400000000", "18446744073709551615", "9223372036854775807"}) {
      const std::string said =
          all_of(std::string(method) + " / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\nx");
      EXPECT_THAT(said, testing::StartsWith("HTTP/1.1 4")) << method << " " << length;
      ASSERT_TRUE(is_alive()) << method << " " << length;
    }
  EXPECT_LT(kit::usage_of(server.process().pid()).peak_mb, 300);
}

// A body that is announced and sent to a GET fills nothing, from however many.
TEST_F(ServerAttackTest, BodiesOfReadersAreNotTaken) {
  open_congress();
  const double before = resident_mb();
  for (int i = 0; i < 4; ++i) {
    RawConnection c(address());
    c.send("GET /v1/status HTTP/1.1\r\nHost: a\r\nContent-Length: 120000000\r\n\r\n");
    for (int part = 0; part < 400; ++part) c.send(std::string(300000, 'x'));
  }
  ASSERT_TRUE(is_alive());
  EXPECT_LT(kit::usage_of(server.process().pid()).peak_mb, before + 150);
}

// Shapes in which two programs see different requests: one refusal, and what follows is never read as a request.
TEST_F(ServerAttackTest, NoRequestIsSmuggled) {
  open_congress();
  const std::string hidden = "GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n";
  const auto post = [&](const std::string& lines, const std::string& rest) {
    return "POST /v1/entries HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n" + rest + hidden;
  };
  const std::vector<std::string> shapes{
      post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "0;ext=\"\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "2;a=b\r\nxx\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "0\n\n"),
      post("Transfer-Encoding: identity\r\n", ""),
      post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding\t: chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
      post(" Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("X: a\r\n Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Content-Length: 0\r\nContent-Length: 0\r\n", ""),
      post("Content-Length: 0\r\nContent-Length: 5\r\n", ""),
      post("Content-Length: 0, 0\r\n", ""),
      post("Content-Length: +0\r\n", ""),
      post("Content-Length: -1\r\n", ""),
      post("Content-Length: 0x0\r\n", ""),
      post("Content-Length: 0 0\r\n", ""),
      post("Content-Length: \r\n", ""),
      post("Content-Length : 0\r\n", ""),
      post("Content-Length: 0\nX: y\r\n", ""),
      post("X: y\rContent-Length: 0\r\n", ""),
      post("X: y\r\n\tContent-Length: 0\r\n", ""),
      post(std::string("X: \0\r\n", 6), ""),
      post("", ""),
      "GET / HTTP/1.1\nHost: a\n\n" + hidden,
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + hidden,
      "GET / HTTP/1.1\r\n\r\n" + hidden,
      "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n" + hidden,
      "HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n" + hidden,
      "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
      "GET / HTTP/9.9\r\nHost: a\r\n\r\n" + hidden,
      "GET  / HTTP/1.1\r\nHost: a\r\n\r\n" + hidden,
      "GET / / HTTP/1.1\r\nHost: a\r\n\r\n" + hidden,
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + hidden,
      "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(40000, 'x') + "\r\n\r\n" + hidden,
  };
  for (const std::string& shape : shapes) {
    const std::string said = all_of(shape);
    EXPECT_EQ(answers_in(said), 1U) << shape.substr(0, 120) << "\n---\n" << said.substr(0, 300);
    EXPECT_THAT(said, testing::StartsWith("HTTP/1.1 4")) << shape.substr(0, 120);
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("tuixuan-status/1"))) << shape.substr(0, 120);
  }
  ASSERT_TRUE(is_alive());
  // And two requests that are two are answered twice.
  const std::string both = all_of(
      "GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(answers_in(both), 2U);
}

// Others hold every place, from as many addresses as they like; a kiosk that starts then votes.
TEST_F(ServerAttackTest, AllPlacesTakenKeepNoKioskOut) {
  rlimit files{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &files), 0);
  if (files.rlim_max < 4096) GTEST_SKIP() << "this process may open too few files to be hostile";
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
  const fs::path folder = enrol_kiosk(0);
  open_congress();
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &files), 0);
  std::vector<std::unique_ptr<RawConnection>> readers;
  std::vector<int> silent;
  for (int i = 0; i < 130; ++i) {
    readers.push_back(std::make_unique<RawConnection>(address()));
    readers.back()->send("GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  for (int i = 0; i < 2000; ++i) silent.push_back(connect_plainly(i % 20));
  std::atomic<bool> over{false};
  std::thread again([&] {  // whoever is closed comes back at once
    while (!over)
      for (int& fd : silent) {
        char byte = 0;
        if (over) break;
        if (fd >= 0 && ::recv(fd, &byte, 1, MSG_DONTWAIT) != 0) continue;
        if (fd >= 0) ::close(fd);
        fd = connect_plainly();
      }
  });
  Process k = kiosk(folder);
  ASSERT_TRUE(event(k, "open"));
  for (std::size_t i = 0; i < 3; ++i) {
    ASSERT_TRUE(k.write_line(voter(i)));
    EXPECT_TRUE(event(k, "cast"));  // delivered before that, or after: the log counts it in the end
  }
  k.close_input();
  k.read_all();
  EXPECT_EQ(k.wait(), 0);
  over = true;
  again.join();
  for (const int fd : silent) ::close(fd);
  EXPECT_EQ(cast_on_log(), 3U);
  EXPECT_TRUE(kit::wait_until([&] { return is_told("connections made room for others"); })) << told();
}

TEST_F(ServerAttackTest, MemoryOfHandshakesIsGivenBack) {
  open_congress();
  ASSERT_TRUE(is_alive());
  const double before = resident_mb();
  double most = 0;
  for (int round = 0; round < 3; ++round) {
    std::vector<int> half;
    for (int i = 0; i < 900; ++i) {
      half.push_back(connect_plainly(i % 20));
      constexpr char kHello[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
      (void)!::write(half.back(), kHello, sizeof kHello - 1);
    }
    ASSERT_TRUE(is_alive());
    most = std::max(most, resident_mb());
    for (const int fd : half) ::close(fd);
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  kit::wait_until([&] { return resident_mb() < before + 12; }, [&] { return std::chrono::steady_clock::now() > end; });
  std::printf("before %.0f MB, with half-open handshakes %.0f, afterwards %.0f\n", before, most, resident_mb());
  EXPECT_LT(resident_mb(), before + 12);
}

// Where the system allows few files, there are fewer places, it is said, and the server works.
TEST_F(ServerAttackTest, DescriptorsAreCheckedAtTheStart) {
  found_congress();
  rlimit all{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &all), 0);
  rlimit few = all;
  few.rlim_cur = few.rlim_max = 700;
  // For the server alone: set in a child that becomes it.
  const std::string words = "ulimit -n 700; exec \"$0\" \"$@\"";
  auto limited = Process::start(
      {"/bin/sh", "-c", words, program("tuixuan-server"), "run", "--dir", (server.folder() / "server").string(),
       "--organiser", kit.organiser.verify_key().hex(), "--listen", "127.0.0.1:0"},
      server.messages());
  ASSERT_TRUE(limited);
  const auto line = limited->read_line();
  ASSERT_TRUE(line);
  EXPECT_TRUE(is_told("may open only 700 files")) << told();
  limited->signal(SIGTERM);
  EXPECT_EQ(limited->wait(), 0);
  auto hopeless = Process::start({"/bin/sh", "-c", "ulimit -n 200; exec \"$0\" \"$@\"", program("tuixuan-server"),
                                  "run", "--dir", (server.folder() / "server").string(), "--organiser",
                                  kit.organiser.verify_key().hex(), "--listen", "127.0.0.1:0"},
                                 server.messages());
  hopeless->read_all();
  EXPECT_EQ(hopeless->wait(), 1);
  EXPECT_TRUE(is_told("http.descriptors")) << told();
}

}  // namespace
}  // namespace tuixuan
