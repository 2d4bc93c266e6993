// The demo as a newcomer starts it: tuixuan-kiosk --demo prepares a congress with the real programs and opens a kiosk
// in a window; somebody takes a practice slip, votes, closes the window; the log then holds that one ballot.
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/kiosk/real_screen.h"

namespace tuixuan::kiosk {
namespace {

class DemoScreen : public testing::TestWithParam<const char*> {};

TEST_P(DemoScreen, StartsTakesABallotAndEnds) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::string errors =
      std::filesystem::temp_directory_path() / ("tuixuan-demo-messages-" + std::to_string(::getpid()));
  RealScreen demo = RealScreen::start({"--demo", "--ballot", GetParam(), "--dpi", "96"}, errors);
  const auto said = [&] {
    std::ifstream messages(errors);
    return std::string(std::istreambuf_iterator<char>(messages), {});
  };
  ASSERT_NE(demo.ask("page"), "") << said();  // answered when the congress is prepared
  ASSERT_TRUE(demo.wait_for_page("WaitingPage")) << demo.printed() << said();
  ASSERT_TRUE(demo.tap("领一张演示凭条"));
  ASSERT_TRUE(demo.wait_for([&] { return demo.get("ballot") == "not_cast"; }));
  for (int i = std::stoi(demo.get("stepCount")); i > 0; --i) ASSERT_TRUE(demo.tap("下一步"));
  ASSERT_TRUE(demo.wait_for_page("ReviewPage"));
  ASSERT_TRUE(demo.seal());
  ASSERT_TRUE(demo.tap("投出选票"));
  ASSERT_TRUE(demo.wait_for([&] { return !demo.get("receipt").empty(); })) << demo.ask("page");
  ASSERT_TRUE(demo.tap("完成"));
  ASSERT_NE(demo.ask("page"), "");  // answered when the congress is prepared
  ASSERT_TRUE(demo.wait_for_page("WaitingPage"));
  ASSERT_EQ(demo.ask("close"), "yes");
  EXPECT_THAT(demo.rest(), testing::HasSubstr("日志中有 1 张选票，查验 0 张"));
  EXPECT_EQ(demo.wait(), 0);
  EXPECT_THAT(said(), testing::Not(testing::HasSubstr("qrc:"))) << "no complaint of a page";
  std::filesystem::remove(errors);
}

INSTANTIATE_TEST_SUITE_P(Ballots, DemoScreen, testing::Values("election", "recommendation", "decision", "rating"));

}  // namespace
}  // namespace tuixuan::kiosk
