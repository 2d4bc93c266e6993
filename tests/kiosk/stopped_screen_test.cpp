// A screen that takes no slips says which reason it is, what the voter and the helper do, and that slips stay good; and
// nobody is thanked for a ballot that the log does not take. With the real server; the disk fails by this program's own
// fdatasync.
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>

#include "crypto/codes/kiosk.h"
#include "tests/kiosk/screen_kit.h"

static std::atomic<bool> disk_fails = false;
static int synced(long call, int fd) {
  if (!disk_fails) return static_cast<int>(::syscall(call, fd));
  errno = EIO;
  return -1;
}
extern "C" int fdatasync(int fd) { return synced(SYS_fdatasync, fd); }
extern "C" int fsync(int fd) { return synced(SYS_fsync, fd); }

namespace tuixuan::kiosk {
namespace {

using testing::HasSubstr;
using testing::Not;

class StoppedScreen : public ScreenTest {
 protected:
  StoppedScreen() { kit.kiosks[0].signing = open_kiosk(folder)->key.copy(); }
  ~StoppedScreen() override { disk_fails = false; }
  void vote_to(const char* page, std::size_t who) {
    hands->type(slip(who));
    ASSERT_TRUE(hands->wait_for_page("contest"));
    ASSERT_TRUE(hands->tap_spoken("王建军，赞成"));
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->seal());
    ASSERT_TRUE(hands->wait_for_page("sealed"));
    if (QLatin1String(page) == u"sealed") return;
    ASSERT_TRUE(hands->tap("投出选票"));
    ASSERT_TRUE(hands->wait_for_page("done"));
  }
  void finish() {
    ASSERT_TRUE(hands->tap("完成"));
    ASSERT_TRUE(hands->wait_for_page("waiting"));
    ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  }
  // The same kiosk's key on another machine: its next ballot, by this slip.
  void vote_elsewhere(std::size_t who) {
    const Bytes entry = kit.append(kit.cast_entry(kit.seal(who, 0, kit.some_selections(0)), who));
    ++kit.kiosks[0].seq;
    ASSERT_TRUE(server.client().append(entry));
  }
  void start_stopped() {
    hands.reset();
    station.reset();
    StationOptions options;
    options.folder = folder;
    options.card = card_file();
    options.rest = std::chrono::milliseconds(100);
    station = Station::open(options).value();
    StaffOptions staff;
    staff.folder = folder;
    hands = std::make_unique<Hands>(*station, staff);
  }
  bool stops(Code check) {
    return hands->wait_for(
        [&] { return hands->page() == u"stopped" && station->state().stop && station->state().stop->check == check; });
  }
  std::string said(const char* what) { return hands->screen->view().stop()[what].toString().toStdString(); }
  std::string status() { return hands->screen->view().ballot().toStdString(); }
  // No slip is taken, and it says so.
  void expect_closed() {
    hands->type(slip(9));
    EXPECT_EQ(hands->page(), "stopped");
    EXPECT_THAT(hands->screen->view().scanAnswer().toStdString(), HasSubstr("凭条请收好"));
    EXPECT_THAT(said("voter"), HasSubstr("凭条仍然有效"));
  }
};

TEST_F(StoppedScreen, AnotherKeyIsNamedWithWhatTheHelperDoes) {
  open_log();
  folder = server.folder() / "K1-new";
  ASSERT_TRUE(make_kiosk(folder, kit.kiosks[0].id.name));
  start_stopped();
  ASSERT_TRUE(stops(code::kiosk::other_key));
  EXPECT_THAT(said("cause"), HasSubstr("密钥不是选举办法中 K1 的密钥"));
  EXPECT_THAT(said("helper"), HasSubstr("tuixuan kiosk-lost"));
  EXPECT_THAT(said("helper"), HasSubstr("--stage " + kit.stage_id.name + " --kiosk K1"));
  expect_closed();
}

TEST_F(StoppedScreen, AJournalThatWasLostIsNamed) {
  open_congress();
  vote_to("done", 0);
  finish();
  hands.reset();
  station.reset();
  std::filesystem::remove(folder / "journal.sqlite");
  start_stopped();
  ASSERT_TRUE(stops(code::kiosk::behind));
  expect_closed();
}

TEST_F(StoppedScreen, ASecondMachineIsNamedBeforeTheNextVoter) {
  open_congress();
  vote_elsewhere(1);
  ASSERT_TRUE(stops(code::kiosk::behind));
  expect_closed();
}

TEST_F(StoppedScreen, ASecondMachineIsNamedBeforeAVoterIsThanked) {
  open_congress();
  vote_to("sealed", 0);
  const std::uint64_t before = station->state().entries;
  vote_elsewhere(1);
  ASSERT_TRUE(hands->wait_for([&] { return station->state().entries > before; }));
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for_page("fault"));
  EXPECT_EQ(status(), "refused");
  const QVariantMap fault = hands->screen->view().fault();
  EXPECT_EQ(fault["kind"], "refused");
  EXPECT_THAT(fault["voter"].toString().toStdString(), HasSubstr("同一张凭条到另一台机器"));
  EXPECT_THAT(fault["helper"].toString().toStdString(), HasSubstr("kiosk-lost"));
  ASSERT_TRUE(hands->tap("好"));
  ASSERT_TRUE(stops(code::kiosk::twice));
  expect_closed();
  EXPECT_EQ(logged().cast, 1U);
}

// Nobody could know while the server was away. When it is back the screen takes back what it said, for the voter who
// is still there and for the helper later.
TEST_F(StoppedScreen, WhatTheLogRefusesLaterIsNoLongerCalledCast) {
  open_congress();
  server.kill();
  ASSERT_TRUE(hands->wait_for([&] { return !station->state().reached; }));
  vote_to("done", 0);
  EXPECT_EQ(status(), "cast");
  const std::string tracker = hands->screen->view().tracker().toStdString();
  ASSERT_TRUE(server.start());
  vote_elsewhere(1);
  ASSERT_TRUE(hands->wait_for_page("fault"));
  EXPECT_EQ(status(), "refused");
  EXPECT_THAT(hands->screen->view().fault()["safe"].toString().toStdString(), HasSubstr("不算数"));
  ASSERT_TRUE(hands->tap("好"));
  ASSERT_TRUE(hands->wait_for_page("stopped"));
  ASSERT_TRUE(hands->wait_for([&] { return !station->state().missing.empty(); }));
  EXPECT_THAT(said("disk"), HasSubstr("本机有 1 张选票不在日志上"));
  EXPECT_THAT(said("disk"), HasSubstr(tracker));
  EXPECT_THAT(hands->staff.missing().join(u'\n').toStdString(), HasSubstr(tracker));
  EXPECT_THAT(said("disk"), HasSubstr("带凭条到另一台机器再投一次"));
}

TEST_F(StoppedScreen, AnEndThatTheKioskHasDeclared) {
  open_congress();
  vote_to("done", 0);
  finish();
  ASSERT_TRUE(station->end_voting());
  ASSERT_TRUE(stops(code::kiosk::ended));
  expect_closed();
  EXPECT_TRUE(hands->wait_for([&] { return station->state().end_logged; }));
  EXPECT_EQ(logged().kiosks.at(kit.kiosks[0].id).last, 1U);
  start_stopped();
  ASSERT_TRUE(stops(code::kiosk::ended));
}

TEST_F(StoppedScreen, ARestartWithoutTheServerSaysWhatItKnowsAndGoesOnByItself) {
  open_congress();
  server.kill();
  vote_to("done", 0);
  ASSERT_TRUE(hands->tap("完成"));
  start_stopped();
  ASSERT_TRUE(stops(code::kiosk::unreached));
  ASSERT_TRUE(hands->wait_for([&] { return station->state().late.has_value(); }));
  EXPECT_THAT(said("cause"), HasSubstr("连不上服务器"));
  EXPECT_THAT(said("disk"), HasSubstr("有 1 张已投选票；还没有送达 1 张"));
  EXPECT_THAT(said("disk"), HasSubstr("上次见到的日志有"));
  EXPECT_THAT(hands->look.word("ballot_none").toStdString(), Not(HasSubstr("尚未开始")));
  expect_closed();
  ASSERT_TRUE(server.start());
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  EXPECT_EQ(logged().cast, 1U);
}

TEST_F(StoppedScreen, ACardThatIsReplacedIsReadByARunningScreen) {
  open_log();
  const auto right = client::write_card(server.card());
  client::CongressCard wrong = server.card();
  wrong.server = "https://127.0.0.1:9";
  std::ofstream(card_file()) << client::write_card(wrong);
  start_stopped();
  ASSERT_TRUE(stops(code::kiosk::unreached));
  std::ofstream(card_file()) << "{";
  hands->settle(1500);
  EXPECT_EQ(hands->page(), "stopped") << "what cannot be read changes nothing";
  std::ofstream(card_file()) << right;
  ASSERT_TRUE(hands->wait_for_page("waiting"));
}

TEST_F(StoppedScreen, ItsOwnDiskIsItsOwnAndHealsWithoutARestart) {
  open_congress();
  server.kill();
  vote_to("done", 0);
  ASSERT_TRUE(hands->tap("完成"));
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  disk_fails = true;
  // The server's own program has its own disk.
  ASSERT_TRUE(server.start());
  ASSERT_TRUE(hands->wait_for([&] { return hands->page() == u"stopped"; }));
  EXPECT_TRUE(station->state().stop->check.area() == Area::journal) << station->state().stop->text();
  EXPECT_THAT(said("cause"), HasSubstr("本机存储"));
  EXPECT_THAT(said("cause"), Not(HasSubstr("服务器")));
  disk_fails = false;
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  vote_to("done", 1);
  finish();
  EXPECT_EQ(logged().cast, 2U);
}

TEST_F(StoppedScreen, ACastInDoubtIsCalledSoUntilItIsUndone) {
  open_congress();
  vote_to("sealed", 0);
  disk_fails = true;
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for_page("fault"));
  EXPECT_EQ(status(), "unknown");
  EXPECT_EQ(hands->screen->view().fault()["kind"], "doubt");
  EXPECT_THAT(hands->screen->view().fault()["voter"].toString().toStdString(), HasSubstr("只会算一张"));
  ASSERT_TRUE(hands->tap("再试一次"));
  hands->settle(200);
  EXPECT_EQ(hands->page(), "fault");
  EXPECT_EQ(status(), "unknown");
  disk_fails = false;
  ASSERT_TRUE(hands->tap("再试一次"));
  ASSERT_TRUE(hands->wait_for_page("sealed"));
  EXPECT_EQ(status(), "not_cast");
  EXPECT_EQ(logged().cast, 0U);
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for_page("done"));
  finish();
  EXPECT_EQ(logged().cast, 1U);
}

}  // namespace
}  // namespace tuixuan::kiosk
