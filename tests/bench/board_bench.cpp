// The public board under a crowd: requests a second for its pages and tiles over kept-alive HTTPS, with the server held
// to one core; and what becomes of ballots meanwhile. "./board_bench [ballots]", 1000 by default; whoever reads has the
// other cores.
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/server/raw_connection.h"
#include "tests/support/process_usage.h"
#include "tests/support/real_server.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kReaders = 64;
constexpr std::size_t kSenders = 16;
constexpr std::chrono::seconds kTime{5};

double seconds(Clock::duration d) { return std::chrono::duration<double>(d).count(); }

// Every thread of a process, or of all but the first core.
void hold_to_cores(pid_t pid, bool first) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  const unsigned n = std::thread::hardware_concurrency();
  for (unsigned i = 0; i < n; ++i)
    if (n == 1 || (i == 0) == first) CPU_SET(i, &cores);
  for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(pid) + "/task"))
    if (::sched_setaffinity(std::atoi(task.path().filename().c_str()), sizeof cores, &cores) != 0) std::abort();
}

// Visitors who ask for one page after another, until they are told to stop.
class Crowd {
 public:
  Crowd(std::string address, std::vector<std::string> paths) : paths_(std::move(paths)) {
    for (std::size_t i = 0; i < kReaders; ++i)
      threads_.emplace_back([this, address, i] {
        ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 10);  // senders of ballots are not to wait for us
        RawConnection raw(address);
        for (std::size_t at = i; !over_; ++at) {
          const auto answer = raw.ask(paths_[at % paths_.size()], "Accept-Encoding: gzip\r\n");
          if (answer.status != 200) std::abort();
          bytes_ += answer.body.size();
          ++requests_;
        }
      });
  }
  ~Crowd() {
    over_ = true;
    for (std::thread& t : threads_) t.join();
  }
  std::size_t requests() const { return requests_; }
  std::size_t bytes() const { return bytes_; }

 private:
  std::vector<std::string> paths_;
  std::atomic<bool> over_{false};
  std::atomic<std::size_t> requests_{0};
  std::atomic<std::size_t> bytes_{0};
  std::vector<std::thread> threads_;
};

void read(kit::RealServer& server, const char* what, const std::vector<std::string>& paths) {
  const pid_t pid = server.process().pid();
  Crowd crowd(server.card().server.substr(8), paths);
  std::this_thread::sleep_for(std::chrono::seconds(1));  // connections are made
  const double cpu = kit::usage_of(pid).cpu;
  const auto begin = Clock::now();
  const std::size_t requests = crowd.requests();
  const std::size_t bytes = crowd.bytes();
  std::this_thread::sleep_for(kTime);
  const double time = seconds(Clock::now() - begin);
  const auto done = static_cast<double>(crowd.requests() - requests);
  const double each = (kit::usage_of(pid).cpu - cpu) / done;
  std::printf("| %s | %.0f | %.3f | %.0f | %.1f |\n", what, done / time, 1000 * each, 1 / each,
              static_cast<double>(crowd.bytes() - bytes) / done / 1000);
  std::fflush(stdout);
}

// Ballots from `first` on, each over a kept connection with its durable receipt.
void send(kit::RealServer& server, const kit::Congress& kit, const char* what, std::size_t first, std::size_t last,
          bool one_by_one) {
  const std::size_t senders = one_by_one ? 1 : kSenders;
  std::vector<std::vector<double>> times(senders);
  const auto begin = Clock::now();
  std::vector<std::thread> threads;
  for (std::size_t s = 0; s < senders; ++s)
    threads.emplace_back([&, s] {
      client::Client client = server.client();
      for (std::size_t i = first + s; i < last; i += senders) {
        const auto sent = Clock::now();
        if (!client.append(kit.log[i])) std::abort();
        times[s].push_back(1000 * seconds(Clock::now() - sent));
      }
    });
  for (std::thread& t : threads) t.join();
  const double time = seconds(Clock::now() - begin);
  std::vector<double> all;
  for (const auto& t : times) all.insert(all.end(), t.begin(), t.end());
  std::sort(all.begin(), all.end());
  std::printf("| %s | %zu | %.0f | %.1f | %.1f | %.1f |\n", what, senders, static_cast<double>(all.size()) / time,
              all[all.size() / 2], all[all.size() * 95 / 100], all.back());
  std::fflush(stdout);
}

void run(std::size_t ballots) {
  kit::Congress kit({4 * ballots, kSenders, 3, 2, false}, 2);
  kit::RealServer server(kit);
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  const std::size_t opened = kit.log.size();
  kit.vote(3 * ballots + ballots / 5);
  if (!server.start()) std::abort();
  client::Client setup = server.client();
  server.send_log(setup, 0, 1);
  server.send_log(setup, 1, opened);
  hold_to_cores(server.process().pid(), true);
  hold_to_cores(::getpid(), false);

  std::size_t at = opened;
  std::printf("| ballots | senders | a second | ms, half | ms, 95 of 100 | ms, longest |\n");
  const auto next = [&](const char* what, std::size_t n, bool one_by_one) {
    send(server, kit, what, at, at + n, one_by_one);
    at += n;
  };
  next("nobody reads", ballots, false);
  next("nobody reads", ballots / 10, true);
  const std::vector<std::string> pages{"/", "/hall.html", "/stage/election.html", "/en/", "/log/0.html"};
  std::vector<std::string> mixed = pages;
  mixed.insert(mixed.end(), {"/tile/0/000", "/tile/0/001", "/tile/entries/000", "/checkpoint", "/v1/status"});
  {
    const Crowd crowd(server.card().server.substr(8), mixed);
    std::this_thread::sleep_for(std::chrono::seconds(1));
    next("64 read without pause", ballots, false);
    next("64 read without pause", ballots / 10, true);
  }
  std::printf("\n| read by 64, gzip | requests/s | server CPU ms | requests/s a core | kB |\n");
  read(server, "pages", pages);
  std::vector<std::string> single;  // made anew for everybody who asks
  for (const auto& [hash, index] : kit.stage().ballots)
    if (index < at && single.size() < 500)
      single.push_back("/ballot/" + to_base32(hash.view()).substr(0, 26) + ".html");
  read(server, "pages of single ballots", single);
  read(server, "tiles of hashes", {"/tile/0/000", "/tile/0/001", "/tile/0/002"});
  read(server, "tiles of entries", {"/tile/entries/000", "/tile/entries/001"});
  read(server, "checkpoint", {"/checkpoint"});
}

}  // namespace
}  // namespace tuixuan

int main(int argc, char** argv) {
  ::setenv("TUIXUAN_BIN_DIR", std::filesystem::read_symlink("/proc/self/exe").parent_path().c_str(), 0);
  const std::size_t ballots = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000;
  tuixuan::run(std::max<std::size_t>(ballots / 160, 2) * 160);  // so that every sender serves its own kiosk
}
