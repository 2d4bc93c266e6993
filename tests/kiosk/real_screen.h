// The program tuixuan-kiosk itself with its screen, offscreen, as a process, and a hand in it (hand/hand_plugin.cpp):
//   page            the file of the page that is shown        get NAME    a property of the View
//   tap TEXT        touches the tile that begins or speaks so  chosen      how many tiles are chosen, abstaining aside
//   type CODE       as a code reader does, with its Enter      close       the window
//   picture FILE    of the screen, as PNG                      where TEXT  the middle of that tile: "x y"
#pragma once

#include <functional>

#include "hardware/programs/process.h"

namespace tuixuan::kiosk {

class RealScreen {
 public:
  // Words of tuixuan-kiosk. display: of an X server, ":1"; empty: offscreen.
  static RealScreen start(std::vector<std::string> words, const std::string& errors, const std::string& display = {});

  std::string ask(const std::string& command);       // its answer; empty if the program has ended
  bool wait_for(const std::function<bool()>& done);  // false: a hang, or the program has ended
  bool wait_for_page(const std::string& file);
  bool tap(const std::string& text);  // waits for the tile
  std::string get(const std::string& property) { return ask("get " + property); }
  void cut_power();
  int wait() { return process_.wait(); }
  const std::string& printed() const { return printed_; }  // all but the answers
  std::string rest();

 private:
  explicit RealScreen(programs::Process process) : process_(std::move(process)) {}
  programs::Process process_;
  std::string printed_;
};

}  // namespace tuixuan::kiosk
