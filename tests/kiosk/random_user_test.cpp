// A voter who reads nothing and touches what looks like going on: found by pixels alone, with the timing of people and
// hands that tremble (drags of 3 to 25 dots, double touches, a palm that rests). What the voter was told is read from
// the screen, too: the code of the thanks, as a telephone reads it. The log agrees: every ballot told cast is on it, no
// other, none twice; and none was cast but by a touch on the large red thing in the middle. TUIXUAN_VOTES: how many
// voters in all (200 under --long); TUIXUAN_SEED.
#include <random>
#include <set>

#include "crypto/protocol/ballot.h"
#include "hardware/devices/frame.h"
#include "tests/kiosk/x_kit.h"
#include "tests/support/seed.h"

namespace tuixuan::kiosk {
namespace {

using std::chrono::milliseconds;

// The colours of the other themes.
constexpr std::uint32_t kYellow = 0xffe600;
constexpr std::uint32_t kBlack = 0x000000;

std::size_t votes_in_all() {
  const char* text = std::getenv("TUIXUAN_VOTES");
  return text == nullptr ? 2 : static_cast<std::size_t>(std::atoi(text));
}

// The address that a telephone reads from the screen, and the tracker in it; empty: no code is to be seen.
std::string tracker_seen(const Pixels& seen) {
  devices::Light light{seen.width, seen.height, {}};
  for (const std::uint32_t dot : seen.dots)
    light.dots.push_back(
        static_cast<std::uint8_t>((((dot >> 16U) & 0xffU) + ((dot >> 8U) & 0xffU) + (dot & 0xffU)) / 3));
  const auto code = devices::read_code(light);
  if (!code || code->find("/ballot/") == std::string::npos) return {};
  const auto from = code->find("/ballot/") + 8;
  return code->substr(from, code->find('.', from) - from);
}

std::string bare(std::string tracker) {
  std::erase(tracker, '-');
  return tracker;
}

class RandomUser : public XScreen, public testing::WithParamInterface<tally::Kind> {
 protected:
  RandomUser() : XScreen(GetParam(), std::max<std::size_t>(6, votes_in_all() / 2 + 1)) {}

  unsigned pick(unsigned least, unsigned most) { return least + static_cast<unsigned>(random() % (most - least + 1)); }

  // Presses, trembles, lets go; sometimes twice; sometimes the palm rests somewhere before.
  void touch(unsigned px, unsigned py) {
    std::vector<std::string> words;
    const auto press = [&](unsigned at_x, unsigned at_y, unsigned drag, unsigned hold) {
      words.insert(words.end(), {"mousemove", std::to_string(at_x), std::to_string(at_y), "mousedown", "1"});
      const unsigned to_x = std::min(1279U, at_x + drag * pick(0, 1));
      const unsigned to_y = std::min(799U, at_y + drag * pick(0, 1));
      words.insert(words.end(),
                   {"sleep", "0.0" + std::to_string(pick(2, 6)), "mousemove", std::to_string((at_x + to_x) / 2),
                    std::to_string((at_y + to_y) / 2), "mousemove", std::to_string(to_x), std::to_string(to_y), "sleep",
                    "0." + std::to_string(hold), "mouseup", "1"});
    };
    if (pick(0, 9) == 0) press(pick(0, 1279), pick(500, 799), pick(10, 25), pick(4, 9));  // the palm
    press(px, py, pick(3, 25), pick(1, 2));
    if (pick(0, 3) == 0) {
      words.insert(words.end(), {"sleep", "0." + std::to_string(pick(1, 7))});
      press(px, py, pick(3, 12), 1);
    }
    x(words);
  }

  // In the middle, large, alone: what casts. Read from a picture only.
  static bool casts(const Box& box) {
    return box.wide() >= 250 && box.high() >= 60 && box.x() > 480 && box.x() < 760 && box.bottom < 650 && box.top > 180;
  }

  // One voter, from the slip to the thanks, or to giving up. True: told that the ballot is cast.
  bool vote(std::size_t who, std::set<std::string>& told) {
    scan(who);
    for (unsigned touches = 0; touches < 160; ++touches) {
      rest(milliseconds(pick(150, 900)));
      const Pixels now = look();
      // What stands out, in the colours that somebody may have chosen meanwhile.
      auto red = boxes(now, kDeepRed, 40);
      if (red.empty()) red = boxes(now, kYellow, 40);
      // The bar over the whole page that is filled: a code may be there, and a telephone is held before it.
      const bool thanks = !boxes(now, kDeepRed, 20, 1000).empty() || !boxes(now, kYellow, 20, 1000).empty() ||
                          !boxes(now, kBlack, 20, 1000).empty();
      if (const std::string tracker = thanks ? tracker_seen(now) : ""; !tracker.empty()) {
        EXPECT_TRUE(told.insert(tracker).second) << "told twice";
        EXPECT_TRUE(asked) << "nobody touched what casts, voter " << who;
        return true;
      }
      const auto white = boxes(now, kWhite, 60);
      unsigned px = pick(0, 1279);
      unsigned py = pick(0, 799);
      const unsigned what = pick(0, 99);
      if (what < 65 && !red.empty()) {
        // The lowest of the red things looks most like going on.
        const auto lowest =
            std::max_element(red.begin(), red.end(), [](const Box& a, const Box& b) { return a.bottom < b.bottom; });
        const Box& box = what < 55 ? *lowest : red[random() % red.size()];
        px = pick(box.left + 5, box.right - 5);
        py = pick(box.top + 5, box.bottom - 5);
      } else if (what < 95 && !white.empty()) {
        const Box& box = white[random() % white.size()];
        px = pick(box.left + 5, box.right - 5);
        py = pick(box.top + 5, box.bottom - 5);
      }
      const bool on_it = std::any_of(red.begin(), red.end(), [&](const Box& b) { return casts(b) && b.holds(px, py); });
      asked = asked || on_it;
      touch(px, py);
      if (HasFatalFailure()) return false;
      if (program->get("ballot") == "none" && program->ask("page") == "WaitingPage")
        scan(who);  // given up: comes again
    }
    return false;
  }

  bool asked = false;
  std::mt19937 random{static_cast<unsigned>(kit::seed_or(20261202)) + static_cast<unsigned>(GetParam())};
};

TEST_P(RandomUser, WhatWasToldIsOnTheLog) {
  open_log();
  switch_on();
  std::set<std::string> told;
  const std::size_t voters = votes_in_all() / 2;
  for (std::size_t who = 0; who < voters; ++who) {
    SCOPED_TRACE("voter " + std::to_string(who));
    asked = false;
    if (!vote(who, told) && !HasFatalFailure()) go_home();
    if (HasFatalFailure()) return;
    go_home();
    if (HasFatalFailure()) return;
  }
  ASSERT_TRUE(program->wait_for([&] { return logged().cast >= told.size(); }));
  const election::StageState& stage = logged();
  EXPECT_EQ(stage.cast, told.size());
  std::set<std::string> on_log;
  for (const auto& [hash, index] : stage.ballots) on_log.insert(bare(protocol::tracker(hash)));
  for (const std::string& tracker : told) EXPECT_TRUE(on_log.contains(tracker)) << tracker;
  std::printf("%zu voters, %zu told cast, on the log %zu cast, %zu checked, %zu given up\n", voters, told.size(),
              static_cast<std::size_t>(stage.cast), static_cast<std::size_t>(stage.challenged),
              static_cast<std::size_t>(stage.abandoned));
  if (voters >= 10) {  // one alone may lose patience
    EXPECT_GT(told.size(), voters / 2);
  }
}

INSTANTIATE_TEST_SUITE_P(Profiles, RandomUser, testing::Values(tally::Kind::election, tally::Kind::recommendation));

}  // namespace
}  // namespace tuixuan::kiosk
