// tuixuan-server: holds the log of one congress.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

#include "crypto/base/parallel.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/core_files.h"
#include "hardware/devices/service_manager.h"
#include "hardware/terminal/command_line.h"
#include "server/http/gatherer.h"
#include "server/http/neighbours.h"
#include "server/http/server.h"
#include "server/identity/identity.h"
#include "server/restore/commands.h"
#include "server/standby/commands.h"
#include "server/standby/remote_replica.h"
#include "tally/client/refusals.h"

namespace tuixuan::http {

static int tell(const Error& why) {
  client::tell_refusal("tuixuan-server", why);
  return 1;
}

struct Options {
  std::string folder;
  std::string origin;
  std::string organiser;
  std::string listen = "0.0.0.0:8443";
  std::vector<std::string> witnesses;
  std::vector<std::string> without;
  std::string standby;
  std::string standby_pin;
  bool json = false;
};

static int init(const Options& o) {
  const identity::IdentityFiles files{o.folder};
  const auto identity = identity::make_identity(files, o.origin);
  if (!identity) return tell(identity.error());
  const auto ledger = ledger::Ledger::create(files.ledger(), identity->vkey());
  if (!ledger) return tell(ledger.error());
  if (o.json) {
    std::printf("%s\n", identity->public_json().c_str());
  } else {
    std::printf("服务器已建立 / server made: %s\n", o.folder.c_str());
    std::printf("写入选举办法的三项 / for the scheme:\n  origin   %s\n  log key  %s\n  TLS pin  %s\n",
                identity->origin.c_str(), identity->log_key.verify_key().hex().c_str(), identity->pin.hex().c_str());
    std::printf("公开的日志密钥 / public key of the log:\n  %s\n", log::format_vkey(identity->vkey()).c_str());
  }
  return 0;
}

static Result<election::Anchor> anchor_of(const Options& o) {
  election::Anchor anchor;
  if (o.organiser.empty()) return anchor;
  auto key = array_from_hex<32>(o.organiser);
  if (!key || !primitives::is_verify_key(primitives::VerifyKey{*key}))
    return fail(code::server::organiser, "--organiser is not a public key of 64 hexadecimal digits");
  anchor.organiser = primitives::VerifyKey{*key};
  return anchor;
}

// None: no standby is configured.
static Result<std::unique_ptr<standby::RemoteReplica>> replica_of(const Options& o, const identity::Identity& identity,
                                                                  const service::Cosigners::Tell& say) {
  if (o.standby.empty()) return nullptr;
  const identity::IdentityFiles files{o.folder};
  TUIXUAN_TRY(address, client::Address::parse(o.standby));
  const auto pin = array_from_hex<32>(o.standby_pin);
  if (!pin) return fail(code::standby::pin, "--standby-pin is not the pin that 'tuixuan-server standby init' printed");
  return std::make_unique<standby::RemoteReplica>(
      std::move(address), Sha256{*pin}, identity.log_key.copy(), identity.vkey(),
      standby::RemoteReplica::Files{files.sealed_key(), files.epoch()}, say);
}

// Signals are blocked before any thread starts, so that only the thread that waits for them gets them.
static sigset_t block_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  return set;
}

constexpr int kGaveUp = 75;  // EX_TEMPFAIL: its disk did not come back

static int run(const Options& o) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on files is a full disk: an error to answer, not to die of
  const identity::IdentityFiles files{o.folder};
  auto identity = identity::load_identity(files);
  if (!identity) return tell(identity.error());
  const auto anchor = anchor_of(o);
  if (!anchor) return tell(anchor.error());
  const sigset_t signals = block_signals();
  service::Settings settings{files.ledger(), identity->origin, *anchor, hardware_threads()};
  const auto say = [](const std::string& line) { std::fprintf(stderr, "tuixuan-server: %s\n", line.c_str()); };
  settings.tell = say;
  std::atomic<bool> gave_up{false};
  settings.ended = [&gave_up] {  // as if told to stop, but to be started anew
    gave_up = true;
    ::kill(::getpid(), SIGTERM);
  };
  settings.epochs = {files.epoch(), files.superseded()};
  settings.pin = identity->pin;
  auto replica = replica_of(o, *identity, say);
  if (!replica) return tell(replica.error());
  settings.replica = replica->get();
  auto service = service::Service::start(std::move(settings), std::move(identity->log_key), false);
  if (!service) return tell(service.error());
  if ((*service)->ledger().size() == 0 && !anchor->organiser)
    return tell({code::server::organiser, "the log is empty: say with --organiser whose scheme it will take"});
  auto server = Server::open(**service, o.listen, files.tls_certificate(), files.tls_key(), {}, say);
  if (!server) return tell(server.error());
  auto neighbours = Neighbours::open(**service, {o.witnesses, o.without, files.former(), say});
  if (!neighbours) return tell(neighbours.error());
  auto gatherer = Gatherer::open(**service, o.witnesses);
  if (!gatherer) return tell(gatherer.error());
  std::thread waiter([&] {
    int number = 0;
    sigwait(&signals, &number);
    (*server)->stop();
  });
  std::printf("tuixuan-server: https://%s  %s  entries %llu\n", (*server)->address().c_str(),
              log::format_vkey((*service)->key()).c_str(),
              static_cast<unsigned long long>((*service)->ledger().size()));
  std::fflush(stdout);
  devices::tell_service_manager("READY=1");
  (*server)->run();
  waiter.join();
  gatherer->reset();
  neighbours->reset();
  (*service)->stop();
  std::printf("tuixuan-server: stopped, entries %llu\n", static_cast<unsigned long long>((*service)->ledger().size()));
  return gave_up ? kGaveUp : 0;
}

}  // namespace tuixuan::http

int main(int argc, char** argv) {
  tuixuan::primitives::forbid_core_files();
  CLI::App app{"推选 Tuixuan: 日志服务器 / the log server of one congress"};
  app.require_subcommand(1);
  tuixuan::http::Options o;
  CLI::App* init = app.add_subcommand("init", "make the keys and the empty ledger of a new server");
  init->add_option("--dir", o.folder, "new folder for keys and ledger")->required();
  init->add_option("--origin", o.origin, "name of the log, such as party.example/branch-7-2026")->required();
  init->add_flag("--json", o.json, "print what the scheme needs as JSON");
  CLI::App* run = app.add_subcommand("run", "serve until SIGINT or SIGTERM");
  run->add_option("--dir", o.folder, "the server's folder")->required();
  run->add_option("--organiser", o.organiser, "public key whose scheme is taken as the first entry");
  run->add_option("--listen", o.listen, "address:port; port 0 for any free one")->capture_default_str();
  run->add_option("--witness", o.witnesses, "NAME=URL of a witness of the scheme; may be repeated");
  run->add_option("--without", o.without, "a witness that is away: not waited for at the start; may be repeated");
  run->add_option("--standby", o.standby,
                  "https://address:port of the standby: nothing is acknowledged before it has it");
  run->add_option("--standby-pin", o.standby_pin, "its pin, as 'standby init' printed it");
  const tuixuan::restore::Commands way_back(app);
  const tuixuan::standby::Commands standby(app);
  if (const auto status = tuixuan::terminal::read_command_line(app, argc, argv)) return *status;
  if (const auto status = way_back.run()) return *status;
  if (const auto status = standby.run()) return *status;
  return init->parsed() ? tuixuan::http::init(o) : tuixuan::http::run(o);
}
