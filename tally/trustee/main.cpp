// tuixuan-trustee: one trustee's part, on a device of their own.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <thread>

#include "crypto/base/parallel.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/primitives/core_files.h"
#include "hardware/terminal/command_line.h"
#include "tally/client/refusals.h"
#include "tally/trustee/duties.h"

namespace tuixuan::trustee {

struct Options {
  std::string folder;
  std::string card;
  int passphrase_fd = -1;
  bool yes = false;
  bool once = false;
  bool light = false;
  bool exact = false;
  unsigned threads = hardware_threads();
};

static int tell(const Error& why) {
  client::tell_refusal("tuixuan-trustee", why);
  return 1;
}

static int init(const Options& o) {
  const auto passphrase = client::read_passphrase(o.passphrase_fd, "新口令 / new passphrase: ", true);
  if (!passphrase) return tell(passphrase.error());
  const auto key = Device::create(o.folder, passphrase->reveal(), client::strength(o.light));
  if (!key) return tell(key.error());
  std::printf("%s\n", key->hex().c_str());
  return 0;
}

static bool ask_at_terminal(const Question& q) {
  std::printf("\n%s\n%s\n\n    %s\n\n一致请输入 y / y if they are: ", q.zh.c_str(), q.en.c_str(), q.digits.c_str());
  std::fflush(stdout);
  std::string answer;
  return std::getline(std::cin, answer) && (answer == "y" || answer == "Y");
}

static bool answer_yes(const Question& q) {
  std::printf("%s / %s  %s  y\n", q.zh.c_str(), q.en.c_str(), q.digits.c_str());
  std::fflush(stdout);
  return true;
}

// A trustee whose turn comes before may be absent: after so long without anything to do, one mixes out of turn.
static constexpr std::chrono::seconds kTurn{20};

static int run(const Options& o) {
  auto passphrase = client::read_passphrase(o.passphrase_fd, "口令 / passphrase: ", false);
  if (!passphrase) return tell(passphrase.error());
  auto device = Device::open(o.folder, std::move(*passphrase));
  if (!device) return tell(device.error());
  const auto card = client::load_card(o.card);
  if (!card) return tell(card.error());
  auto congress = client::Congress::join(*card, std::chrono::seconds(60), o.threads);
  if (!congress) return tell(congress.error());
  const auto seen = device->seen((*congress)->client().log().name);
  if (!seen) return tell(seen.error());
  if (*seen) (*congress)->remember(**seen);
  if (!o.exact)
    (*congress)->go_on_from({snapshot::in_folder(o.folder), [](const Error& why) { tell(why); }, o.once ? 1U : 10U});
  const auto say = [](const std::string& zh, const std::string& en) {
    std::printf("%s / %s\n", zh.c_str(), en.c_str());
    std::fflush(stdout);
  };
  Duties duties(*device, **congress, o.yes ? AskPerson(answer_yes) : AskPerson(ask_at_terminal), say, o.threads);
  auto busy = std::chrono::steady_clock::now();
  for (;;) {
    const auto waited = std::chrono::steady_clock::now() - busy;
    const auto acted = duties.act(waited > kTurn);
    if (!acted) {
      // Another trustee was faster, or the server was away: look again. Whatever else is wrong stops this device.
      const Code check = acted.error().check;
      if (check != code::V13::position && check != code::E07::order && kind_of(acted.error()) != ErrorKind::later)
        return tell(acted.error());
      std::fprintf(stderr, "tuixuan-trustee: %s; trying again\n", acted.error().text().c_str());
    } else if (*acted == Acted::finished) {
      say("所有环节已有结果", "all stages are counted");
      return 0;
    } else if (*acted == Acted::something) {
      busy = std::chrono::steady_clock::now();
      continue;
    } else if (o.once) {
      return 0;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

}  // namespace tuixuan::trustee

int main(int argc, char** argv) {
  tuixuan::primitives::forbid_core_files();
  CLI::App app{"推选 Tuixuan: 密钥保管人 / trustee"};
  app.require_subcommand(1);
  tuixuan::trustee::Options o;
  CLI::App* init = app.add_subcommand("init", "make this trustee's key; prints the public key for the scheme");
  CLI::App* run =
      app.add_subcommand("run", "take part: key ceremony, opening, close, mixing, decrypting, until all is counted");
  for (CLI::App* command : {init, run}) {
    command->add_option("--dir", o.folder, "this trustee's folder")->required();
    command->add_option("--passphrase-fd", o.passphrase_fd,
                        "file descriptor to read the passphrase from; else it is asked for");
  }
  init->add_flag("--light", o.light, tuixuan::client::kLightHelp);
  run->add_option("--congress", o.card, "the card of the congress (congress.json)")->required();
  run->add_flag("--yes", o.yes, "agree without asking to what this program has checked");
  run->add_flag("--once", o.once, "do what is due now and leave");
  run->add_flag("--exact", o.exact, "verify the whole log again, also what was verified here before");
  run->add_option("--threads", o.threads, "threads")->check(CLI::Range(1, 256));
  if (const auto status = tuixuan::terminal::read_command_line(app, argc, argv)) return *status;
  std::signal(SIGPIPE, SIG_IGN);
  return init->parsed() ? tuixuan::trustee::init(o) : tuixuan::trustee::run(o);
}
