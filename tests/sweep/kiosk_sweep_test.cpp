// tuixuan-kiosk without a screen, with a fault at its calls of the system: three voters, one of whom challenges first,
// and the end of the voting. Whoever was told "cast" is on the log at the end, and nobody twice; whoever was told "not
// cast" was not, and casts with the same slip; the program goes on, or ends with a sentence and goes on when it is
// started again.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "tests/sweep/hall.h"
#include "tests/sweep/sweep.h"

namespace tuixuan::sweep {
namespace {

namespace fs = std::filesystem;
using programs::Process;

constexpr std::size_t kStarts = 5;  // after which it is not healed

class KioskSweep : public testing::Test {
 protected:
  KioskSweep() { std::signal(SIGPIPE, SIG_IGN); }
  static std::string program() { return std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan-kiosk"; }

  struct Voter {
    std::vector<std::string> told_cast;  // trackers
    bool told_not = false;               // cast
    bool done = false;
  };
  struct Run {
    std::size_t kiosk = 0;
    Voter voters[kSlipsOfAKiosk];
    std::string what;  // went wrong
    std::size_t misled = 0;
    bool healed = false;
  };

  std::string line_of(std::size_t kiosk, std::size_t i) const {
    return R"({"slip":")" + hall->slip(kiosk, i) + R"(","choices":{"secretary":{"approve":[1]}})" +
           (i == 1 ? R"(,"then":"challenge"})" : "}");
  }
  fs::path messages() const { return hall->folder() / "kiosk-messages"; }
  std::string said() const {
    std::ifstream in(messages());
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // One voter in front of it. False: the program has ended.
  bool vote(Process& kiosk, Run& run, std::size_t i) {
    Voter& voter = run.voters[i];
    for (std::size_t tries = 0; tries < 4; ++tries) {
      if (!kiosk.write_line(line_of(run.kiosk, i))) return false;
      for (;;) {
        const auto line = kiosk.read_line();
        if (!line) return false;
        const boost::json::object event = boost::json::parse(*line).as_object();
        const auto name = event.at("event").as_string();
        if (name == "cast") {
          voter.told_cast.emplace_back(event.at("tracker").as_string());
          voter.done = true;
          return true;
        }
        if (name != "refused") continue;
        const Code check = code_named(event.at("check").as_string());
        run.what += "\n  refused: " + *line;
        if (check != code::slip::used) {
          voter.told_not = voter.told_not || check != code::journal::unknown;
          if (!power_goes_when_refused) break;  // and tries again
          kiosk.signal(SIGKILL);
          return false;
        }
        // Cast, and the power went before it was said; but not after it was said that it was not.
        if (voter.told_not) ++run.misled;
        voter.done = true;
        return true;
      }
    }
    return true;  // it does not take this voter now
  }

  Run run(Shim& shim, const Fault* fault) {
    if (!hall || hall->used_up()) hall = std::make_unique<Hall>(kKiosks);
    Run out;
    out.kiosk = hall->take();
    fs::remove(messages());
    shim.clear();
    const std::string folder = hall->kiosk_folder(out.kiosk);
    for (std::size_t start = 0; start < kStarts && !out.healed; ++start) {
      std::vector<std::string> command{program(), "vote",       "--dir",
                                       folder,    "--congress", hall->card(),
                                       "--final", "--patience", std::to_string(kit::kHang.count())};
      if (start == 0) command = shim.words(command, folder + ":" + hall->card().string(), fault);
      Process kiosk = Process::start(command, messages()).value();
      const std::size_t told = said().size();
      bool here = true;
      for (std::size_t i = 0; i < kSlipsOfAKiosk && here; ++i)
        if (!out.voters[i].done) here = vote(kiosk, out, i);
      kiosk.close_input();
      const std::string rest = kiosk.read_all();
      const int status = kiosk.wait();
      // Its end was sent before it was stopped: it takes nobody any more, and says so.
      const bool over = status == 1 && said().find("kiosk.ended", told) != std::string::npos;
      out.healed = (status == 0 || over) && all_done(out);
      if (status == 0 || status == 137) continue;
      if (status > 128 || said().size() == told) {
        ++out.misled;
        out.what += "\n  ended with status " + std::to_string(status) + " and no sentence";
      }
    }
    return out;
  }
  static bool all_done(const Run& run) {
    return std::all_of(std::begin(run.voters), std::end(run.voters), [](const Voter& v) { return v.done; });
  }

  void judge(Sweep& sweep, const Shim& shim, const Fault& fault, Run& run) {
    const election::StageState& stage = hall->logged();
    std::size_t lost = 0;
    std::size_t doubled = 0;
    for (std::size_t i = 0; i < kSlipsOfAKiosk; ++i) {
      const Voter& voter = run.voters[i];
      for (const std::string& tracker : voter.told_cast) lost += hall->has_tracker(tracker) ? 0 : 1;
      doubled += voter.told_cast.size() > 1 ? 1 : 0;
      if (voter.done && !hall->has_cast(run.kiosk, i)) ++lost;
      if (!voter.done && voter.told_not && hall->has_cast(run.kiosk, i)) ++run.misled;
    }
    run.healed = run.healed && stage.kiosks.at(hall->kit.kiosks[run.kiosk].id).last;
    sweep.lost += lost;
    sweep.doubled += doubled;
    sweep.misled += run.misled;
    sweep.ran(fault, shim.table(), run.healed);
    EXPECT_TRUE(lost == 0 && doubled == 0 && run.misled == 0 && run.healed)
        << fault.text << "\n  lost " << lost << ", doubled " << doubled << ", misled " << run.misled << ", healed "
        << run.healed << run.what << "\n"
        << said();
  }

  static constexpr std::size_t kKiosks = 100;
  bool power_goes_when_refused = false;
  std::unique_ptr<Hall> hall;
};

TEST_F(KioskSweep, WhateverFailsNothingIsLostAndNobodyMisled) {
  Sweep sweep("tuixuan-kiosk vote", program(), 240);
  const fs::path table = fs::temp_directory_path() / ("sweep-kiosk-" + std::to_string(::getpid()));
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

// A commit that failed may stand in the journal all the same: what the voter was told is so after a power cut too.
TEST_F(KioskSweep, WhatWasSaidToBeNotCastIsNotCastAfterAPowerCut) {
  Sweep sweep("tuixuan-kiosk vote, the power goes after a refusal", program(), 0);
  const fs::path table = fs::temp_directory_path() / ("sweep-kiosk-" + std::to_string(::getpid()));
  Shim shim(table);
  ASSERT_TRUE(run(shim, nullptr).healed) << said();
  sweep.census(shim.table());
  power_goes_when_refused = true;
  const std::vector<Fault> faults = sweep.plan_of("Journal::decide");
  ASSERT_FALSE(faults.empty());
  for (const Fault& fault : faults) {
    Run one = run(shim, &fault);
    judge(sweep, shim, fault, one);
    if (HasFatalFailure()) return;
  }
  fs::remove(table);
}

}  // namespace
}  // namespace tuixuan::sweep
