// The server's laptop dies in the middle of voting: "the server's laptop died: what now" of the README, with the real
// programs and a clock. A restore from a backup and from what the kiosks hold; a standby; what is not believed; the old
// server that comes back.
#include <sqlite3.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "tests/system/wayback_kit.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using election::Kind;
using kit::Hall;
using kit::wait_until;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

double seconds_since(steady_clock::time_point from) {
  return std::chrono::duration<double>(steady_clock::now() - from).count();
}

class WayBack : public testing::Test {
 protected:
  std::vector<std::string> restoring(const std::string& to, const std::string& address,
                                     const std::vector<std::string>& from) {
    std::vector<std::string> words{"restore",   "--dir",     hall.path(to),       "--card",
                                   hall.card(), "--address", "https://" + address};
    for (const auto& extra : {hall.asks_witness(), from}) words.insert(words.end(), extra.begin(), extra.end());
    return words;
  }
  std::vector<std::string> from_kiosks(const std::vector<std::size_t>& kiosks) {
    std::vector<std::string> out;
    for (const std::size_t k : kiosks) out.insert(out.end(), {"--kiosk", hall.stick_of(k)});
    return out;
  }
  std::uint64_t cast_on_log() {
    const auto reader = hall.newcomer();
    const auto synced = reader->sync();
    EXPECT_TRUE(synced) << synced.error().text();
    return reader->state().stage(hall.kit.stage_id)->cast;
  }
  // Everything a kiosk was given a receipt for is on the log that a newcomer finds, at its place.
  void expect_all_receipts_hold(const std::vector<std::size_t>& kiosks) {
    const auto reader = hall.newcomer();
    ASSERT_TRUE(reader->sync());
    const log::Tree& tree = reader->state().tree;
    for (const std::size_t k : kiosks) {
      const auto held = kiosk::read_receipts(hall.stick_of(k), reader->client().log()).value();
      EXPECT_FALSE(held.held.empty());
      for (const kiosk::ReceiptHeld& r : held.held) {
        ASSERT_LT(r.receipt.index, tree.size());
        EXPECT_EQ(tree.leaf(r.receipt.index), log::leaf_hash(r.entry));
        EXPECT_EQ(tree.root_at(r.checkpoint.size), r.checkpoint.root);
      }
    }
  }
  std::string free_address() {
    // A port that is free now; the server that gets it is started soon after.
    return hall.server_address().substr(0, hall.server_address().rfind(':') + 1) + std::to_string(next_port_++);
  }
  void seal_and_back_up() {
    ASSERT_EQ(hall.with_supervisors({"seal", "--dir", hall.path("server"), "--light"}), 0) << hall.told();
    ASSERT_EQ(back_up(), 0) << hall.told();
  }
  int back_up() {
    return hall.run(
        {hall.program("tuixuan-server"), "backup", "--dir", hall.path("server"), "--to", hall.path("stick")});
  }

  Hall hall{3};
  unsigned next_port_ = 20000 + static_cast<unsigned>(::getpid()) % 20000;
};

TEST_F(WayBack, RestoredFromABackupAndTheKiosksJournals) {
  hall.open_congress();
  seal_and_back_up();
  for (std::size_t k = 0; k < 3; ++k) hall.enter_kiosk(k);
  std::size_t slip = 0;
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t k = 0; k < 3; ++k) hall.vote(k, slip++);
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 2);
  ASSERT_EQ(back_up(), 0) << hall.told();
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 4);

  // The laptop dies: its power and its disk. Voters go on.
  const auto death = steady_clock::now();
  hall.lose_server();
  for (std::size_t k = 0; k < 3; ++k) hall.vote(k, slip++);
  std::vector<std::string> from = from_kiosks({0, 1, 2});
  from.insert(from.end(), {"--backup", hall.path("stick")});
  const std::string address = free_address();
  ASSERT_EQ(hall.with_supervisors(restoring("new", address, from)), 0) << hall.told();
  kit::Serving now = hall.serve(hall.path("new"), address);
  ASSERT_EQ(now.address, address) << hall.told();
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 5);
  std::printf("restore: %.1f s from the death of the server to the first ballots on the log\n", seconds_since(death));

  EXPECT_EQ(cast_on_log(), slip);
  expect_all_receipts_hold({0, 1, 2});
  EXPECT_THAT(hall.get(address, "/v1/epoch"), HasSubstr("\n1\n"));
  EXPECT_THAT(hall.get(address, "/v1/epoch"), HasSubstr("restored"));
  EXPECT_TRUE(wait_until([&] { return hall.witness_says("/epoch") == hall.get(address, "/v1/epoch"); }));
  EXPECT_THAT(hall.witness_says("/alarm-1.txt"), Not(HasSubstr("tuixuan-fork")));

  // The old server comes back at its old address: told by the new one, it signs nothing and says where the log is.
  kit::Serving old = hall.serve(hall.old_server(), hall.server_address());
  ASSERT_EQ(old.address, hall.server_address());
  EXPECT_TRUE(wait_until([&] { return hall.get(old.address, "/v1/epoch") == hall.get(address, "/v1/epoch"); }));
  EXPECT_THAT(hall.get(old.address, "/checkpoint"), HasSubstr("server.superseded"));
  EXPECT_THAT(hall.get(old.address, "/v1/health"), HasSubstr("server.superseded"));
  // One half of the kiosks is started again and asks at the old address, the other half stays.
  EXPECT_EQ(hall.leave_kiosk(0), 0) << hall.told();
  fs::remove(hall.kiosk_folder(0) + "/epoch.note");
  hall.enter_kiosk(0);
  hall.vote(0, slip++);
  hall.vote(1, slip++);
  hall.wait_delivered(0, 1);
  hall.wait_delivered(1, 6);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(hall.leave_kiosk(k), 0) << hall.told();
  EXPECT_EQ(cast_on_log(), slip);
  expect_all_receipts_hold({0, 1, 2});
  // It knows it by itself after a restart, with the new one away.
  old.process.signal(SIGTERM);
  EXPECT_EQ(old.process.wait(), 0);
  now.process.signal(SIGTERM);
  EXPECT_EQ(now.process.wait(), 0);
  kit::Serving again = hall.serve(hall.old_server(), hall.server_address());
  EXPECT_THAT(hall.get(again.address, "/checkpoint"), HasSubstr("server.superseded"));
}

// --- a standby -------------------------------------------------------------------------------------------------------

class StandbyTest : public WayBack {
 protected:
  // A standby on its own machine: the server gives it what is there, then every entry before it is acknowledged.
  void open_with_standby() {
    hall.open_congress();
    auto init = programs::Process::start(
        {hall.program("tuixuan-server"), "standby", "init", "--dir", hall.path("standby"), "--card", hall.card()},
        hall.path("messages"));
    const auto pin = init->read_line();
    ASSERT_TRUE(pin && init->wait() == 0) << hall.told();
    standby.emplace(hall.stand_by(hall.path("standby"), "127.0.0.1:0"));
    ASSERT_FALSE(standby->address.empty()) << hall.told();
    paired = {"--standby", "https://" + standby->address, "--standby-pin", *pin};
    ASSERT_EQ(hall.with_supervisors({"seal", "--dir", hall.path("server"), "--light"}), 0) << hall.told();
    hall.server().process.signal(SIGTERM);
    ASSERT_EQ(hall.server().process.wait(), 0);
    const std::string address = hall.server_address();
    hall.server() = hall.serve(hall.path("server"), address, paired);
    ASSERT_EQ(hall.server_address(), address) << hall.told();
    for (std::size_t k = 0; k < 3; ++k) hall.enter_kiosk(k);
  }
  std::vector<std::string> promoting(const std::string& address) {
    std::vector<std::string> words{"promote",   "--dir",     hall.path("standby"), "--card",
                                   hall.card(), "--address", "https://" + address};
    const auto extra = hall.asks_witness();
    words.insert(words.end(), extra.begin(), extra.end());
    return words;
  }
  void stop_standby() {
    standby->process.signal(SIGTERM);
    ASSERT_EQ(standby->process.wait(), 0);
    standby.reset();
  }

  std::optional<kit::Serving> standby;
  std::vector<std::string> paired;
  std::size_t slip = 0;
};

TEST_F(StandbyTest, IsPromotedInTheMiddleOfVoting) {
  open_with_standby();
  for (std::size_t i = 0; i < 12; ++i) hall.vote(i % 3, slip++);
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 3);  // and more on their way
  const auto death = steady_clock::now();
  hall.lose_server();
  for (std::size_t k = 0; k < 3; ++k) hall.vote(k, slip++);
  stop_standby();
  const std::string address = free_address();
  ASSERT_EQ(hall.with_supervisors(promoting(address)), 0) << hall.told();
  kit::Serving now = hall.serve(hall.path("standby"), address);
  ASSERT_EQ(now.address, address) << hall.told();
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 5);
  std::printf("standby: %.1f s from the death of the server to the first ballots on the log\n", seconds_since(death));
  EXPECT_EQ(cast_on_log(), slip);
  expect_all_receipts_hold({0, 1, 2});
  EXPECT_THAT(hall.witness_says("/alarm-1.txt"), Not(HasSubstr("tuixuan-fork")));

  // The old one comes back. Without its standby it can acknowledge nothing, and it is told that it is replaced.
  kit::Serving old = hall.serve(hall.old_server(), hall.server_address(), paired);
  ASSERT_EQ(old.address, hall.server_address());
  EXPECT_TRUE(wait_until([&] { return hall.get(old.address, "/v1/epoch") == hall.get(address, "/v1/epoch"); }));
  for (std::size_t k = 0; k < 3; ++k) hall.vote(k, slip++);
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 6);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(hall.leave_kiosk(k), 0) << hall.told();
  EXPECT_EQ(cast_on_log(), slip);
  expect_all_receipts_hold({0, 1, 2});
  EXPECT_EQ(hall.run({hall.program("tuixuan-server"), "standby", "run", "--dir", hall.path("standby"), "--card",
                      hall.card(), "--listen", "127.0.0.1:0"}),
            1)
      << "it is a server now";
}

// The desk and the trustees go on with the card that they have.
TEST_F(StandbyTest, IsPromotedInTheMiddleOfTheClose) {
  open_with_standby();
  const std::size_t opened = hall.kit.log.size();
  hall.kit.vote(6);
  hall.kit.finish();
  const auto desk = client::Congress::join(client::load_card(hall.card()).value(), kit::kHang, 2).value();
  ASSERT_TRUE(desk->sync());
  for (const auto& [hash, bytes] : hall.kit.objects.items())
    ASSERT_TRUE(desk->client().put_object(hall.kit.organiser, hall.kit.congress(), bytes));
  const std::size_t middle = opened + 6 + 2;  // the close is on the log, the trustees are agreeing to it
  for (std::size_t i = opened; i < middle; ++i) ASSERT_TRUE(desk->append(hall.kit.log[i])) << i;
  const auto death = steady_clock::now();
  hall.lose_server();
  stop_standby();
  const std::string address = free_address();
  ASSERT_EQ(hall.with_supervisors(promoting(address)), 0) << hall.told();
  const kit::Serving now = hall.serve(hall.path("standby"), address);
  ASSERT_EQ(now.address, address) << hall.told();
  for (std::size_t i = middle; i < hall.kit.log.size(); ++i) {
    const auto taken = desk->append(hall.kit.log[i]);
    ASSERT_TRUE(taken) << i << ": " << taken.error().text();
    if (i == middle)
      std::printf("close: %.1f s from the death of the server to the next entry on the log\n", seconds_since(death));
  }
  ASSERT_TRUE(desk->sync());
  EXPECT_TRUE(fs::exists(hall.card() + ".epoch")) << "kept beside the card";
  const auto reader = hall.newcomer();
  const auto synced = reader->sync();
  ASSERT_TRUE(synced) << synced.error().text();
  EXPECT_EQ(reader->state().stage(hall.kit.stage_id)->phase, election::Phase::counted);
  EXPECT_EQ(reader->state().tree.size(), hall.kit.log.size());
  EXPECT_THAT(hall.witness_says("/alarm-1.txt"), Not(HasSubstr("tuixuan-fork")));
}

TEST_F(StandbyTest, IsLostAndTheSupervisorsGoOnAlone) {
  open_with_standby();
  for (std::size_t k = 0; k < 3; ++k) hall.vote(k, slip++);
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 1);
  standby->process.signal(SIGKILL);
  standby->process.wait();
  for (std::size_t k = 0; k < 3; ++k) hall.vote(k, slip++);
  // Nothing is acknowledged, and the server says why.
  EXPECT_TRUE(wait_until(
      [&] { return hall.get(hall.server_address(), "/v1/health").find("server.standby") != std::string::npos; }));
  EXPECT_THAT(hall.get(hall.server_address(), "/v1/health"), HasSubstr("\"standby\":\"lost\""));
  EXPECT_TRUE(wait_until(
      [&] { return hall.get(hall.server_address(), "/v1/status").find("\"cast\":3") != std::string::npos; }));
  std::vector<std::string> words{
      "alone", "--dir", hall.path("server"), "--card", hall.card(), "--address", "https://" + hall.server_address()};
  const auto witness = hall.asks_witness();
  words.insert(words.end(), witness.begin(), witness.end());
  ASSERT_EQ(hall.with_supervisors(words), 0) << hall.told();
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 2);
  EXPECT_THAT(hall.get(hall.server_address(), "/v1/health"), HasSubstr("\"standby\":\"alone\""));
  EXPECT_THAT(hall.get(hall.server_address(), "/"), HasSubstr("单机"));
  EXPECT_EQ(cast_on_log(), slip);
  // The standby that was left behind is not promoted: the witness has seen more.
  const std::string messages = hall.told();
  EXPECT_TRUE(wait_until([&] {
    const auto note = hall.witness_says("/checkpoint");
    const auto opened = log::open_checkpoint(note, log::parse_vkey(hall.card_as().log).value());
    return opened && opened->checkpoint.size == hall.kit.log.size() + slip;
  }));
  EXPECT_EQ(hall.with_supervisors(promoting(free_address())), 1);
  EXPECT_THAT(hall.told().substr(messages.size()), HasSubstr("restore.behind"));
  // It comes back, and catches up: both disks again.
  standby.emplace(hall.stand_by(hall.path("standby"), paired[1].substr(8)));
  ASSERT_FALSE(standby->address.empty()) << hall.told();
  hall.server().process.signal(SIGTERM);
  EXPECT_EQ(hall.server().process.wait(), 0);
  kit::Serving again = hall.serve(hall.path("server"), hall.server_address(), paired);
  EXPECT_TRUE(wait_until([&] {
    return hall.get(again.address, "/v1/health").find("\"standby\":\"paired\"") != std::string::npos;
  })) << hall.told();
  for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(hall.leave_kiosk(k), 0) << hall.told();
}

// --- what is not believed -----------------------------------------------------------------------------------------

class Attacked : public WayBack {
 protected:
  // Two ballots on the log from each kiosk, a backup from before them, and the server is gone.
  void SetUp() override {
    hall.open_congress();
    seal_and_back_up();
    for (std::size_t k = 0; k < 3; ++k) hall.enter_kiosk(k);
    for (std::size_t i = 0; i < 6; ++i) hall.vote(i % 3, i);
    for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 2);
    hall.lose_server();
  }
  // What restore says, with these sources; "" if it succeeds. Another folder each time.
  std::string refused(const std::vector<std::string>& from, std::size_t one = 0, std::size_t other = 1) {
    const std::string before = hall.told();
    name = "new-" + std::to_string(++attempts);
    if (hall.with_supervisors(restoring(name, "127.0.0.1:1", from), one, other) == 0) return "";
    EXPECT_FALSE(fs::exists(hall.path(name))) << "nothing is left of it";
    return hall.told().substr(before.size());
  }
  static std::vector<std::string> all(std::initializer_list<std::vector<std::string>> parts) {
    std::vector<std::string> out;
    for (const auto& part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
  }
  // One bit of the entry of a ballot in this journal.
  static void flip(const std::string& folder, unsigned seq) {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((folder + "/journal.sqlite").c_str(), &db), SQLITE_OK);
    const std::string sql =
        "UPDATE ballot SET entry = CAST(substr(entry, 1, 99) || x'00' || substr(entry, 101) AS BLOB) WHERE seq = " +
        std::to_string(seq);
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    EXPECT_EQ(sqlite3_changes(db), 1);
    sqlite3_close(db);
  }
  std::vector<std::string> backup() const { return {"--backup", hall.path("stick")}; }
  static std::string read(const std::string& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::string name;
  int attempts = 0;
};

TEST_F(Attacked, NothingIsSignedOnHalfOfIt) {
  // Somebody who was there is not asked and not named.
  EXPECT_THAT(refused(all({from_kiosks({0, 1}), backup()})), HasSubstr("restore.ended"));
  // The entries of the third kiosk are held by nobody then: the receipts concerned are named.
  const std::string ended = read(hall.path(name) + ".ended.txt");
  EXPECT_THAT(ended, HasSubstr(hall.kit.kiosks[0].id.name + " " + hall.kit.stage_id.name + " 1 "));
  // All of them there, but a flipped byte in a journal, and no copy of the log beside it.
  const std::string third = hall.stick_of(2);
  flip(third, 2);
  fs::remove_all(third + "/log");
  const std::vector<std::string> flipped = all({from_kiosks({0, 1}), backup(), {"--kiosk", third}});
  const std::string said = refused(flipped);
  EXPECT_THAT(said, HasSubstr("restore.ended"));
  EXPECT_THAT(said, HasSubstr(hall.kit.stage_id.name + " 2 is damaged"));
  // A kiosk of another congress.
  ASSERT_EQ(hall.run({hall.program("tuixuan-kiosk"), "init", "--dir", hall.path("other"), "--id", "K1"}), 0);
  EXPECT_THAT(refused(all({from_kiosks({0, 1, 2}), backup(), {"--kiosk", hall.path("other")}})),
              HasSubstr("restore.other"));
  // A stick that somebody changed.
  fs::copy(hall.path("stick"), hall.path("changed"));
  {
    std::fstream f(hall.path("changed") + "/log.ledger", std::ios::in | std::ios::out | std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(f)), {});
    const auto& entry = hall.kit.log.back();
    const auto at = bytes.find(std::string(as_text(entry)).substr(0, 40));
    ASSERT_NE(at, std::string::npos);
    f.clear();
    f.seekp(static_cast<std::streamoff>(at + 30));
    f.put(static_cast<char>(bytes[at + 30] ^ 1));
  }
  EXPECT_THAT(refused(all({from_kiosks({0, 1, 2}), {"--backup", hall.path("changed")}})), HasSubstr("ledger.leaf"));
  // One supervisor twice.
  EXPECT_THAT(refused(all({from_kiosks({0, 1, 2}), backup()}), 1, 1), HasSubstr("restore.supervisors"));
  EXPECT_THAT(hall.witness_says("/epoch"), HasSubstr("nothing")) << "nobody was told of anything";
  // No backup at all: what the kiosks followed and their receipts are enough, with the sealed key from elsewhere.
  EXPECT_EQ(refused(all({from_kiosks({0, 1, 2}), {"--sealed", hall.path("stick") + "/log.key.sealed"}})), "");
  EXPECT_THAT(hall.witness_says("/epoch"), HasSubstr("tuixuan-epoch/1"));
}

TEST_F(Attacked, WhoWasNotAskedIsNamedInTheEpoch) {
  // The third kiosk's ballots are on the copies of a backup of the dead disk, the kiosk itself cannot be reached.
  const std::vector<std::string> salvaged = {"--backup", hall.old_server()};
  EXPECT_THAT(refused(all({from_kiosks({0, 1}), salvaged})), HasSubstr("restore.absent"));
  EXPECT_THAT(hall.told(), HasSubstr("not asked: " + hall.kit.kiosks[2].id.name));
  EXPECT_EQ(refused(all({from_kiosks({0, 1}), salvaged, {"--without", hall.kit.kiosks[2].id.name}})), "");
  EXPECT_THAT(read(hall.path(name) + "/epoch.note"), HasSubstr("without " + hall.kit.kiosks[2].id.name));
}

TEST_F(Attacked, OfTwoRestoresAtOnceOneServes) {
  const std::vector<std::string> from = all({from_kiosks({0, 1, 2}), backup()});
  const std::string a = free_address();
  const std::string b = free_address();
  int done[2] = {-1, -1};
  std::thread first([&] { done[0] = hall.with_supervisors(restoring("a", a, from)); });
  std::thread second([&] { done[1] = hall.with_supervisors(restoring("b", b, from)); });
  first.join();
  second.join();
  EXPECT_TRUE(done[0] == 0 || done[1] == 0) << hall.told();
  std::optional<kit::Serving> at[2];
  if (done[0] == 0) at[0].emplace(hall.serve(hall.path("a"), a));
  if (done[1] == 0) at[1].emplace(hall.serve(hall.path("b"), b));
  if (done[0] == 0 && done[1] == 0) {
    // One after the other: the witness tells the lower one, before it signs anything.
    EXPECT_TRUE(wait_until([&] {
      return hall.get(a, "/v1/health").find("server.superseded") != std::string::npos ||
             hall.get(b, "/v1/health").find("server.superseded") != std::string::npos;
    }));
  }
  for (std::size_t k = 0; k < 3; ++k) hall.vote(k, 6 + k);
  for (std::size_t k = 0; k < 3; ++k) hall.wait_delivered(k, 3);
  EXPECT_EQ(cast_on_log(), 9U);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(hall.leave_kiosk(k), 0) << hall.told();
  EXPECT_THAT(hall.witness_says("/alarm-1.txt"), Not(HasSubstr("tuixuan-fork")));
}

// The old server was alive after all, and gave a receipt after the supervisors had declared it dead: to a kiosk that
// was named as not reachable. The kiosk finds it out and keeps the evidence; nobody else is harmed.
TEST_F(Attacked, AReceiptOfTheOldServerAfterTheRestore) {
  const std::string address = free_address();
  const std::string unreached = hall.kit.kiosks[2].id.name;
  // The kiosk's folder as it was, from the dead disk's entries.
  ASSERT_EQ(hall.with_supervisors(restoring(
                "new", address, all({from_kiosks({0, 1}), {"--backup", hall.old_server()}, {"--without", unreached}}))),
            0)
      << hall.told();
  // Before the new server is up, the old one comes back, with no witness to ask: it takes a ballot of that kiosk.
  auto old = programs::Process::start({hall.program("tuixuan-server"), "run", "--dir", hall.old_server(), "--listen",
                                       hall.server_address(), "--organiser", hall.kit.organiser.verify_key().hex()},
                                      hall.path("messages"));
  ASSERT_TRUE(old->read_line());
  hall.vote(2, 6);
  hall.wait_delivered(2, 3);
  // The new one begins, and tells it: from now on it signs nothing.
  kit::Serving now = hall.serve(hall.path("new"), address);
  EXPECT_TRUE(wait_until(
      [&] { return hall.get(hall.server_address(), "/v1/health").find("server.superseded") != std::string::npos; }));
  hall.vote(0, 7);
  hall.vote(1, 8);
  hall.wait_delivered(0, 3);
  hall.wait_delivered(1, 3);
  EXPECT_EQ(cast_on_log(), 8U);
  // The kiosk that was left out learns of the new server when it is started again, and does not believe it.
  const std::string before = hall.told();
  hall.leave_kiosk(2);
  hall.enter_kiosk(2);
  EXPECT_NE(hall.leave_kiosk(2), 0);
  EXPECT_THAT(hall.told().substr(before.size()), testing::AnyOf(HasSubstr("log.fork"), HasSubstr("log.rollback")));
  EXPECT_TRUE(fs::exists(hall.kiosk_folder(2) + "/alarm-1.txt"));
  EXPECT_THAT(hall.get(address, "/v1/witnesses"), HasSubstr("alarm-1.txt")) << "the new server says it too";
  for (std::size_t k = 0; k < 2; ++k) EXPECT_EQ(hall.leave_kiosk(k), 0) << hall.told();
}

}  // namespace
}  // namespace tuixuan
