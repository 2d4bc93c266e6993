// The kiosk with its screen, with a fault at its calls of the system, and a hand that touches it as a voter would: from
// the slip to the receipt. When a page says that something failed the hand tries again; when the program ends its unit
// starts it again and the voter comes with the same slip. Told "cast" is on the log, told "not cast" is not, nothing
// twice, and the next voter finds the waiting page.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>

#include "tests/kiosk/real_screen.h"
#include "tests/support/unit.h"
#include "tests/sweep/hall.h"
#include "tests/sweep/sweep.h"

namespace tuixuan::sweep {
namespace {

namespace fs = std::filesystem;
using kiosk::RealScreen;

class ScreenSweep : public testing::Test {
 protected:
  ScreenSweep()
      : unit(kit::Unit::read(std::string(std::getenv("TUIXUAN_SOURCE_DIR")) +
                             "/hardware/appliance/tuixuan-kiosk.service")) {
    std::signal(SIGPIPE, SIG_IGN);
  }
  static std::string program() { return std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan-kiosk"; }
  fs::path messages() const { return hall->folder() / "screen-messages"; }
  std::string said() const {
    std::ifstream in(messages());
    return {std::istreambuf_iterator<char>(in), {}};
  }

  struct Run {
    std::size_t kiosk = 0;
    std::string tracker;    // told to be cast
    bool told_not = false;  // by a page
    bool used = false;      // told that the slip was used
    bool healed = false;
    std::size_t misled = 0;
    std::size_t starts = 0;
    std::string what;
  };

  void switch_on(Shim& shim, const Fault* fault, Run& run) {
    const std::string folder = hall->kiosk_folder(run.kiosk);
    const bool first = !screen;
    screen.emplace(RealScreen::start(
        {"screen", "--dir", folder, "--congress", hall->card(), "--window", "--dpi", "96"}, messages(), {},
        [&](std::vector<std::string> command) {
          return first ? shim.words(std::move(command), folder + ":" + hall->card().string(), fault) : command;
        }));
  }
  // Until this page is shown; false if the program ended, or a page stays that does not help.
  bool reach(Run& run, const std::string& wanted) {
    std::size_t tries = 0;
    std::string page;
    return screen->wait_for([&] {
      page = screen->ask("page");
      if (page == "FaultPage" && wanted != page && tries < 50) {
        ++tries;
        const std::string safe = screen->get("fault.safe");
        run.what += "\n  " + screen->get("fault.cause") + " | " + safe + " | " + screen->get("fault.detail");
        run.told_not = run.told_not || safe.find("尚未投出") != std::string::npos;
        if (screen->ask("tap 再试一次") != "yes") screen->ask("tap 继续");
      }
      return page == wanted || (wanted == "MarkPage" && !screen->get("refusal").empty());
    });
  }
  bool step(Run& run, const std::string& tile, const std::string& page) {
    return screen->tap(tile) && reach(run, page);
  }
  // True: this voter is done.
  bool vote(Run& run) {
    if (!reach(run, "WaitingPage") || screen->ask("type " + hall->slip(run.kiosk, 0)) != "yes") return false;
    if (!reach(run, "MarkPage")) return false;
    if (screen->ask("page") != "MarkPage") {
      run.used = screen->get("refusal").find("已经投过票") != std::string::npos;
      if (!run.used) run.what += "\n  " + screen->get("refusal");
      return run.used;
    }
    if (!screen->tap("王建国，赞成") || !step(run, "下一步", "ReviewPage") || !step(run, "核对无误", "SealedPage"))
      return false;
    const std::string tracker = screen->get("tracker");
    if (!step(run, "投出选票", "DonePage") || screen->get("ballot") != "cast") return false;
    run.tracker = tracker;
    if (!screen->wait_for([&] { return !screen->get("receipt").empty(); })) return true;
    return step(run, "完成", "WaitingPage");
  }

  Run run(Shim& shim, const Fault* fault) {
    if (!hall || hall->used_up()) hall = std::make_unique<Hall>(kKiosks);
    Run out;
    out.kiosk = hall->take();
    fs::remove(messages());
    shim.clear();
    screen.reset();
    for (std::size_t start = 0; start < 4 && !out.healed; ++start) {
      const std::size_t before = said().size();
      switch_on(shim, fault, out);
      ++out.starts;
      const bool done = vote(out);
      if (screen->running()) {
        out.healed = done && reach(out, "WaitingPage");
        screen->ask("close");
      }
      screen->rest();
      const int status = screen->wait();
      if (status == 0 || status == 137) continue;
      if (status > 128 || said().size() == before) {
        ++out.misled;
        out.what += "\n  ended with status " + std::to_string(status);
      }
      if (!unit.restarts(status)) break;
    }
    return out;
  }

  void judge(Sweep& sweep, const Shim& shim, const Fault& fault, Run& run) {
    hall->logged();
    const bool on_log = hall->has_cast(run.kiosk, 0);
    // Not cast, and never told otherwise: but it is.
    if (on_log && run.tracker.empty() && run.told_not) ++run.misled;
    const std::size_t lost = (!run.tracker.empty() && !hall->has_tracker(run.tracker)) || (run.used && !on_log) ? 1 : 0;
    sweep.lost += lost;
    sweep.misled += run.misled;
    sweep.ran(fault, shim.table(), run.healed);
    EXPECT_TRUE(lost == 0 && run.misled == 0 && run.healed && on_log)
        << fault.text << "\n  lost " << lost << ", misled " << run.misled << ", healed " << run.healed
        << ", on the log " << on_log << run.what << "\n"
        << said();
  }

  static constexpr std::size_t kKiosks = 60;
  kit::Unit unit;
  std::unique_ptr<Hall> hall;
  std::optional<RealScreen> screen;
};

TEST_F(ScreenSweep, WhateverFailsTheScreenSaysWhatIsSo) {
  Sweep sweep("tuixuan-kiosk screen", program(), 36);
  const fs::path table = fs::temp_directory_path() / ("sweep-screen-" + std::to_string(::getpid()));
  Shim shim(table);
  const Run calm = run(shim, nullptr);
  ASSERT_TRUE(calm.healed) << calm.what << said();
  sweep.census(shim.table());
  for (const Fault& fault : sweep.plan()) {
    Run one = run(shim, &fault);
    judge(sweep, shim, fault, one);
    if (HasFatalFailure()) return;
  }
  fs::remove(table);
}

// The kiosk's own disk is no refusal of the server's, and its screen needs no new start.
TEST_F(ScreenSweep, AReceiptThatCouldNotBeNotedIsNotedLater) {
  Sweep sweep("tuixuan-kiosk screen, noting a receipt", program(), 0);
  const fs::path table = fs::temp_directory_path() / ("sweep-screen-" + std::to_string(::getpid()));
  Shim shim(table);
  ASSERT_TRUE(run(shim, nullptr).healed) << said();
  sweep.census(shim.table());
  std::size_t n = 0;
  for (const Fault& fault : sweep.plan_of("Journal::delivered")) {
    if (fault.action == "kill" || fault.action == "power" || n++ % 3 != 0) continue;
    Run one = run(shim, &fault);
    judge(sweep, shim, fault, one);
    EXPECT_EQ(one.starts, 1U) << fault.text << one.what;
    EXPECT_EQ(one.what.find("服务器拒绝"), std::string::npos) << fault.text << one.what;
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(n, 0U);
  fs::remove(table);
}

}  // namespace
}  // namespace tuixuan::sweep
