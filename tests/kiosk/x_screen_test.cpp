// The program tuixuan-kiosk as it is shipped, on a real X server (Xvfb), with keys and clicks that come from outside
// (xdotool): a code reader that types capitals with Shift and ends with Return, as USB readers do. Scan, vote, cast;
// the slip is held under the reader again on each page and nothing happens but words.
#include <csignal>
#include <fstream>

#include "tests/kiosk/real_screen.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {
namespace {

using programs::Process;

class XScreen : public ScreenTest {
 protected:
  XScreen() : ScreenTest(tally::Kind::election, 6) { std::signal(SIGPIPE, SIG_IGN); }
  ~XScreen() override {
    if (program) program->cut_power();
    if (x_server) x_server->signal(SIGTERM);
    if (x_server) x_server->wait();
  }
  void switch_on() {
    x_server.emplace(std::move(*Process::start(
        {"/usr/bin/Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"}, messages("xvfb"))));
    const auto number = x_server->read_line();
    ASSERT_TRUE(number) << "Xvfb does not start";
    program.emplace(RealScreen::start({"screen", "--dir", folder, "--congress", card_file(), "--dpi", "96"},
                                      messages("kiosk"), ":" + *number));
    ASSERT_TRUE(program->wait_for_page("WaitingPage"));
    x({"search", "--sync", "--onlyvisible", "--name", ".*", "windowfocus", "--sync"});
  }
  std::string messages(const std::string& of) const { return server.folder() / (of + "-messages"); }
  void x(std::vector<std::string> words) {
    words.insert(words.begin(), "/usr/bin/xdotool");
    auto run = Process::start(words, messages("xdotool"));
    run->read_all();
    ASSERT_EQ(run->wait(), 0) << words[1];
  }
  void scan(std::size_t who) {
    x({"type", "--delay", "8", slip(who)});
    x({"key", "Return"});
  }
  void click(const std::string& tile) {
    std::string at;
    ASSERT_TRUE(program->wait_for([&] { return (at = program->ask("where " + tile)) != "nowhere"; })) << tile;
    const auto space = at.find(' ');
    hands_rest();
    x({"mousemove", "--sync", at.substr(0, space), at.substr(space + 1), "click", "1"});
  }
  // A second click in the same place within this time is taken for a slip of the hand.
  static void hands_rest() { std::this_thread::sleep_for(std::chrono::milliseconds(600)); }
  // With the focus on each of some tiles the slip is read again: the page stays, and says so.
  void scan_again(const std::string& page) {
    for (const char* key : {"Down", "space", "space"}) {
      x({"key", key});
      scan(5);
      ASSERT_TRUE(program->wait_for([&] { return !program->get("scanAnswer").empty(); })) << page;
      ASSERT_EQ(program->ask("page"), page);
    }
  }
  std::optional<Process> x_server;
  std::optional<RealScreen> program;
};

TEST_F(XScreen, ScanVoteCast) {
  open_log();
  switch_on();
  scan(0);
  ASSERT_TRUE(program->wait_for_page("MarkPage"));
  scan_again("MarkPage");
  EXPECT_EQ(program->ask("chosen"), "0");
  click("王建军，赞成");
  ASSERT_TRUE(program->wait_for([&] { return program->ask("chosen") == "1"; }));
  click("下一步");
  ASSERT_TRUE(program->wait_for([&] { return program->get("stepNumber") == "2"; }));
  click("下一步");
  ASSERT_TRUE(program->wait_for_page("ReviewPage"));
  scan_again("ReviewPage");
  click("核对无误");
  ASSERT_TRUE(program->wait_for_page("SealedPage"));
  scan_again("SealedPage");
  EXPECT_EQ(program->get("ballot"), "not_cast");
  click("投出选票");
  ASSERT_TRUE(program->wait_for_page("DonePage"));
  scan_again("DonePage");
  EXPECT_EQ(program->get("ballot"), "cast");
  // By five keys too: an Enter of a person acts.
  hands_rest();
  click("完成");
  ASSERT_TRUE(program->wait_for_page("WaitingPage"));
  scan(1);
  ASSERT_TRUE(program->wait_for_page("MarkPage"));
  hands_rest();
  x({"key", "Down"});
  x({"key", "Down"});
  x({"key", "Return"});
  ASSERT_TRUE(program->wait_for([&] { return program->ask("chosen") == "1"; }));
  const election::StageState& stage = logged();
  EXPECT_EQ(stage.cast, 1U);
  EXPECT_EQ(stage.challenged, 0U);
  EXPECT_EQ(stage.abandoned, 0U);
}

}  // namespace
}  // namespace tuixuan::kiosk
