// tuixuan-kiosk: a kiosk, with a screen or without.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>

#include "crypto/primitives/core_files.h"
#include "hardware/programs/sibling.h"
#include "hardware/terminal/command_line.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/log_witness.h"
#include "kiosk/core/status.h"
#include "kiosk/core/vote_lines.h"
#include "kiosk/ui/program.h"
#include "tally/client/refusals.h"

namespace tuixuan::kiosk {

static int tell(const Error& why) {
  client::tell_refusal("tuixuan-kiosk", why);
  return 1;
}

static int init(const std::string& folder, const std::string& id) {
  const auto key = make_kiosk(folder, id);
  if (!key) return tell(key.error());
  std::printf("%s\n", key->hex().c_str());
  return 0;
}

static int vote(const VoteLines& lines) {
  const auto voted = vote_lines(lines);
  return voted ? 0 : tell(voted.error());
}

static int show(const Result<int>& ended) { return ended ? *ended : tell(ended.error()); }

static int cosign(const VoteLines& o) {
  const auto done = cosign_newest(o.folder, o.card, std::chrono::seconds(o.patience));
  if (!done) return tell(done.error());
  std::printf("%s  %llu 条 entries\n", log::fingerprint(*done).c_str(), static_cast<unsigned long long>(done->size));
  return 0;
}

// From a stick, where the hall's network keeps machines apart; a running kiosk sees it by itself.
static Result<log::Epoch> take_epoch(const VoteLines& o, const std::string& file) {
  TUIXUAN_TRY(card, client::load_card(o.card));
  TUIXUAN_TRY(log, log::parse_vkey(card.log));
  return client::put_epoch(file, epoch_file(o.folder), log);
}

static int epoch(const VoteLines& o, const std::string& file) {
  const auto taken = take_epoch(o, file);
  if (!taken) return tell(taken.error());
  std::printf("第 %llu 纪元 / epoch %llu: %s\n", static_cast<unsigned long long>(taken->number),
              static_cast<unsigned long long>(taken->number), taken->address.c_str());
  return 0;
}

static constexpr const char* kDemo = "--demo";

static bool asks_for_demo(int argc, char** argv) {
  return std::find(argv + 1, argv + argc, std::string_view(kDemo)) != argv + argc;
}

// A program of its own, so that the one people vote with has no demo in it.
static int become_demo(int argc, char** argv) {
  std::vector<std::string> others(argv + 1, argv + argc);
  std::erase(others, kDemo);
  return tell(programs::become_sibling("tuixuan-kiosk-demo", std::move(others)));
}

static int status(const VoteLines& o) {
  const auto agrees =
      kiosk_status(o.folder, o.card, [](const std::string& line) { std::printf("%s\n", line.c_str()); });
  if (!agrees) return tell(agrees.error());
  return *agrees ? 0 : 1;
}

}  // namespace tuixuan::kiosk

int main(int argc, char** argv) {
  using namespace tuixuan::kiosk;
  tuixuan::primitives::forbid_core_files();
  if (asks_for_demo(argc, argv)) return become_demo(argc, argv);
  CLI::App app{"推选 Tuixuan: 投票机 / kiosk"};
  VoteLines lines;
  ScreenOptions screen;
  WalkChoice walk;
  std::string id;
  // Named for its help; asks_for_demo has already seen it.
  app.add_flag(kDemo)->description(
      "hold a small congress on this machine and open its kiosk in a window (tuixuan-kiosk-demo)");
  app.add_flag("--self-test", walk.test, "look at every page in every language, text size and theme");
  app.add_option("--pictures", walk.folder, "write a picture of every page into this folder");
  CLI::App* init_command = app.add_subcommand("init", "make this kiosk's key; prints the public key for the scheme");
  CLI::App* vote_command = app.add_subcommand(
      "vote", "no screen: voters as lines of JSON on standard input (README of kiosk/core); delivers what waits");
  CLI::App* cosign_command =
      app.add_subcommand("cosign", "no voters: follow the log, cosign its newest checkpoint, and end");
  CLI::App* screen_command = app.add_subcommand("screen", "the touchscreen; makes the key if there is none");
  CLI::App* status_command = app.add_subcommand(
      "status", "what this kiosk's disk holds, whether the log agrees, and which of its ballots are not on the log");
  std::string epoch_note;
  CLI::App* epoch_command = app.add_subcommand("epoch", "the log has another server: take its epoch.note from a stick");
  epoch_command->add_option("file", epoch_note, "epoch.note of the new server")->required();
  for (CLI::App* command : {init_command, vote_command, cosign_command, status_command, epoch_command})
    command->add_option("--dir", lines.folder, "this kiosk's folder")->required();
  init_command->add_option("--id", id, "the kiosk's id in the scheme")->required();
  for (CLI::App* command : {vote_command, cosign_command, status_command, epoch_command})
    command->add_option("--congress", lines.card, "the card of the congress (congress.json)")->required();
  vote_command->add_flag("--final", lines.final,
                         "at the end of the input: the last ballot has been voted here, say so on the log");
  vote_command
      ->add_option("--patience", lines.patience, "seconds to wait for the opening, and at the end for the server")
      ->capture_default_str();
  screen_command->add_option("--dir", screen.folder, "this kiosk's folder")->required();
  screen_command->add_option("--id", screen.id, "of a new kiosk: its id in the scheme");
  screen_command->add_option("--congress", screen.card, "the congress card; need not be there yet")->required();
  screen_command->add_option("--scanner", screen.scanner,
                             "a code reader that gives a line for each code; else it types");
  screen_command->add_option("--camera", screen.camera, "a camera that reads codes too (/dev/video0)");
  screen_command->add_option("--printer", screen.printer, "a folder whose PDF files are printed");
  screen_command->add_option("--keys", screen.keys, "where sticks with supervisors' keys appear")
      ->capture_default_str();
  screen_command->add_option("--language", screen.language, "zh or en, at first")->capture_default_str();
  screen_command->add_option("--dpi", screen.dots_per_inch, "of the screen, if it does not tell the truth");
  screen_command->add_option("--idle", screen.idle, "seconds without a touch before it asks")->capture_default_str();
  screen_command->add_flag("--window", screen.window, "in a window, not over the whole screen");
  if (const auto status = tuixuan::terminal::read_command_line(app, argc, argv)) return *status;
  std::signal(SIGPIPE, SIG_IGN);
  if (init_command->parsed()) return init(lines.folder, id);
  if (vote_command->parsed()) return vote(lines);
  if (cosign_command->parsed()) return cosign(lines);
  if (status_command->parsed()) return status(lines);
  if (epoch_command->parsed()) return epoch(lines, epoch_note);
  if (screen_command->parsed()) return show(run_screen(screen, argc, argv));
  if (walk.test || !walk.folder.empty()) return show(run_walk(walk, argc, argv));
  std::printf("%s", app.help().c_str());
  return 2;
}
