// How long a voter waits from the touch that casts to the receipt on the screen: the real screen, journal and sender,
// the real server over HTTPS on this machine, its entry durable and its checkpoint signed.
#include <QQuickItem>
#include <cstdlib>

#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {
namespace {

class Receipts : public ScreenTest {
 protected:
  static constexpr std::size_t kVoters = 20;
  Receipts() : ScreenTest(tally::Kind::election, kVoters) {}
};

// The server lies beside this program.
const bool kFound =
    ::setenv("TUIXUAN_BIN_DIR", std::filesystem::read_symlink("/proc/self/exe").parent_path().c_str(), 0) == 0;

TEST_F(Receipts, FromTheTouchThatCasts) {
  ASSERT_TRUE(kFound);
  open_congress();
  std::vector<double> waits;
  for (std::size_t voter = 0; voter < kVoters; ++voter) {
    hands->type(slip(voter));
    ASSERT_TRUE(hands->tap_spoken("王建军，赞成"));
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->seal());
    ASSERT_TRUE(hands->wait_for_page("sealed"));
    hands->settle(500);  // so that the touch is not taken for the second of two
    QElapsedTimer timer;
    timer.start();
    ASSERT_TRUE(hands->tap("投出选票"));
    while (hands->screen->view().receipt().isEmpty() && timer.elapsed() < 10'000) hands->settle(1);
    ASSERT_FALSE(hands->screen->view().receipt().isEmpty());
    waits.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    ASSERT_TRUE(hands->tap("完成"));
    ASSERT_TRUE(hands->wait_for_page("waiting"));
  }
  std::sort(waits.begin(), waits.end());
  std::printf("%-44s median %6.1f ms, 95 of 100 under %6.1f ms, most %6.1f ms\n", "the touch that casts to the receipt",
              waits[kVoters / 2], waits[kVoters * 95 / 100 - 1], waits.back());
}

}  // namespace
}  // namespace tuixuan::kiosk
