// A program kept running as its systemd unit says, where there is no systemd: ExecStart with other words in its place,
// Restart=, RestartSec= and WatchdogSec= of the file itself (hardware/appliance). The program's own standard output is
// read and kept line by line.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "hardware/programs/process.h"

namespace tuixuan::kit {

struct Unit {
  std::string exec_start;  // as it stands there
  std::string restart = "no";
  std::chrono::milliseconds restart_sec{100};
  std::chrono::milliseconds watchdog_sec{0};  // none
  static Unit read(const std::filesystem::path& file);
  // Whether it is started again after this end (128 + the signal, as Process tells it).
  bool restarts(int status, bool by_watchdog = false) const;
};

class Service {
 public:
  using Words = std::function<std::vector<std::string>(std::size_t start)>;  // of the start, from 0
  Service(Unit unit, Words words, std::string errors);
  ~Service();  // kills
  // The first line of the present start that contains this; none if the unit has given up, or only a hang is left.
  std::optional<std::string> line_with(const std::string& text);
  int stop();  // SIGTERM, no restart; exit status of the last start
  void signal(int number);
  std::size_t starts() const { return starts_; }
  std::size_t watchdog_ends() const { return watchdog_ends_; }
  std::vector<int> ends() const;  // status of each that has ended
  bool given_up() const { return given_up_; }

 private:
  void keep();
  void hear(int notify, std::chrono::steady_clock::time_point& last);

  Unit unit_;
  Words words_;
  std::string errors_;
  std::string socket_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;  // of the present start
  std::vector<int> ends_;
  pid_t pid_ = -1;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> given_up_{false};
  std::atomic<std::size_t> starts_{0};
  std::atomic<std::size_t> watchdog_ends_{0};
  std::thread keeper_;
};

}  // namespace tuixuan::kit
