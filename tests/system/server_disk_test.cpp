// The server's disk fails, under the real program: who is told what, what is on the log afterwards, and that it heals.
#include <cerrno>

#include "crypto/codes/server.h"
#include "server/ledger/ledger.h"
#include "tests/support/unit.h"
#include "tests/system/failing_disk.h"
#include "tests/system/hall_kit.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using programs::Process;

class ServerDiskTest : public kit::HallTest {
 protected:
  struct Health {
    bool ok = false;
    std::string text;
  };
  Health health() {
    client::Https https(client::Address::parse(server.card().server).value(), std::nullopt);
    const auto answer = https.ask({"GET", "/v1/health", {}, {}}, 65536);
    if (!answer) return {false, answer.error().text()};
    return {answer->status == 200, std::string(as_text(answer->body))};
  }
  bool becomes(bool ok, std::chrono::seconds limit = std::chrono::seconds(120)) {
    const auto end = std::chrono::steady_clock::now() + limit;
    return kit::wait_until([&] { return health().ok == ok; }, [&] { return std::chrono::steady_clock::now() > end; });
  }

  kit::FailingDisk disk;
};

// One read error costs nobody his kiosk.
TEST_F(ServerDiskTest, AReadErrorAtTheServerEndsNoKiosk) {
  const fs::path folder = enrol_kiosk(0);
  open_congress();
  for (int faults = 1; faults <= 3; ++faults) {
    disk.fail(disk.faults().read, EIO, faults);
    Process k = kiosk(folder);
    ASSERT_TRUE(event(k, "open")) << told();
    ASSERT_TRUE(k.write_line(voter(static_cast<std::size_t>(faults))));
    EXPECT_TRUE(event(k, "cast"));
    k.close_input();
    // Delivered before it is called cast, or after: the log counts it in the end.
    k.read_all();
    EXPECT_EQ(k.wait(), 0) << told();
  }
  EXPECT_EQ(cast_on_log(), 3U);
  EXPECT_TRUE(is_told("the disk of the server failed")) << told();
  EXPECT_TRUE(waits_for("the disk works again"));
}

TEST_F(ServerDiskTest, AServerThatCannotWriteSaysSoByItself) {
  open_congress();
  ASSERT_TRUE(health().ok) << health().text;
  disk.fail(disk.faults().sync, EIO, -1);
  disk.fail(disk.faults().write, EIO, -1);
  // Nobody votes; it is known all the same, everywhere.
  ASSERT_TRUE(becomes(false));
  EXPECT_THAT(health().text, testing::HasSubstr("ledger."));
  EXPECT_TRUE(waits_for("the disk of the server failed"));
  client::Client hasty = server.client(std::chrono::seconds(0));
  EXPECT_THAT(std::string(as_text(hasty.get("/index.html", 1000000).value())),
              testing::HasSubstr("服务器的磁盘出了故障"));
  EXPECT_EQ(hasty.health().error().check, code::server::storage);
  auto status = Process::start({program("tuixuan"), "status", "--congress", card()}, server.messages());
  EXPECT_THAT(status->read_all(), testing::HasSubstr("服务器的磁盘"));
  EXPECT_EQ(status->wait(), 0);
  const Bytes entry = ballot(0);
  EXPECT_EQ(hasty.append(entry).error().check, code::server::storage);
  disk.heal();
  ASSERT_TRUE(becomes(true));
  EXPECT_TRUE(waits_for("the disk works again"));
  EXPECT_TRUE(server.client().append(entry));
  EXPECT_THAT(health().text, testing::HasSubstr("written_seconds_ago"));
}

TEST_F(ServerDiskTest, ALedgerThatOnlyReadsDoesNotStartAsOk) {
  open_congress();
  ASSERT_EQ(server.stop(), 0);
  disk.fail(disk.faults().open, EROFS, -1);
  ASSERT_TRUE(server.start()) << "what is there can be read: " << told();
  EXPECT_FALSE(health().ok) << health().text;
  EXPECT_TRUE(is_told("the disk of the server failed")) << told();
  EXPECT_TRUE(server.client(std::chrono::seconds(0)).checkpoint());
  disk.heal();
  EXPECT_TRUE(becomes(true));
}

TEST_F(ServerDiskTest, ALockThatCouldNotBeLetGoIsOvercome) {
  open_congress();
  disk.fail(disk.faults().unlock, EIO, 1);
  std::size_t taken = 0;
  for (; taken < 4; ++taken) {
    const auto receipt = server.client(std::chrono::seconds(120)).append(ballot(taken));
    ASSERT_TRUE(receipt) << taken << ": " << receipt.error().text();
    kit.append(ballot(taken));
  }
  EXPECT_EQ(disk.faults().unlock.left, 0) << "the fault never came";
  EXPECT_EQ(cast_on_log(), taken);
}

// A disk that does not come back: the server ends itself, and its unit starts it again, until it works.
TEST_F(ServerDiskTest, ItEndsItselfAndItsUnitStartsItAnew) {
  open_congress();
  ASSERT_EQ(server.stop(), 0);
  const fs::path unit = fs::path(std::getenv("TUIXUAN_SOURCE_DIR")) / "hardware/appliance/tuixuan-server.service";
  const std::vector<std::string> words{
      program("tuixuan-server"),        "run",      "--dir",      (server.folder() / "server").string(), "--organiser",
      kit.organiser.verify_key().hex(), "--listen", "127.0.0.1:0"};
  kit::Service service(
      kit::Unit::read(unit), [&](std::size_t) { return words; }, server.messages());
  ASSERT_TRUE(service.line_with("https://"));
  disk.fail(disk.faults().sync, EIO, -1);
  disk.fail(disk.faults().write, EIO, -1);
  ASSERT_TRUE(kit::wait_until([&] { return service.starts() >= 2 || service.given_up(); }));
  ASSERT_FALSE(service.given_up());
  EXPECT_EQ(service.watchdog_ends(), 0U) << "it is alive, and says so";
  EXPECT_TRUE(is_told("the server ends itself to be started anew")) << told();
  disk.heal();
  EXPECT_TRUE(kit::wait_until([&] {
    const auto line = service.line_with("https://");
    if (!line) return false;
    const auto at = line->find("https://");
    client::Https https(client::Address::parse(line->substr(at, line->find(' ', at) - at)).value(), std::nullopt);
    const auto answer = https.ask({"GET", "/v1/health", {}, {}}, 65536);
    return answer && answer->status == 200;
  }));
  EXPECT_EQ(service.stop(), 0);
}

// What was said about an entry whose commit failed is true of the log that the next start finds.
TEST_F(ServerDiskTest, AFailedCommitIsCalledUnknown) {
  open_congress();
  const Bytes entry = ballot(0);
  disk.faults().hang_after_sync = true;
  disk.fail(disk.faults().sync, EIO, -1);
  const auto answer = server.client(std::chrono::seconds(0)).append(entry);
  ASSERT_FALSE(answer);
  server.kill();
  disk.heal();
  ASSERT_TRUE(server.start());
  const std::uint64_t cast = cast_on_log();
  std::printf("told %s; after the crash the log has it %llu times\n", answer.error().text().c_str(),
              static_cast<unsigned long long>(cast));
  EXPECT_EQ(cast, 1U) << "the commit's frames were in the write-ahead file";
  EXPECT_EQ(answer.error().check, code::server::uncertain) << answer.error().text();
  EXPECT_THAT(answer.error().what, testing::Not(testing::HasSubstr("nothing was stored")));
  EXPECT_TRUE(server.client().append(entry)) << "the same again is the same entry";
  EXPECT_EQ(cast_on_log(), 1U);
}

// Without a crash the failed commit is undone, whatever stands in the write-ahead file: the log goes on without it.
TEST_F(ServerDiskTest, AFailedCommitIsUndoneByTheRecovery) {
  open_congress();
  disk.fail(disk.faults().sync, EIO, 1);
  const auto answer = server.client(std::chrono::seconds(0)).append(ballot(0));
  ASSERT_FALSE(answer);
  const auto other = server.client().append(kit.append(ballot(1)));
  ASSERT_TRUE(other) << other.error().text();
  server.kill();
  ASSERT_TRUE(server.start());
  EXPECT_EQ(cast_on_log(), 1U);
}

// Every read error while it starts is named as the disk's, never as what the rules refuse.
TEST_F(ServerDiskTest, AReadErrorAtTheStartIsTheDisks) {
  open_congress();
  ASSERT_EQ(server.stop(), 0);
  std::size_t refused = 0;
  for (long n = 0;; n += 3) {
    disk.fail(disk.faults().read, EIO, 1, n);
    const bool started = server.start();
    const bool reached = disk.faults().read.left == 0;
    disk.heal();
    if (started) {
      EXPECT_EQ(server.stop(), 0);
    } else {
      ++refused;
    }
    if (!reached) break;
  }
  EXPECT_GT(refused, 3U);
  EXPECT_THAT(told(), testing::Not(testing::HasSubstr("rules refuse")));
  EXPECT_THAT(told(), testing::Not(testing::HasSubstr("E04.object")));
  EXPECT_THAT(told(), testing::HasSubstr("ledger."));
  ASSERT_TRUE(server.start());
}

// In quiet moments everything moves into the ledger's own file: a copy of that file alone holds the whole log.
TEST_F(ServerDiskTest, TheWriteAheadFileIsMovedWhenItIsQuiet) {
  open_congress();
  for (std::size_t i = 0; i < 3; ++i) ASSERT_TRUE(server.client().append(kit.append(ballot(i))));
  const auto holds_all = [&] {
    const fs::path copy = server.folder() / "copy.ledger";
    fs::remove(copy);
    fs::copy_file(ledger_file(), copy);
    auto opened = ledger::Ledger::open(copy, {kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()});
    const bool all = opened && (*opened)->size() == kit.log.size();
    if (opened) opened->reset();
    for (const char* more : {"-wal", "-shm", ".lock"}) fs::remove(copy.string() + more);
    return all;
  };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  EXPECT_TRUE(kit::wait_until(holds_all, [&] { return std::chrono::steady_clock::now() > end; }));
}

}  // namespace
}  // namespace tuixuan
