// tuixuan-demo: a whole congress on this machine; what `tuixuan demo` becomes.
#include <CLI/CLI.hpp>
#include <csignal>
#include <map>

#include "crypto/primitives/core_files.h"
#include "hardware/terminal/command_line.h"
#include "tally/client/refusals.h"
#include "tally/demo/demo.h"

namespace tuixuan::demo {

static void read_options(CLI::App& app, DemoOptions& options) {
  app.add_option("--voters", options.voters, "voters; 5 or more, since fewer ballots could tell who voted how")
      ->check(CLI::Range(5, 50'000))
      ->capture_default_str();
  app.add_option("--kiosks", options.kiosks, "kiosks")->check(CLI::Range(1, 64))->capture_default_str();
  app.add_option("--trustees", options.trustees, "trustees")->check(CLI::Range(1, 16))->capture_default_str();
  app.add_option("--threshold", options.threshold, "how many of them decrypt; else more than half")
      ->check(CLI::Range(1, 16));
  CLI::Option* ballots =
      app.add_option("--ballots", options.ballots, "vote this file of approval ballots (voters,approved) instead");
  app.add_option("--story", options.story, "what the election leaves open")
      ->transform(CLI::CheckedTransformer(std::map<std::string, Story>{{"tie", Story::tie},
                                                                       {"new-round", Story::new_round},
                                                                       {"seats-cut", Story::seats_cut},
                                                                       {"voided", Story::voided}}))
      ->option_text("tie (default), new-round, seats-cut or voided")
      ->excludes(ballots);
  app.add_option("--profile", options.profile, "one vote by this profile instead (scheme new --list)")
      ->excludes(ballots)
      ->excludes("--story");
  app.add_option("--dir", options.folder, "new folder for everything; else one in the system's temporary folder");
  app.add_option("--listen", options.listen, "address:port of the server; port 0 for any free one")
      ->capture_default_str();
  app.add_option("--lang", options.language, "language of the result table, zh or en")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  app.add_flag("--live", options.live, "with pauses, to be shown in a hall");
  app.add_flag("--exit", options.exit, "stop at once when all is verified");
}

static int main_program(int argc, char** argv) {
  primitives::forbid_core_files();
  CLI::App app{"推选 Tuixuan: 在本机演示一次完整的选举 / a whole congress on this machine, every role its own program",
               "tuixuan demo"};
  DemoOptions options;
  read_options(app, options);
  if (const auto status = terminal::read_command_line(app, argc, argv)) return *status;
  std::signal(SIGPIPE, SIG_IGN);
  const auto held = hold_demo(std::move(options));
  if (held) return 0;
  client::tell_refusal("tuixuan demo", held.error());
  return 1;
}

}  // namespace tuixuan::demo

int main(int argc, char** argv) { return tuixuan::demo::main_program(argc, argv); }
