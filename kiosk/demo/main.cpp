// tuixuan-kiosk-demo: a congress on this machine and its kiosk in a window; what `tuixuan-kiosk --demo` becomes.
#include <CLI/CLI.hpp>
#include <QGuiApplication>
#include <csignal>
#include <map>

#include "crypto/primitives/core_files.h"
#include "hardware/devices/files.h"
#include "hardware/terminal/command_line.h"
#include "kiosk/demo/demo.h"
#include "kiosk/flow/station.h"
#include "kiosk/ui/program.h"
#include "kiosk/ui/staff.h"
#include "tally/client/refusals.h"

namespace tuixuan::demo {

static Result<int> hold(tally::Kind kind, const kiosk::ScreenOptions& screen, int argc, char** argv) {
  TUIXUAN_TRY(demo, KioskDemo::prepare(kind));
  kiosk::StationOptions options;
  options.folder = demo->kiosk_folder();
  options.card = demo->card();
  TUIXUAN_TRY(station, kiosk::Station::open(std::move(options)));
  QGuiApplication app(argc, argv);
  devices::SpoolPrinter printer(demo->print_folder());
  kiosk::StaffOptions staff{
      demo->kiosk_folder(), {demo->key_folder()}, {}, {}, &printer, [&] { return demo->next_slip(); }};
  const int status = kiosk::show_screen(*station, std::move(staff), screen);
  station.reset();
  TUIXUAN_CHECK(demo->finish());
  return status;
}

static int main_program(int argc, char** argv) {
  primitives::forbid_core_files();
  CLI::App app{"推选 Tuixuan: 演示用投票机 / a small congress on this machine and its kiosk in a window",
               "tuixuan-kiosk --demo"};
  kiosk::ScreenOptions screen;
  screen.window = true;
  auto kind = tally::Kind::election;
  app.add_option("--ballot", kind, "what is voted on")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, tally::Kind>{{"election", tally::Kind::election},
                                                                     {"recommendation", tally::Kind::recommendation},
                                                                     {"decision", tally::Kind::decision},
                                                                     {"rating", tally::Kind::rating}}))
      ->option_text("election (default), recommendation, decision or rating");
  app.add_option("--language", screen.language, "zh or en, at first")->capture_default_str();
  app.add_option("--dpi", screen.dots_per_inch, "of the screen, if it does not tell the truth");
  if (const auto status = terminal::read_command_line(app, argc, argv)) return *status;
  std::signal(SIGPIPE, SIG_IGN);
  const auto held = hold(kind, screen, argc, argv);
  if (held) return *held;
  client::tell_refusal("tuixuan-kiosk --demo", held.error());
  return 1;
}

}  // namespace tuixuan::demo

int main(int argc, char** argv) { return tuixuan::demo::main_program(argc, argv); }
