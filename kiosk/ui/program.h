// The ways to run the kiosk with a screen: at work, looking at its own pages, and, for another program, at a congress
// of its own (kiosk/demo). Before anything of a voter is in memory, core files are forbidden, and all freed memory of
// the program is overwritten (wipe_freed.cpp). Errors: those of the station.
#pragma once

#include <string>
#include <vector>

#include "crypto/base/result.h"

namespace tuixuan::kiosk {

class Machine;
struct StaffOptions;

struct ScreenOptions {
  std::string folder;
  std::string id;
  std::string card;
  std::string scanner;
  std::string camera;
  std::string printer;
  std::vector<std::string> keys{"/media", "/run/media"};
  std::string language = "zh";
  double dots_per_inch = 0;  // 0: as the screen says
  unsigned idle = 180;
  bool window = false;
};
[[nodiscard]] Result<int> run_screen(const ScreenOptions& options, int argc, char** argv);
// Until it is closed or shut down; a QGuiApplication is there. The exit status.
int show_screen(Machine& machine, StaffOptions staff_options, const ScreenOptions& options);

struct WalkChoice {
  bool test = false;
  std::string folder;  // for pictures
};
[[nodiscard]] Result<int> run_walk(const WalkChoice& choice, int argc, char** argv);

}  // namespace tuixuan::kiosk
