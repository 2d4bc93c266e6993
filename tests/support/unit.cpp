#include "tests/support/unit.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>

#include "tests/support/wait.h"

namespace tuixuan::kit {

using programs::Process;

// "1", "20s", "500ms", "2min"
static std::chrono::milliseconds span_of(const std::string& text) {
  char* unit = nullptr;
  const double number = std::strtod(text.c_str(), &unit);
  const std::string name = unit;
  const double factor = name == "ms" ? 1 : name == "min" ? 60'000 : 1000;
  return std::chrono::milliseconds(static_cast<std::int64_t>(number * factor));
}

Unit Unit::read(const std::filesystem::path& file) {
  Unit out;
  std::ifstream in(file);
  if (!in) {
    std::fprintf(stderr, "no unit %s\n", file.c_str());
    std::abort();
  }
  for (std::string line; std::getline(in, line);) {
    const auto at = line.find('=');
    if (at == std::string::npos || line.starts_with('#')) continue;
    const std::string name = line.substr(0, at);
    const std::string value = line.substr(at + 1);
    if (name == "ExecStart") out.exec_start = value;
    if (name == "Restart") out.restart = value;
    if (name == "RestartSec") out.restart_sec = span_of(value);
    if (name == "WatchdogSec") out.watchdog_sec = span_of(value);
  }
  return out;
}

// systemd.service(5), the table of Restart=.
bool Unit::restarts(int status, bool by_watchdog) const {
  const bool clean = status == 0 || status == 128 + SIGHUP || status == 128 + SIGINT || status == 128 + SIGTERM ||
                     status == 128 + SIGPIPE;
  if (restart == "always") return true;
  if (restart == "on-success") return clean && !by_watchdog;
  if (restart == "on-failure") return !clean || by_watchdog;
  if (restart == "on-abnormal") return by_watchdog || (!clean && status > 128);
  if (restart == "on-abort") return !clean && status > 128 && !by_watchdog;
  return restart == "on-watchdog" && by_watchdog;
}

Service::Service(Unit unit, Words words, std::string errors)
    : unit_(std::move(unit)), words_(std::move(words)), errors_(std::move(errors)), socket_(errors_ + ".notify") {
  keeper_ = std::thread([this] { keep(); });
}

Service::~Service() {
  stopping_ = true;
  signal(SIGKILL);
  if (keeper_.joinable()) keeper_.join();
  std::error_code ignored;
  std::filesystem::remove(socket_, ignored);
}

void Service::signal(int number) {
  const std::lock_guard lock(mutex_);
  if (pid_ > 0) ::kill(pid_, number);
}

int Service::stop() {
  stopping_ = true;
  signal(SIGTERM);
  if (keeper_.joinable()) keeper_.join();
  const std::lock_guard lock(mutex_);
  return ends_.empty() ? -1 : ends_.back();
}

std::vector<int> Service::ends() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

std::optional<std::string> Service::line_with(const std::string& text) {
  std::unique_lock lock(mutex_);
  std::optional<std::string> found;
  changed_.wait_for(lock, kHang, [&] {
    for (const std::string& line : lines_)
      if (!found && line.find(text) != std::string::npos) found = line;
    return found.has_value() || given_up_;
  });
  return found;
}

void Service::hear(int notify, std::chrono::steady_clock::time_point& last) {
  char said[256];
  for (;;) {
    const ssize_t n = ::recv(notify, said, sizeof said, MSG_DONTWAIT);
    if (n <= 0) return;
    if (std::string(said, static_cast<std::size_t>(n)).find("WATCHDOG=1") != std::string::npos)
      last = std::chrono::steady_clock::now();
  }
}

void Service::keep() {
  const int notify = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_.copy(address.sun_path, sizeof address.sun_path - 1);
  ::unlink(socket_.c_str());
  if (::bind(notify, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::abort();
  while (!stopping_) {
    std::vector<std::string> words{"/usr/bin/env", "NOTIFY_SOCKET=" + socket_};
    if (unit_.watchdog_sec.count() > 0)
      words.push_back("WATCHDOG_USEC=" + std::to_string(unit_.watchdog_sec.count() * 1000));
    for (std::string& word : words_(starts_)) words.push_back(std::move(word));
    Process process = Process::start(words, errors_).value();
    auto alive = std::chrono::steady_clock::now();
    {
      const std::lock_guard lock(mutex_);
      lines_.clear();
      pid_ = process.pid();
    }
    ++starts_;
    if (stopping_) process.signal(SIGTERM);
    std::thread reader([&] {
      while (auto line = process.read_line()) {
        const std::lock_guard lock(mutex_);
        lines_.push_back(std::move(*line));
        changed_.notify_all();
      }
    });
    bool by_watchdog = false;
    while (process.running()) {
      hear(notify, alive);
      if (unit_.watchdog_sec.count() > 0 && !by_watchdog &&
          std::chrono::steady_clock::now() - alive > unit_.watchdog_sec) {
        by_watchdog = true;
        ++watchdog_ends_;
        process.signal(SIGABRT);
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    reader.join();
    const int status = process.wait();
    {
      const std::lock_guard lock(mutex_);
      pid_ = -1;
      ends_.push_back(status);
    }
    if (stopping_ || !unit_.restarts(status, by_watchdog)) break;
    std::this_thread::sleep_for(unit_.restart_sec);
  }
  given_up_ = true;
  changed_.notify_all();
  ::close(notify);
}

}  // namespace tuixuan::kit
