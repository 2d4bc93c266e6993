// tuixuan-kiosk: a kiosk without a screen.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "crypto/base/parallel.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"
#include "kiosk/core/headless.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;

struct Options {
  std::string folder;
  std::string id;
  std::string card;
  bool final = false;
  unsigned patience = 60;
};

static int tell(const Error& why) {
  std::fprintf(stderr, "tuixuan-kiosk: %s\n", why.text().c_str());
  return 1;
}

static Result<std::string> make_kiosk(const Options& o) {
  if (!is_short_name(o.id)) return fail("kiosk.id", "the id of a kiosk is 1 to 32 of a-z A-Z 0-9 . _ -");
  std::error_code ec;
  fs::create_directories(o.folder, ec);
  if (!ec) fs::permissions(o.folder, fs::perms::owner_all, ec);
  if (ec) return fail("kiosk.folder", o.folder + ": " + ec.message());
  devices::FileKeyStore store(o.folder);
  const auto key = primitives::SigningKey::random();
  TUIXUAN_CHECK(store.put("kiosk.key", key.seed().reveal()));
  TUIXUAN_CHECK(devices::write_new(fs::path(o.folder) / "kiosk.id", as_bytes(o.id), "kiosk.folder"));
  return key.verify_key().hex();
}

static Result<primitives::SigningKey> load_key(const Options& o) {
  devices::FileKeyStore store(o.folder);
  TUIXUAN_TRY(seed, store.get("kiosk.key"));
  if (seed.size() != primitives::SigningKey::kSeedSize) return fail("kiosk.key", "kiosk.key is damaged");
  primitives::SigningKey key(
      std::span<const std::uint8_t, primitives::SigningKey::kSeedSize>(seed.data(), seed.size()));
  primitives::wipe(seed);
  return key;
}

// Lines from a file descriptor, with a pause in which the kiosk may do other things.
class Lines {
 public:
  static constexpr std::size_t kMax = 65536;
  enum class Got { line, nothing, end };
  Got next(std::string& line) {
    for (;;) {
      if (const auto at = pending_.find('\n'); at != std::string::npos) {
        line = pending_.substr(0, at);
        pending_.erase(0, at + 1);
        return Got::line;
      }
      if (pending_.size() > kMax) {
        line = std::move(pending_);
        pending_.clear();
        return Got::line;  // too long: refused as it is read
      }
      if (ended_) {
        line = std::move(pending_);
        pending_.clear();
        return line.empty() ? Got::end : Got::line;
      }
      pollfd waiting{STDIN_FILENO, POLLIN, 0};
      if (::poll(&waiting, 1, 500) <= 0) return Got::nothing;
      char part[4096];
      const ssize_t n = ::read(STDIN_FILENO, part, sizeof part);
      if (n <= 0) ended_ = true;
      if (n > 0) pending_.append(part, static_cast<std::size_t>(n));
    }
  }

 private:
  std::string pending_;
  bool ended_ = false;
};

static void show(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

static Result<void> vote_all(Headless& kiosk, const Options& o) {
  Lines lines;
  std::string line;
  for (Lines::Got got = lines.next(line); got != Lines::Got::end; got = lines.next(line)) {
    if (got == Lines::Got::line && !line.empty()) kiosk.vote(line);
    primitives::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    if (auto why = kiosk.trouble()) return tl::unexpected<Error>(std::move(*why));
  }
  TUIXUAN_TRY(waiting, kiosk.finish(std::chrono::seconds(o.patience)));
  if (waiting > 0)
    return fail("kiosk.undelivered", std::to_string(waiting) +
                                         " ballots wait in the journal; they are safe there. Start " +
                                         "'tuixuan-kiosk vote' again when the server is back");
  if (o.final) return kiosk.send_final();
  return {};
}

static Result<void> vote(const Options& o) {
  TUIXUAN_TRY(key, load_key(o));
  TUIXUAN_TRY(id, devices::read_all(fs::path(o.folder) / "kiosk.id", 64, false, "kiosk.folder"));
  const KioskId kiosk{std::string(as_text(id))};
  TUIXUAN_TRY(journal, Journal::open((fs::path(o.folder) / "journal.sqlite").string(), kiosk));
  TUIXUAN_TRY(card, client::load_card(o.card));
  const client::TimeLimits limits{std::chrono::seconds(2), std::chrono::seconds(10)};
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(0), hardware_threads(), limits));
  Headless headless(kiosk, key, journal, *congress, show);
  TUIXUAN_CHECK(headless.start(std::chrono::seconds(o.patience)));
  show(R"({"event":"open","stage":")" + headless.stage().id.name + "\"}");
  return vote_all(headless, o);
}

static int run(const Options& o, bool init) {
  std::signal(SIGPIPE, SIG_IGN);
  if (init) {
    const auto key = make_kiosk(o);
    if (!key) return tell(key.error());
    std::printf("%s\n", key->c_str());
    return 0;
  }
  const auto voted = vote(o);
  return voted ? 0 : tell(voted.error());
}

}  // namespace tuixuan::kiosk

int main(int argc, char** argv) {
  CLI::App app{"推选 Tuixuan: 投票机（无屏幕）/ kiosk without a screen"};
  app.require_subcommand(1);
  tuixuan::kiosk::Options o;
  CLI::App* init = app.add_subcommand("init", "make this kiosk's key; prints the public key for the scheme");
  CLI::App* vote = app.add_subcommand(
      "vote", "voters as lines of JSON on standard input (README of kiosk/core); delivers what waits");
  for (CLI::App* command : {init, vote}) command->add_option("--dir", o.folder, "this kiosk's folder")->required();
  init->add_option("--id", o.id, "the kiosk's id in the scheme")->required();
  vote->add_option("--congress", o.card, "the card of the congress (congress.json)")->required();
  vote->add_flag("--final", o.final, "at the end of the input: the last ballot has been voted here, say so on the log");
  vote->add_option("--patience", o.patience, "seconds to wait for the opening, and at the end for the server")
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return tuixuan::kiosk::run(o, init->parsed());
}
