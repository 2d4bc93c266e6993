// The program tuixuan-kiosk with its screen and the real server; its power is cut (SIGKILL) at each step of a voter and
// at random moments of sealing and casting. After each cut: the waiting page, no choice left, the slip good if and only
// if nothing was cast with it; at the end every voter's ballot stands on the log once, and no number is missing.
#include <csignal>
#include <random>
#include <thread>

#include "kiosk/core/journal.h"
#include "tests/kiosk/real_screen.h"
#include "tests/kiosk/screen_kit.h"
#include "tests/support/seed.h"

namespace tuixuan::kiosk {
namespace {

class PowerCut : public ScreenTest {
 protected:
  PowerCut() : ScreenTest(tally::Kind::election, 40) { std::signal(SIGPIPE, SIG_IGN); }
  ~PowerCut() override { program.reset(); }

  void switch_on() {
    program.emplace(RealScreen::start({"screen", "--dir", folder, "--congress", card_file(), "--window", "--dpi", "96"},
                                      server.folder() / "kiosk-messages"));
    ASSERT_TRUE(program->wait_for_page("WaitingPage"));
    ASSERT_EQ(program->get("ballot"), "none");
  }
  void scan() { ASSERT_EQ(program->ask("type " + slip(voter)), "yes"); }
  void mark() {
    scan();
    ASSERT_TRUE(program->wait_for_page("MarkPage"));
    ASSERT_TRUE(program->tap("王建军，赞成"));
    ASSERT_TRUE(program->tap("李秀兰，不赞成"));
    ASSERT_EQ(program->ask("chosen"), "2");
  }
  void review() {
    mark();
    ASSERT_TRUE(program->tap("下一步"));
    ASSERT_TRUE(program->wait_for([&] { return program->get("stepNumber") == "2"; }));
    ASSERT_TRUE(program->tap("下一步"));
    ASSERT_TRUE(program->wait_for_page("ReviewPage"));
  }
  void seal() {
    review();
    ASSERT_TRUE(program->seal());
  }
  void cast() {
    seal();
    ASSERT_TRUE(program->tap("投出选票"));
    ASSERT_TRUE(program->wait_for_page("DonePage"));
    ASSERT_EQ(program->get("ballot"), "cast");
  }
  // The voter comes again with the slip; cast: whether that voter's ballot must have been, if known.
  void cut_and_come_again(std::optional<bool> cast_before) {
    program->cut_power();
    switch_on();
    scan();
    ASSERT_TRUE(
        program->wait_for([&] { return program->ask("page") == "MarkPage" || !program->get("refusal").empty(); }));
    const bool used = program->ask("page") == "WaitingPage";
    if (used) {
      EXPECT_THAT(program->get("refusal"), testing::HasSubstr("已经投过票"));
    } else {
      EXPECT_EQ(program->ask("chosen"), "0") << "nothing is left of the choices";
      ASSERT_TRUE(program->tap("退出"));
      ASSERT_TRUE(program->tap("清除并退出"));
      ASSERT_TRUE(program->wait_for_page("WaitingPage"));
    }
    EXPECT_TRUE(!cast_before || used == *cast_before);
    if (!used) {
      cast();
      ASSERT_TRUE(program->tap("完成"));
      ASSERT_TRUE(program->wait_for_page("WaitingPage"));
    }
    cast_before_cut += used ? 1 : 0;
    ++voter;
  }
  void everything_is_there() {
    ASSERT_TRUE(program->wait_for([&] { return logged().cast == voter; }));
    program->cut_power();
    const auto journal = Journal::open((folder / "journal.sqlite").string(), kit.kiosks[0].id);
    ASSERT_TRUE(journal);
    const JournalCounts counts = journal->counts(kit.stage_id).value();
    const election::StageState& stage = logged();
    EXPECT_EQ(stage.cast, voter);
    EXPECT_EQ(counts.cast, stage.cast);
    EXPECT_EQ(counts.challenged, stage.challenged);
    EXPECT_EQ(counts.abandoned, stage.abandoned);
    EXPECT_TRUE(journal->undecided(kit.stage_id).value().empty());
    for (std::size_t i = 0; i < voter; ++i)
      EXPECT_TRUE(stage.slips.at(kit.slip_secrets[i].credential(kit.congress(), 1).verify_key()).cast) << i;
  }

  std::optional<RealScreen> program;
  std::size_t voter = 0;
  std::size_t cast_before_cut = 0;
};

TEST_F(PowerCut, AtEachStepTheRightPageNothingLostNothingTwice) {
  open_log();
  switch_on();
  cut_and_come_again(false);  // while it waits
  const std::vector<std::function<void()>> before{[&] { mark(); },
                                                  [&] {
                                                    mark();
                                                    ASSERT_TRUE(program->tap("李秀兰，另选他人"));
                                                    ASSERT_TRUE(program->wait_for_page("WriteInPage"));
                                                    ASSERT_TRUE(program->tap("w"));
                                                  },
                                                  [&] { review(); },
                                                  [&] { seal(); },
                                                  [&] {
                                                    seal();
                                                    ASSERT_TRUE(program->tap("查验机器"));
                                                    ASSERT_TRUE(program->tap("公开这张票"));
                                                    ASSERT_TRUE(program->wait_for_page("ChallengedPage"));
                                                  },
                                                  [&] {
                                                    mark();
                                                    ASSERT_TRUE(program->tap("退出"));
                                                    ASSERT_TRUE(program->wait_for_page("LeavePage"));
                                                  }};
  for (std::size_t i = 0; i < before.size(); ++i) {
    SCOPED_TRACE(i);
    before[i]();
    if (HasFatalFailure()) return;
    cut_and_come_again(false);
    if (HasFatalFailure()) return;
  }
  cast();
  cut_and_come_again(true);  // perhaps before the receipt
  cast();
  ASSERT_TRUE(program->wait_for([&] { return !program->get("receipt").empty(); }));
  cut_and_come_again(true);
  server.kill();
  cast();
  program->cut_power();  // what is cast waits in the journal, and the server is away at the start
  program.emplace(RealScreen::start({"screen", "--dir", folder, "--congress", card_file(), "--window", "--dpi", "96"},
                                    server.folder() / "kiosk-messages"));
  ASSERT_TRUE(program->wait_for([&] { return !program->ask("page").empty(); }));
  ASSERT_TRUE(server.start());
  ASSERT_TRUE(program->wait_for_page("WaitingPage"));
  cut_and_come_again(true);
  if (!HasFatalFailure()) everything_is_there();
}

TEST_F(PowerCut, AtRandomMomentsOfSealingAndCasting) {
  open_log();
  switch_on();
  std::mt19937 random(static_cast<unsigned>(kit::seed_or(20261127)));
  for (int i = 0; i < 12; ++i) {
    SCOPED_TRACE(i);
    if (i % 2 == 0) {
      review();
      ASSERT_TRUE(program->tap("核对无误"));
      ASSERT_TRUE(program->tap("不选了")) << "one contest is empty";
    } else {
      seal();
      ASSERT_TRUE(program->tap("投出选票"));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 30'000));
    cut_and_come_again(i % 2 == 0 ? std::optional<bool>(false) : std::nullopt);
    if (HasFatalFailure()) return;
  }
  std::printf("of 6 ballots whose casting was cut, %zu were cast\n", cast_before_cut);
  everything_is_there();
}

}  // namespace
}  // namespace tuixuan::kiosk
