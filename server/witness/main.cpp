// tuixuan-witness: cosigns the checkpoints of a congress's log, on any laptop.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <thread>

#include "crypto/codes/base.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/core_files.h"
#include "hardware/terminal/command_line.h"
#include "server/witness/listener.h"
#include "server/witness/page.h"
#include "tally/client/congress_card.h"
#include "tally/client/key_file.h"
#include "tally/client/refusals.h"

namespace tuixuan::witness {

namespace fs = std::filesystem;
static constexpr std::string_view kRole = "witness";

struct Options {
  std::string folder;
  std::string name;
  std::string card;
  std::string log;
  std::string listen = "0.0.0.0:8081";
  std::string file;
  int passphrase_fd = -1;
};

static int tell(const Error& why) {
  client::tell_refusal("tuixuan-witness", why);
  return 1;
}

static fs::path key_file(const Options& o) { return fs::path(o.folder) / "witness.key"; }
static fs::path vkey_file(const Options& o) { return fs::path(o.folder) / "witness.vkey"; }

static Result<std::string> make(const Options& o) {
  if (!log::is_key_name(o.name))
    return fail(code::witness::folder, "the name \"" + o.name + "\" must have no space and no plus sign");
  TUIXUAN_TRY(passphrase, client::read_passphrase(o.passphrase_fd, "新口令 / new passphrase: ", true));
  std::error_code ec;
  fs::create_directories(o.folder, ec);
  if (!ec) fs::permissions(o.folder, fs::perms::owner_all, ec);
  if (ec) return fail(code::witness::folder, o.folder + ": " + ec.message());
  TUIXUAN_TRY(key, client::make_key_file(key_file(o), kRole, passphrase.reveal()));
  const std::string vkey = log::format_vkey({o.name, log::KeyType::kCosignature, key});
  TUIXUAN_TRY(before, devices::read_if_there(vkey_file(o), 1024, false, code::witness::folder));
  if (before && as_text(*before) != vkey + "\n")
    return fail(code::witness::folder, o.folder + " holds the key of another name already");
  TUIXUAN_CHECK(devices::replace(vkey_file(o), as_bytes(vkey + "\n"), code::witness::folder));
  return vkey;
}

static int init(const Options& o) {
  const auto vkey = make(o);
  if (!vkey) return tell(vkey.error());
  std::printf("%s\n", vkey->c_str());
  return 0;
}

static Result<log::NoteKey> log_of(const Options& o) {
  if (!o.log.empty()) return log::parse_vkey(o.log);
  if (o.card.empty()) return fail(code::plain::card, "say with --card or --log which log it is");
  TUIXUAN_TRY(card, client::load_card(o.card));
  return log::parse_vkey(card.log);
}

static Result<std::unique_ptr<Witness>> open_witness(const Options& o) {
  TUIXUAN_TRY(log, log_of(o));
  TUIXUAN_TRY(text, devices::read_all(vkey_file(o), 1024, false, code::witness::folder));
  TUIXUAN_TRY(vkey, log::parse_vkey(as_text(text).substr(0, as_text(text).find('\n'))));
  TUIXUAN_TRY(passphrase, client::read_passphrase(o.passphrase_fd, "口令 / passphrase: ", false));
  TUIXUAN_TRY(key, client::open_key_file(key_file(o), kRole, passphrase.reveal()));
  if (key.verify_key() != vkey.key) return fail(code::witness::folder, "witness.vkey is not of the key beside it");
  return Witness::open(o.folder, vkey.name, std::move(key), std::move(log));
}

static void say_alarms(const Standing& standing) {
  for (const Alarm& a : standing.alarms)
    std::fprintf(
        stderr, "警报 / ALARM: %s  %llu / %llu 条 entries: %s\n", a.file.c_str(),
        static_cast<unsigned long long>(a.judged.held.size), static_cast<unsigned long long>(a.judged.shown.size),
        a.judged.proven ? "日志有两个版本 / the log exists in two versions" : "日志接不上 / the log does not continue");
}

static int run(const Options& o) {
  std::signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  auto witness = open_witness(o);
  if (!witness) return tell(witness.error());
  auto listener = Listener::open(**witness, o.listen, [&](const Error& why) {
    tell(why);
    say_alarms((*witness)->standing());
  });
  if (!listener) return tell(listener.error());
  std::thread waiter([&] {
    int number = 0;
    sigwait(&signals, &number);
    (*listener)->stop();
  });
  std::printf("tuixuan-witness: http://%s  %s\n", (*listener)->address().c_str(),
              log::format_vkey((*witness)->vkey()).c_str());
  if (const auto held = (*witness)->standing().held)
    std::printf("%s  %llu 条 entries\n", log::fingerprint(*held).c_str(), static_cast<unsigned long long>(held->size));
  std::fflush(stdout);
  say_alarms((*witness)->standing());
  (*listener)->run();
  waiter.join();
  return 0;
}

// 0: the evidence proves that the log has two versions; 1: it does not, or is no evidence; 3: the record must decide.
static int check(const Options& o) {
  const auto log = log_of(o);
  if (!log) return tell(log.error());
  const auto bytes = devices::read_all(o.file, log::kMaxForkSize, false, code::log::fork_form);
  if (!bytes) return tell(bytes.error());
  const auto fork = log::parse_fork(as_text(*bytes));
  if (!fork) return tell(fork.error());
  const auto judged = log::judge_fork(*fork, *log);
  if (!judged) return tell(judged.error());
  for (const log::Checkpoint* c : {&judged->held, &judged->shown})
    std::printf("%s  %llu 条 entries\n", log::fingerprint(*c).c_str(), static_cast<unsigned long long>(c->size));
  if (judged->proven) {
    std::printf(
        "证实：日志密钥为同样长度的日志签了两个不同的检查点\n"
        "proven: the log's key signed two different checkpoints of one size\n");
    return 0;
  }
  std::printf(
      "两个检查点都由日志密钥签署，长度不同：用 tuixuan-verify 记录 --checkpoint 逐个核对，不符的一个即为证据\n"
      "both are signed by the log's key and of different sizes: hold each against the record with "
      "tuixuan-verify RECORD --checkpoint; the one that does not fit is the evidence\n");
  return 3;
}

}  // namespace tuixuan::witness

int main(int argc, char** argv) {
  tuixuan::primitives::forbid_core_files();
  CLI::App app{"推选 Tuixuan: 日志见证 / a witness of the log"};
  app.require_subcommand(1);
  tuixuan::witness::Options o;
  CLI::App* init = app.add_subcommand("init", "make this witness's key; prints the vkey for the scheme");
  init->add_option("--name", o.name, "its public name, such as witness.example/liu")->required();
  CLI::App* run = app.add_subcommand("run", "cosign what is proven to continue, until SIGINT or SIGTERM");
  run->add_option("--listen", o.listen, "address:port; port 0 for any free one")->capture_default_str();
  for (CLI::App* command : {init, run}) {
    command->add_option("--dir", o.folder, "this witness's folder")->required();
    command->add_option("--passphrase-fd", o.passphrase_fd,
                        "file descriptor to read the passphrase from; else it is asked for");
  }
  CLI::App* check = app.add_subcommand("check", "judge the evidence of an alarm");
  check->add_option("file", o.file, "alarm-1.txt")->required();
  for (CLI::App* command : {run, check}) {
    command->add_option("--card", o.card, "the card of the congress (congress.json)");
    command->add_option("--log", o.log, "the log's vkey, instead of a card");
  }
  if (const auto status = tuixuan::terminal::read_command_line(app, argc, argv)) return *status;
  if (init->parsed()) return tuixuan::witness::init(o);
  return run->parsed() ? tuixuan::witness::run(o) : tuixuan::witness::check(o);
}
