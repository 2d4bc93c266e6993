// The program tuixuan-kiosk as it is shipped, on a real X server (Xvfb), with keys and clicks that come from outside
// (xdotool): a code reader that types capitals with Shift and ends with Return, as USB readers do. Scan, vote, cast;
// the slip is held under the reader again on each page and nothing happens but words.
#include "tests/kiosk/x_kit.h"

namespace tuixuan::kiosk {
namespace {

class ReaderAndHand : public XScreen {
 protected:
  // With the focus on each of some tiles the slip is read again: the page stays, and says so.
  void scan_again(const std::string& page) {
    for (const char* key : {"Down", "space", "space"}) {
      x({"key", key});
      scan(5);
      ASSERT_TRUE(program->wait_for([&] { return !program->get("scanAnswer").empty(); })) << page;
      ASSERT_EQ(program->ask("page"), page);
    }
  }
};

TEST_F(ReaderAndHand, ScanVoteCast) {
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
  ASSERT_TRUE(program->wait_for_page("QuestionPage")) << "nobody is chosen for secretary";
  scan_again("QuestionPage");
  click("不选了");
  ASSERT_TRUE(program->wait_for_page("SealedPage"));
  scan_again("SealedPage");
  EXPECT_EQ(program->get("ballot"), "not_cast");
  click("投出选票");
  ASSERT_TRUE(program->wait_for_page("DonePage"));
  scan_again("DonePage");
  EXPECT_EQ(program->get("ballot"), "cast");
  // By five keys too: an Enter of a person acts.
  click("完成");
  ASSERT_TRUE(program->wait_for_page("WaitingPage"));
  scan(1);
  ASSERT_TRUE(program->wait_for_page("MarkPage"));
  ASSERT_TRUE(program->wait_for([&] { return settled(); }));
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
