// What a command costs on a log of so many ballots, with and without what this machine has verified before: CPU seconds
// and peak memory of the program tuixuan against a real server. "./snapshot_bench [ballots ...]", 3000 by default.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "server/ledger/ledger.h"
#include "tests/support/real_server.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPassphrase = "a passphrase of this bench";

void must(bool ok, const char* what) {
  if (ok) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

// As many ballots as asked for, one contest of width 1, and everything up to the count; put into the server's ledger
// before it starts.
void fill(kit::Congress& kit, kit::RealServer& server, std::size_t ballots) {
  kit.run(ballots);
  const log::NoteKey key{kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()};
  {
    const auto ledger = ledger::Ledger::open(server.folder() / "server" / "log.ledger", key).value();
    for (const auto& [hash, bytes] : kit.objects.items())
      must(ledger->put_object(hash, bytes).has_value(), "an object is not stored");
    const auto sign = [&](const log::Checkpoint& c) -> Result<std::string> {
      return log::sign_checkpoint(c, kit.log_key);
    };
    for (std::size_t at = 0; at < kit.log.size(); at += 256) {
      const std::vector<Bytes> batch(kit.log.begin() + static_cast<std::ptrdiff_t>(at),
                                     kit.log.begin() + static_cast<std::ptrdiff_t>(std::min(at + 256, kit.log.size())));
      must(ledger->append(batch, sign).has_value(), "entries are not stored");
    }
  }
  must(server.start(), "the server does not start");
}

void run(std::size_t ballots) {
  kit::Congress kit({ballots, 8, 3, 2, false}, 2);
  kit::RealServer server(kit);
  fill(kit, server, ballots);
  const fs::path folder = server.folder();
  const std::string card = (folder / "congress.json").string();
  std::ofstream(card) << client::write_card(server.card());
  ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
  const std::string program = std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan";
  const std::string file = card + ".verified";
  const auto command = [&](const char* name, const std::vector<std::string>& words) {
    std::vector<std::string> all{program};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--congress", card});
    rusage before{};
    ::getrusage(RUSAGE_CHILDREN, &before);
    const auto start = std::chrono::steady_clock::now();
    auto started = programs::Process::start(all, server.messages(), as_bytes(kPassphrase)).value();
    started.read_all();
    must(started.wait() == 0, name);
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rusage used{};
    ::getrusage(RUSAGE_CHILDREN, &used);
    const auto seconds = [](const rusage& u) {
      return static_cast<double>(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
             1e-6 * static_cast<double>(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
    };
    std::error_code ec;
    const auto size = fs::file_size(file, ec);
    std::printf("| %zu | %s | %.2f | %.2f | %.1f |\n", kit.log.size(), name, seconds(used) - seconds(before), wall,
                ec ? 0.0 : static_cast<double>(size) / 1e6);
    std::fflush(stdout);
  };
  const std::string stage = kit.stage_id.name;
  command("status --exact", {"status", "--exact"});
  command("status, the first time", {"status"});
  command("status", {"status"});
  command("form",
          {"form", "--stage", stage, "--kind", "report", "--format", "json", "--dir", (folder / "forms").string()});
  command("form --exact", {"form", "--stage", stage, "--kind", "report", "--format", "json", "--dir",
                           (folder / "forms").string(), "--exact"});
}

}  // namespace
}  // namespace tuixuan

int main(int argc, char** argv) {
  ::setenv("TUIXUAN_BIN_DIR", std::filesystem::read_symlink("/proc/self/exe").parent_path().c_str(), 0);
  std::vector<std::size_t> sizes;
  for (int i = 1; i < argc; ++i)
    if (const auto n = std::strtoull(argv[i], nullptr, 10); n >= 5) sizes.push_back(n);
  if (sizes.empty()) sizes = {3000};
  std::printf("| entries | command | CPU s | wall s | snapshot MB |\n|---|---|---|---|---|\n");
  for (const std::size_t n : sizes) tuixuan::run(n);
}
