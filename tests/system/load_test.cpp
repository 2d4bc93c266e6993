// Two kiosks send ballots while others press on the server from processes of their own: the latency and loss of the
// kiosks, the server's memory before, at its peak and after. A small round in the ordinary run; TUIXUAN_LOAD=full makes
// the table (10,000 connections, forged ballots at 1,000 a second if the machine can, a minute of quiet after each).
#include <cmath>

#include "tests/system/hall_kit.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using programs::Process;

bool full() {
  const char* load = std::getenv("TUIXUAN_LOAD");
  return load != nullptr && std::string(load) == "full";
}

double resident_mb(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  return 0;
}

std::size_t descriptors(pid_t pid) {
  std::error_code ec;
  const fs::directory_iterator all("/proc/" + std::to_string(pid) + "/fd", ec);
  return ec ? 0 : static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

struct Row {
  std::size_t sent = 0;
  std::size_t again = 0;  // sent more than once
  std::size_t lost = 0;
  std::vector<double> ms;
  double before = 0;
  double peak = 0;
  double after = 0;
  std::size_t most_descriptors = 0;
  std::string pressed;  // what those who pressed say they did
  double at(double part) const {
    if (ms.empty()) return NAN;
    return ms[std::min(ms.size() - 1, static_cast<std::size_t>(part * static_cast<double>(ms.size())))];
  }
};

struct Press {
  const char* title;
  const char* kind;
  std::size_t processes;
  std::size_t each;
};

class LoadTest : public kit::HallTest {
 protected:
  LoadTest() : kit::HallTest(full() ? 6000 : 400) {}

  std::string address() const { return server.card().server.substr(8); }

  // Card, seed, and the next ballots of this kiosk.
  fs::path sender_file(std::size_t kiosk, std::size_t n) {
    const fs::path file = server.folder() / ("sender-" + std::to_string(kiosk) + "-" + std::to_string(next_));
    std::ofstream out(file, std::ios::binary);
    const auto frame = [&](ByteView bytes) {
      const auto size = static_cast<std::uint32_t>(bytes.size());
      out.write(reinterpret_cast<const char*>(&size), sizeof size);
      out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    };
    frame(as_bytes(client::write_card(server.card())));
    frame(kit.kiosks[kiosk].signing.seed().reveal());
    for (std::size_t i = 0; i < n; ++i, ++next_) {
      last_ = kit.append(kit.cast_entry(kit.seal(next_, kiosk, kit.some_selections(next_)), next_));
      frame(last_);
    }
    return file;
  }
  // A ballot that is on the log: with another signature it is refused, after all its checks.
  fs::path forged_file() {
    const fs::path file = server.folder() / "forged";
    std::ofstream out(file, std::ios::binary);
    const auto size = static_cast<std::uint32_t>(last_.size());
    out.write(reinterpret_cast<const char*>(&size), sizeof size);
    out.write(reinterpret_cast<const char*>(last_.data()), static_cast<std::streamsize>(last_.size()));
    return file;
  }
  static Process client(const std::vector<std::string>& words) {
    std::vector<std::string> all{std::string(TUIXUAN_LOAD_CLIENT)};
    all.insert(all.end(), words.begin(), words.end());
    return std::move(*Process::start(all, {}));
  }

  Row round(const Press& press, std::size_t ballots, unsigned seconds, unsigned quiet) {
    Row row;
    const pid_t pid = server.process().pid();
    row.before = resident_mb(pid);
    std::vector<fs::path> files;
    for (std::size_t k = 0; k < 2; ++k) files.push_back(sender_file(k, ballots));
    const std::string time = std::to_string(seconds);
    std::vector<Process> pressing;
    for (std::size_t i = 0; i < press.processes; ++i)
      pressing.push_back(client({press.kind, address(), std::to_string(press.each), time, forged_file()}));
    std::vector<Process> senders;
    for (const fs::path& file : files) senders.push_back(client({"sender", address(), "5", "100000", file}));
    std::atomic<bool> over{false};
    std::thread watch([&] {
      while (!over) {
        row.peak = std::max(row.peak, resident_mb(pid));
        row.most_descriptors = std::max(row.most_descriptors, descriptors(pid));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
      }
    });
    for (Process& sender : senders) {
      while (const auto line = sender.read_line()) {
        double ms = 0;
        unsigned long tries = 0;
        if (std::sscanf(line->c_str(), "ms %lf tries %lu", &ms, &tries) == 2) {
          row.ms.push_back(ms);
          if (tries > 1) ++row.again;
        }
      }
      sender.wait();
    }
    for (Process& p : pressing) {
      const std::string said = p.read_all();
      if (row.pressed.size() < 200) row.pressed += said.substr(0, said.find('\n')) + "; ";
      p.wait();
    }
    row.sent = 2 * ballots;
    row.lost = row.sent - row.ms.size();
    std::this_thread::sleep_for(std::chrono::seconds(quiet));
    over = true;
    watch.join();
    row.after = resident_mb(pid);
    std::sort(row.ms.begin(), row.ms.end());
    std::printf("| %s | %zu | %zu | %zu | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %zu |\n", press.title, row.sent,
                row.lost, row.again, row.at(0.5), row.at(0.95), row.at(1), row.before, row.peak, row.after,
                row.most_descriptors);
    std::printf("    %s\n", row.pressed.c_str());
    std::fflush(stdout);
    return row;
  }

  std::size_t next_ = 0;
  Bytes last_;
};

TEST_F(LoadTest, KiosksAreServedWhateverTheOthersDo) {
  open_congress();
  const std::vector<Press> presses = full() ? std::vector<Press>{{"nobody else", "idle", 0, 0},
                                                                 {"10,000 connections", "idle", 12, 834},
                                                                 {"10,000 that say nothing", "silent", 12, 834},
                                                                 {"2,000 half-open handshakes", "half-open", 4, 500},
                                                                 {"1,000 slow heads", "slow-head", 2, 500},
                                                                 {"1,000 slow bodies", "slow-body", 2, 500},
                                                                 {"oversized heads", "big-head", 2, 200},
                                                                 {"oversized bodies", "big-body", 2, 200},
                                                                 {"300 listeners", "listeners", 1, 300},
                                                                 {"forged ballots", "forged", 2, 16}}
                                            : std::vector<Press>{{"nobody else", "idle", 0, 0},
                                                                 {"1,600 that say nothing", "silent", 2, 800},
                                                                 {"600 half-open handshakes", "half-open", 1, 600},
                                                                 {"oversized bodies", "big-body", 1, 100},
                                                                 {"forged ballots", "forged", 1, 8}};
  const std::size_t ballots = full() ? 150 : 15;
  const unsigned seconds = full() ? 40 : 4;
  const unsigned quiet = full() ? 60 : 8;
  std::printf(
      "| beside two kiosks | ballots | lost | sent again | ms, half | 95 of 100 | most | MB before | peak | %u s "
      "after | descriptors |\n",
      quiet);
  std::size_t sent = 0;
  double first = 0;
  for (const Press& press : presses) {
    const Row row = round(press, ballots, seconds, quiet);
    if (sent == 0) first = row.after;
    sent += row.sent;
    EXPECT_EQ(row.lost, 0U) << press.title;
    EXPECT_TRUE(server.process().running()) << press.title;
    EXPECT_LT(row.peak, first + 400) << press.title;
    EXPECT_LT(row.after, first + 60) << press.title << ": memory is not given back";
  }
  EXPECT_EQ(cast_on_log(), sent) << "each once";
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace tuixuan
