// The programs as a whole: what the server spends on a ballot that comes over a kept-alive connection and is answered
// with a durable receipt, as a ratio to the cost of checking that ballot alone in the same run; and what tuixuan-verify
// needs for a whole record with three mixes. "./program_bench [accept] [verify] [ballots ...]": both by default, 1000
// and 10000 ballots. With TUIXUAN_BIN_DIR the programs of another version are measured.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

#include "crypto/batch/engine.h"
#include "tests/support/kit_record.h"
#include "tests/support/process_usage.h"
#include "tests/support/real_server.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;

double own_cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double cpu_of(pid_t pid) {
  clockid_t clock = 0;
  timespec t{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &t) != 0) std::abort();
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Commits of the server since its start.
std::uint64_t batches(client::Client& client) {
  const std::string text{as_text(client.get("/v1/health", 1U << 16U).value())};
  constexpr std::string_view kName = "\"batches\":";
  return std::strtoull(text.c_str() + text.find(kName) + kName.size(), nullptr, 10);
}

void accept(std::size_t ballots, std::size_t kiosks, bool wide) {
  kit::Congress kit({ballots, kiosks, 3, 2, wide}, 2);
  kit::RealServer server(kit);
  kit.found();
  kit.ceremony();
  kit.slips();
  kit.attendance();
  kit.open();
  const std::size_t first = kit.log.size();
  const election::Fold before = kit.fold;
  kit.vote(ballots);

  election::Fold checker = before;
  const double check_start = own_cpu();
  for (std::size_t i = first; i < kit.log.size(); ++i) (void)checker.prepare(kit.log[i], kit.objects);
  const double check = (own_cpu() - check_start) / static_cast<double>(ballots);

  if (!server.start()) std::abort();
  client::Client setup = server.client();
  server.send_log(setup, 0, 1);
  server.send_log(setup, 1, first);
  const std::uint64_t batches_start = batches(setup);
  const double cpu_start = cpu_of(server.process().pid());
  const double wall_start = wall();
  std::vector<std::thread> senders;
  for (std::size_t s = 0; s < kiosks; ++s)
    senders.emplace_back([&, s] {
      client::Client client = server.client();
      for (std::size_t i = first + s; i < kit.log.size(); i += kiosks)
        if (!client.append(kit.log[i])) std::abort();
    });
  for (std::thread& t : senders) t.join();
  const double time = wall() - wall_start;
  const double each = (cpu_of(server.process().pid()) - cpu_start) / static_cast<double>(ballots);
  const double together = static_cast<double>(ballots) / static_cast<double>(batches(setup) - batches_start);
  std::printf("| accept, %s, %s, %zu kiosks | %zu | %.3f | %.3f | %.2f | %.0f | %.1f | %.0f |\n",
              wide ? "2 contests" : "width 1", batch::engine().name, kiosks, ballots, 1000 * check, 1000 * each,
              each / check, static_cast<double>(ballots) / time, together,
              kit::usage_of(server.process().pid()).peak_mb);
  std::fflush(stdout);
}

struct Used {
  double cpu = 0;
  double wall = 0;
  double megabytes = 0;
};

// Way: "exact", or the path that merged checks take.
Used run_verify(const std::string& program, const std::string& record, const char* way, const char* threads) {
  const double start = wall();
  const pid_t pid = ::fork();
  if (pid == 0) {
    const bool exact = std::string_view(way) == "exact";
    if (!exact) ::setenv("TUIXUAN_CPU", way, 1);
    if (std::freopen("/dev/null", "w", stdout) != nullptr && std::freopen("/dev/null", "w", stderr) != nullptr)
      ::execl(program.c_str(), program.c_str(), record.c_str(), "--threads", threads, exact ? "--exact" : nullptr,
              nullptr);
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  ::wait4(pid, &status, 0, &used);
  if (status != 0) std::abort();
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return {seconds(used.ru_utime) + seconds(used.ru_stime), wall() - start, static_cast<double>(used.ru_maxrss) / 1024};
}

void verify(std::size_t ballots, bool wide) {
  kit::Congress kit({ballots, 4, 3, 2, wide}, 2);
  kit.run(ballots);
  std::string folder = (fs::temp_directory_path() / "tuixuan-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) std::abort();
  kit::write_files(kit::record_files(kit), folder);
  std::uintmax_t bytes = 0;
  for (const auto& f : fs::recursive_directory_iterator(folder))
    if (f.is_regular_file()) bytes += f.file_size();
  const std::string program = std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan-verify";
  const auto n = static_cast<double>(ballots);
  double exact = 0;
  const auto row = [&](const char* way, const char* threads) {
    const Used used = run_verify(program, folder, way, threads);
    if (std::string_view(way) == "exact") exact = used.cpu;
    std::printf("| verify, %s, %s | %zu | %s | %.3f | %.3f | %.1f | %.0f | %.2f |\n", wide ? "2 contests" : "width 1",
                way, ballots, threads, 1000 * used.cpu / n, 1000 * used.wall / n, exact / used.cpu, used.megabytes,
                static_cast<double>(bytes) / n / 1000);
    std::fflush(stdout);
  };
  row("exact", "1");
  for (const char* path : {"plain", "avx2", "ifma"}) {
    if (batch::find_engine(path) == nullptr) {
      std::printf("| verify, %s: this processor has no such path |\n", path);
    } else {
      row(path, "1");
    }
  }
  row(batch::engine().name, "2");
  if (std::getenv("TUIXUAN_BENCH_KEEP") != nullptr)
    std::fprintf(stderr, "%s\n", folder.c_str());
  else
    fs::remove_all(folder);
}

void accept_all(const std::vector<std::size_t>& sizes) {
  std::printf(
      "| server | ballots | check alone, CPU ms | accepted, CPU ms | ratio | ballots/s | ballots/commit | peak MB |\n");
  for (const std::size_t n : sizes)
    for (const bool wide : {false, true})
      for (const std::size_t kiosks : {16, 64}) accept(n, kiosks, wide);
}

void verify_all(const std::vector<std::size_t>& sizes) {
  std::printf(
      "| record, 3 mixes, how | ballots | threads | CPU ms/ballot | wall ms/ballot | exact/this | peak MB | "
      "kB/ballot |\n");
  std::fflush(stdout);  // a child would print it again
  for (const std::size_t n : sizes)
    for (const bool wide : {false, true}) verify(n, wide);
}

}  // namespace
}  // namespace tuixuan

int main(int argc, char** argv) {
  ::setenv("TUIXUAN_BIN_DIR", std::filesystem::read_symlink("/proc/self/exe").parent_path().c_str(), 0);
  std::vector<std::size_t> sizes;
  bool accept = false;
  bool verify = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    accept = accept || word == "accept";
    verify = verify || word == "verify";
    if (const auto n = std::strtoull(argv[i], nullptr, 10); n >= 5) sizes.push_back(n);
  }
  if (sizes.empty()) sizes = {1000, 10000};
  if (accept || !verify) tuixuan::accept_all(sizes);
  std::puts("");
  if (verify || !accept) tuixuan::verify_all(sizes);
}
