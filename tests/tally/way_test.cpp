// Where a machine looks for the server of its log: epochs that are followed, and those that are not; two that the
// supervisors signed with one number; what is kept over a restart.
#include "tally/client/way.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "tests/support/congress_kit.h"

namespace tuixuan::client {
namespace {

namespace fs = std::filesystem;

class WayTest : public testing::Test {
 protected:
  WayTest() : kit({12, 2, 3, 2, false}) {
    std::string pattern = (fs::temp_directory_path() / "tuixuan-way-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    kit.found();
    kit.ceremony();
    kit.slips();
    log = {kit.scheme.log.origin, log::KeyType::kEd25519, kit.log_key.verify_key()};
  }
  ~WayTest() override { fs::remove_all(folder); }

  std::unique_ptr<Way> way(const std::string& file = "kept") {
    return std::make_unique<Way>(Way::Place{Address::parse("https://10.0.0.1:8443").value(), Sha256{}, 0}, log,
                                 folder / file);
  }
  const election::State& state() const { return kit.fold.state(); }
  log::Epoch epoch(std::uint64_t number, const std::string& address) const {
    return {log.name, number,   state().tree.size(),       state().tree.root(),
            address,  Sha256{}, log::EpochCause::restored, {}};
  }
  std::string note(const log::Epoch& e, bool both = true) const {
    std::vector<const primitives::SigningKey*> keys{&kit.supervisors[0]};
    if (both) keys.push_back(&kit.supervisors[1]);
    return log::sign_epoch(e, kit.log_key, keys);
  }
  static std::string check_of(const Result<void>& r) { return r ? "good" : std::string(name_of(r.error().check)); }

  kit::Congress kit;
  fs::path folder;
  log::NoteKey log;
};

TEST_F(WayTest, AHigherEpochIsFollowedAndKept) {
  const auto w = way();
  EXPECT_EQ(w->place().address.url(), "https://10.0.0.1:8443");
  ASSERT_EQ(check_of(w->offer(note(epoch(2, "https://10.0.0.2:8443")))), "good");
  EXPECT_EQ(w->place().address.url(), "https://10.0.0.2:8443");
  EXPECT_FALSE(fs::exists(folder / "kept")) << "not before it is confirmed";
  ASSERT_EQ(check_of(w->confirm(state())), "good");
  EXPECT_EQ(way()->place().epoch, 2U) << "after a restart";
  ASSERT_EQ(check_of(w->offer(note(epoch(1, "https://10.0.0.3:8443")))), "good");
  ASSERT_EQ(check_of(w->confirm(state())), "good");
  EXPECT_EQ(w->place().address.url(), "https://10.0.0.2:8443") << "a lower one is not looked at again";
}

TEST_F(WayTest, NotWithoutTwoSupervisors) {
  const auto w = way();
  // A newcomer knows only the log's key: it looks there, and comes back when the log is replayed.
  ASSERT_EQ(check_of(w->offer(note(epoch(1, "https://10.0.0.9:8443"), false))), "good");
  EXPECT_EQ(w->place().epoch, 1U);
  EXPECT_EQ(check_of(w->confirm(state())), "net.epoch");
  EXPECT_EQ(w->place().epoch, 0U);
  // Who knows the supervisors does not even look.
  EXPECT_EQ(check_of(w->offer(note(epoch(2, "https://10.0.0.9:8443"), false))), "epoch.supervisors");
  EXPECT_EQ(w->place().epoch, 0U);
  EXPECT_FALSE(fs::exists(folder / "kept"));
  const auto stranger = primitives::SigningKey::random();
  const std::string forged = log::sign_epoch(epoch(3, "https://10.0.0.9:8443"), stranger,
                                             std::vector<const primitives::SigningKey*>{&stranger});
  EXPECT_NE(check_of(w->offer(forged)), "good");
}

// Supervisors who cheat, or who did not know of each other.
TEST_F(WayTest, TwoOfOneNumberStopUntilAHigherOne) {
  const auto w = way();
  ASSERT_EQ(check_of(w->offer(note(epoch(1, "https://10.0.0.2:8443")))), "good");
  ASSERT_EQ(check_of(w->confirm(state())), "good");
  ASSERT_EQ(check_of(w->offer(note(epoch(1, "https://10.0.0.3:8443")))), "good");
  EXPECT_EQ(check_of(w->confirm(state())), "epoch.conflict");
  EXPECT_EQ(check_of(w->confirm(state())), "epoch.conflict") << "again and again";
  EXPECT_EQ(w->place().address.url(), "https://10.0.0.2:8443");
  ASSERT_EQ(check_of(w->offer(note(epoch(2, "https://10.0.0.3:8443")))), "good");
  EXPECT_EQ(check_of(w->confirm(state())), "good");
  EXPECT_EQ(w->place().address.url(), "https://10.0.0.3:8443");
}

TEST_F(WayTest, AnEpochThatForgetsEntriesIsNoWay) {
  const auto w = way();
  log::Epoch e = epoch(1, "https://10.0.0.2:8443");
  e.size += 3;
  ASSERT_EQ(check_of(w->offer(note(e))), "good");
  EXPECT_EQ(check_of(w->confirm(state())), "log.rollback") << "its own log is shorter than it says";
  e.size -= 4;
  e.number = 2;
  ASSERT_EQ(check_of(w->offer(note(e))), "good");
  EXPECT_EQ(check_of(w->confirm(state())), "log.fork") << "another root";
  EXPECT_FALSE(fs::exists(folder / "kept"));
}

TEST_F(WayTest, PutByHandFromAStick) {
  const auto w = way();
  const std::string stick = folder / "stick";
  std::ofstream(stick) << note(epoch(1, "https://10.0.0.2:8443"));
  ASSERT_TRUE(put_epoch(stick, folder / "kept", log));
  w->look();
  EXPECT_EQ(w->place().address.url(), "https://10.0.0.2:8443");
  ASSERT_EQ(check_of(w->confirm(state())), "good");
  std::ofstream(stick, std::ios::trunc) << note(epoch(1, "https://10.0.0.4:8443"));
  EXPECT_EQ(put_epoch(stick, folder / "kept", log).error().check, code::epoch::lower);
  std::ofstream(stick, std::ios::trunc) << "nothing";
  EXPECT_FALSE(put_epoch(stick, folder / "kept", log));
  EXPECT_EQ(put_epoch(folder / "no-file", folder / "kept", log).error().check, code::epoch::file);
  EXPECT_EQ(way()->place().epoch, 1U);
}

TEST_F(WayTest, HeardOnTheNetwork) {
  const auto w = way();
  send_beacon("something else on this port");
  send_beacon(note(epoch(4, "https://10.0.0.5:8443")));
  for (int i = 0; i < 3000 && w->place().epoch != 4; ++i) {
    w->look();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(w->place().address.url(), "https://10.0.0.5:8443");
}

}  // namespace
}  // namespace tuixuan::client
