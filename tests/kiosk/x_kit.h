// A kiosk as it is shipped, on a real X server (Xvfb): keys and touches come from outside (xdotool), pixels are read
// from the server's own memory. What can be touched is found by its look alone: Box.
#pragma once

#include "tests/kiosk/real_screen.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {

struct Pixels {
  unsigned width = 0;
  unsigned height = 0;
  std::vector<std::uint32_t> dots;  // 0xrrggbb
  std::uint32_t at(unsigned x, unsigned y) const { return dots[std::size_t{y} * width + x]; }
};

// One colour that hangs together, as large as a thing to touch.
struct Box {
  unsigned left = 0;
  unsigned top = 0;
  unsigned right = 0;
  unsigned bottom = 0;
  unsigned wide() const { return right - left + 1; }
  unsigned high() const { return bottom - top + 1; }
  unsigned x() const { return (left + right) / 2; }
  unsigned y() const { return (top + bottom) / 2; }
  bool holds(unsigned px, unsigned py) const { return px >= left && px <= right && py >= top && py <= bottom; }
  friend auto operator<=>(const Box&, const Box&) = default;
};
inline constexpr std::uint32_t kDeepRed = 0x9c1c1c;  // the way on, and what is chosen
inline constexpr std::uint32_t kWhite = 0xffffff;    // other things to touch
std::vector<Box> boxes(const Pixels&, std::uint32_t colour, unsigned least = 50);
std::vector<Box> boxes(const Pixels&, std::uint32_t colour, unsigned least_high, unsigned least_wide);

class XScreen : public ScreenTest {
 protected:
  explicit XScreen(tally::Kind kind = tally::Kind::election, std::size_t slips = 6);
  ~XScreen() override;
  void switch_on();
  std::string messages(const std::string& of) const { return server.folder() / (of + "-messages"); }
  void x(std::vector<std::string> words);
  void scan(std::size_t who);
  void click(const std::string& tile);
  void touch_at(unsigned px, unsigned py, unsigned times, std::chrono::milliseconds gap);
  // From wherever the voter is to the waiting page, giving the ballot up by the questions' own answers.
  void go_home();
  bool settled() { return program->get("settled") == "true"; }
  Pixels look() const;
  static void rest(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

  std::optional<programs::Process> x_server;
  std::optional<RealScreen> program;
};

}  // namespace tuixuan::kiosk
