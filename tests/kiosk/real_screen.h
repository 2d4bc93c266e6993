// The program tuixuan-kiosk itself with its screen, offscreen, as a process, and a hand in it (hand/hand_plugin.cpp):
//   page            the file of the page that is shown        get NAME    a property of the View; NAME.KEY of a map
//   tap TEXT        touches the tile that begins or speaks so  chosen      how many tiles are chosen, abstaining aside
//   type CODE       characters and an Enter                    close       the window
//   next            the key that moves the focus on            where TEXT  the middle of that tile: "x y"
//   scan CODE       as a code reader does, with Shift for capitals, and its Enter
//   picture FILE    of the screen, as PNG
#pragma once

#include <functional>

#include "hardware/programs/process.h"

namespace tuixuan::kiosk {

class RealScreen {
 public:
  // Words of tuixuan-kiosk. display: of an X server, ":1"; empty: offscreen. wrap: what stands before the program's
  // command line, for a test that runs it under another program.
  using Wrap = std::function<std::vector<std::string>(std::vector<std::string>)>;
  static RealScreen start(std::vector<std::string> words, const std::string& errors, const std::string& display = {},
                          const Wrap& wrap = {});

  std::string ask(const std::string& command);       // its answer; empty if the program has ended
  bool wait_for(const std::function<bool()>& done);  // false: a hang, or the program has ended
  bool wait_for_page(const std::string& file);
  bool tap(const std::string& text);  // waits for the tile
  bool seal();                        // 核对无误, whatever is empty
  std::string get(const std::string& property) { return ask("get " + property); }
  void cut_power();
  bool running() { return process_.running(); }
  int wait() { return process_.wait(); }
  const std::string& printed() const { return printed_; }  // all but the answers
  std::string rest();

 private:
  explicit RealScreen(programs::Process process) : process_(std::move(process)) {}
  programs::Process process_;
  std::string printed_;
};

}  // namespace tuixuan::kiosk
