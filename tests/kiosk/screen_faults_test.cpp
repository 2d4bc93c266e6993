// Faults at the real screen with the real server: the network gone, the server killed, the power cut at each step, the
// disk full, the printer out of paper, the code reader unplugged.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <QDir>
#include <csignal>
#include <fstream>
#include <thread>

#include "hardware/devices/files.h"
#include "kiosk/ui/specimen.h"
#include "tests/kiosk/screen_kit.h"

namespace tuixuan::kiosk {
namespace {

class ScreenFaults : public ScreenTest {
 protected:
  void vote_to(const char* page, std::size_t who) {
    hands->type(slip(who));
    ASSERT_TRUE(hands->wait_for_page("contest"));
    if (QLatin1String(page) == u"contest") return;
    ASSERT_TRUE(hands->tap_spoken("王建军，赞成"));
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->tap("下一步"));
    ASSERT_TRUE(hands->wait_for_page("review"));
    if (QLatin1String(page) == u"review") return;
    ASSERT_TRUE(hands->seal());
    ASSERT_TRUE(hands->wait_for_page("sealed"));
    if (QLatin1String(page) == u"sealed") return;
    ASSERT_TRUE(hands->tap("投出选票"));
    ASSERT_TRUE(hands->wait_for_page("done"));
  }
};

TEST_F(ScreenFaults, WithoutTheServerVotingGoesOnAndAllIsDeliveredLater) {
  open_congress();
  server.kill();
  for (std::size_t i = 0; i < 3; ++i) {
    vote_to("done", i);
    EXPECT_EQ(hands->screen->view().ballot(), "cast");
    EXPECT_NE(hands->tile("完成"), nullptr);
    EXPECT_TRUE(hands->screen->view().receipt().isEmpty()) << "not told to be on the log";
    ASSERT_TRUE(hands->tap("完成"));
    ASSERT_TRUE(hands->wait_for_page("waiting"));
  }
  EXPECT_EQ(station->state().counts.undelivered, 3U);
  EXPECT_TRUE(hands->wait_for([&] { return !station->state().reached; }));
  hands->type(slip(0));
  EXPECT_EQ(hands->page(), "waiting") << "what is cast here is cast, though the log does not know it yet";
  ASSERT_TRUE(server.start());
  EXPECT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  EXPECT_EQ(logged().cast, 3U);
}

// What is on the disk at that moment is all that a power cut leaves: the folder is copied while the kiosk runs, and
// another kiosk starts from the copy.
TEST_F(ScreenFaults, APowerCutAtEachStepLosesNothingAndCastsNothingTwice) {
  open_congress();
  std::size_t who = 0;
  for (const char* page : {"contest", "review", "sealed", "done"}) {
    vote_to(page, who);
    const bool cast = hands->page() == "done";
    const auto copy = server.folder() / (std::string("K1-") + page);
    std::filesystem::copy(folder, copy);
    std::filesystem::permissions(copy, std::filesystem::perms::owner_all);
    folder = copy;
    start_kiosk();
    EXPECT_EQ(hands->screen->view().ballot(), "none");
    hands->type(slip(who));
    if (cast) {
      EXPECT_EQ(hands->page(), "waiting") << "its slip is used";
    } else {
      ASSERT_TRUE(hands->wait_for_page("contest")) << "its slip is good";
      EXPECT_TRUE(tally::is_blank(station->flow().selection(0))) << "and nothing is left of its choices";
      ASSERT_TRUE(hands->tap("退出"));
      ASSERT_TRUE(hands->tap("清除并退出"));
      ASSERT_TRUE(hands->wait_for_page("waiting"));
      vote_to("done", who);
    }
    ASSERT_TRUE(cast || hands->tap("完成"));
    ++who;
  }
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  const election::StageState& stage = logged();
  EXPECT_EQ(stage.cast, 4U);
  EXPECT_EQ(stage.cast, station->state().counts.cast);
  EXPECT_EQ(stage.abandoned, station->state().counts.abandoned);
}

TEST_F(ScreenFaults, AFullDiskSaysSoAndTheBallotIsNotCast) {
  open_congress();
  vote_to("sealed", 0);
  rlimit all{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &all), 0);
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit full = all;
  full.rlim_cur = 1;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &full), 0);
  const bool tapped = hands->tap("投出选票");
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &all), 0);
  ASSERT_TRUE(tapped);
  ASSERT_EQ(hands->page(), "fault");
  const QVariantMap fault = hands->screen->view().fault();
  EXPECT_EQ(fault["kind"], "disk");
  EXPECT_THAT(fault["safe"].toString().toStdString(), testing::HasSubstr("尚未投出"));
  ASSERT_TRUE(hands->tap("再试一次"));
  ASSERT_TRUE(hands->wait_for_page("sealed"));
  ASSERT_TRUE(hands->tap("投出选票"));
  ASSERT_TRUE(hands->wait_for_page("done"));
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  EXPECT_EQ(logged().cast, 1U);
}

// The server's disk is exchanged for an old copy of itself: what the kiosk's receipts and its own cosignature say is no
// longer on the log.
TEST_F(ScreenFaults, ALogThatWasSetBackStopsTheVoteAndSaysWhy) {
  open_congress();
  const auto ledger = server.folder() / "server" / "log.ledger";
  const auto old = server.folder() / "old.ledger";
  ASSERT_EQ(server.stop(), 0);
  std::filesystem::copy_file(ledger, old);
  ASSERT_TRUE(server.start());
  vote_to("done", 0);
  ASSERT_TRUE(hands->tap("完成"));
  ASSERT_TRUE(hands->wait_for([&] { return station->state().counts.undelivered == 0; }));
  const std::uint64_t before = logged().cast;
  EXPECT_EQ(before, 1U);
  ASSERT_TRUE(hands->wait_for([&] { return station->state().entries == reader->state().tree.size(); }));
  EXPECT_EQ(station->state().fingerprint.size(), 39U);
  ASSERT_EQ(server.stop(), 0);
  for (const char* part : {"-wal", "-shm"}) std::filesystem::remove(ledger.string() + part);
  std::filesystem::copy_file(old, ledger, std::filesystem::copy_options::overwrite_existing);
  ASSERT_TRUE(server.start());
  ASSERT_TRUE(hands->wait_for_page("fault"));
  const QVariantMap fault = hands->screen->view().fault();
  EXPECT_EQ(fault["kind"], "log");
  EXPECT_THAT(fault["cause"].toString().toStdString(), testing::HasSubstr("日志不是本机见过的那一本"));
  EXPECT_THAT(fault["detail"].toString().toStdString(), testing::HasSubstr("log.rollback"));
}

TEST_F(ScreenFaults, APrinterWithoutPaperLeavesTheCodeOnTheScreen) {
  open_congress();
  const auto spool = server.folder() / "spool";
  devices::SpoolPrinter printer(spool);  // the folder is not there: what is printed cannot be taken
  hands.reset();
  StaffOptions staff;
  staff.folder = folder;
  staff.printer = &printer;
  hands = std::make_unique<Hands>(*station, staff);
  vote_to("done", 0);
  ASSERT_TRUE(hands->tap("打印回执"));
  ASSERT_EQ(hands->page(), "fault");
  EXPECT_EQ(hands->screen->view().fault()["kind"], "printer");
  EXPECT_THAT(hands->screen->view().fault()["safe"].toString().toStdString(), testing::HasSubstr("已经投出"));
  ASSERT_TRUE(hands->tap("继续"));
  ASSERT_TRUE(hands->wait_for_page("done"));
  std::filesystem::create_directory(spool);
  ASSERT_TRUE(hands->tap("打印回执"));
  EXPECT_TRUE(hands->screen->view().property("printed").toBool());
  EXPECT_FALSE(std::filesystem::is_empty(spool));
  hands.reset();
}

TEST_F(ScreenFaults, TheWatchdogHearsThatTheScreenLives) {
  const std::string name = server.folder() / "notify";
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  open_congress();
  ::setenv("NOTIFY_SOCKET", name.c_str(), 1);  // after the server was started, which would speak here, too
  std::string said(64, '\0');
  ssize_t n = -1;
  EXPECT_TRUE(hands->wait_for([&] { return (n = ::recv(fd, said.data(), said.size(), 0)) > 0; }));
  EXPECT_EQ(said.substr(0, n > 0 ? static_cast<std::size_t>(n) : 0), "READY=1\nWATCHDOG=1");
  // A screen that hangs says nothing more.
  while (::recv(fd, said.data(), said.size(), 0) > 0) {
  }
  std::this_thread::sleep_for(std::chrono::seconds(3));
  EXPECT_LT(::recv(fd, said.data(), said.size(), 0), 0);
  ::unsetenv("NOTIFY_SOCKET");
  ::close(fd);
}

TEST_F(ScreenFaults, AReaderThatIsPulledOutIsSaidAndComesBack) {
  open_congress();
  const std::string reader_device = server.folder() / "reader";
  ASSERT_EQ(::mkfifo(reader_device.c_str(), 0600), 0);
  hands.reset();
  StaffOptions staff;
  staff.folder = folder;
  staff.scanner = reader_device;
  staff.camera = "/dev/there-is-no-camera";
  hands = std::make_unique<Hands>(*station, staff);
  {
    std::ofstream scanner(reader_device);
    EXPECT_FALSE(hands->staff.scannerMissing()) << "a camera that is not there changes nothing";
    scanner << slip(0) << "\n" << std::flush;
    ASSERT_TRUE(hands->wait_for_page("contest"));
  }
  ASSERT_TRUE(hands->tap("退出"));
  ASSERT_TRUE(hands->tap("清除并退出"));
  ASSERT_TRUE(hands->wait_for_page("waiting"));
  std::filesystem::remove(reader_device);
  EXPECT_TRUE(hands->wait_for([&] { return hands->staff.scannerMissing(); }));
  EXPECT_TRUE(hands->tap("扫不了"));
  EXPECT_TRUE(hands->wait_for_page("slip"));
  ASSERT_EQ(::mkfifo(reader_device.c_str(), 0600), 0);
  EXPECT_TRUE(hands->wait_for([&] { return !hands->staff.scannerMissing(); }));
  hands.reset();
}

}  // namespace
}  // namespace tuixuan::kiosk
