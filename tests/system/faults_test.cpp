// The faults of a morning, with the real programs: a second server on the same folder, a full disk, a server that
// hangs, a clock set back, a kiosk that loses its power again and again, files of the desk that cannot be written, a
// crash.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>
#include <set>
#include <thread>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/random.h"
#include "tally/client/key_file.h"
#include "tally/scheme/scheme_file.h"
#include "tests/support/real_server.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using programs::Process;

constexpr std::string_view kPassphrase = "a passphrase for this test";

class FaultsTest : public testing::Test {
 protected:
  FaultsTest() : kit({80, 2, 3, 2, true}, 2), server(kit) {}

  // A kiosk of its own, enrolled in the kit's scheme in the place of kiosk `index`.
  fs::path enrol_kiosk(std::size_t index) {
    const fs::path folder = server.folder() / kit.kiosks[index].id.name;
    auto init = Process::start({program("tuixuan-kiosk"), "init", "--dir", folder, "--id", kit.kiosks[index].id.name},
                               server.messages());
    const std::string key = init->read_line().value();
    EXPECT_EQ(init->wait(), 0);
    kit.scheme.kiosks[index].key = array_from_hex<32>(key).value();
    return folder;
  }
  void open_congress() {
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
    ASSERT_TRUE(server.start());
    client::Client client = server.client();
    server.send_log(client, 0, 1);
    server.send_log(client, 1, kit.log.size());
    std::ofstream(card()) << client::write_card(server.card());
  }
  fs::path card() const { return server.folder() / "congress.json"; }
  static std::string program(const std::string& name) {
    return std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/" + name;
  }
  Process kiosk(const fs::path& folder, bool final) {
    std::vector<std::string> words{
        program("tuixuan-kiosk"),          "vote", "--dir", folder, "--congress", card(), "--patience",
        std::to_string(kit::kHang.count())};
    if (final) words.emplace_back("--final");
    return std::move(*Process::start(words, server.messages()));
  }
  std::string voter(std::size_t slip) const {
    return R"({"slip":")" + kit.slip_secrets[slip].text() +
           R"(","choices":{"committee":{"approve":[1,3],"oppose":[2]},"secretary":{"approve":[1]}}})";
  }
  // The next event of this name; what else is said is skipped.
  static std::optional<boost::json::object> event(Process& kiosk, std::string_view name) {
    while (const auto line = kiosk.read_line()) {
      const boost::json::object said = boost::json::parse(*line).as_object();
      if (said.at("event").as_string() == name) return said;
    }
    return {};
  }
  int run(const std::vector<std::string>& words) {
    auto process = Process::start(words, server.messages(), as_bytes(kPassphrase));
    process->close_input();
    process->read_all();
    return process->wait();
  }
  // What the programs wrote to standard error.
  std::string told() const {
    std::ifstream in(server.messages());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  const election::StageState& logged() {
    reader = client::Congress::join(server.card(), kit::kHang, 2).value();
    const auto synced = reader->sync();
    EXPECT_TRUE(synced) << synced.error().text();
    return *reader->state().stage(kit.stage_id);
  }

  kit::Congress kit;
  kit::RealServer server;
  std::unique_ptr<client::Congress> reader;
};

TEST_F(FaultsTest, SecondServerOnTheSameFolderIsRefused) {
  open_congress();
  auto second = Process::start({program("tuixuan-server"), "run", "--dir", server.folder() / "server", "--organiser",
                                kit.organiser.verify_key().hex(), "--listen", "127.0.0.1:0"},
                               server.folder() / "second");
  EXPECT_NE(second->wait(), 0);
  std::ifstream said(server.folder() / "second");
  EXPECT_THAT(std::string((std::istreambuf_iterator<char>(said)), {}), testing::HasSubstr("ledger.locked"));
  EXPECT_TRUE(server.client().append(kit.cast_entry(kit.seal(0, 0, kit.some_selections(0)), 0)));
}

TEST_F(FaultsTest, AFullDiskIsToldAndOvercome) {
  open_congress();
  const pid_t pid = server.process().pid();
  rlimit all{};
  ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, nullptr, &all), 0);
  rlimit full = all;
  full.rlim_cur = fs::file_size(server.folder() / "server/log.ledger");
  for (const auto& f : fs::directory_iterator(server.folder() / "server"))
    full.rlim_cur = std::max<rlim_t>(full.rlim_cur, f.file_size());
  full.rlim_cur += 80'000;
  ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &full, nullptr), 0);
  client::Client hasty = server.client(std::chrono::seconds(0));
  std::size_t taken = 0;
  Code check;
  Bytes entry;
  while (taken < 60 && check == Code()) {
    entry = kit.cast_entry(kit.seal(taken, 0, kit.some_selections(taken)), taken);
    const auto receipt = hasty.append(entry);
    if (receipt) {
      kit.append(entry);
      ++taken;
    } else {
      check = receipt.error().check;
    }
  }
  // Not stored, or not known whether it is: either way the same is sent again.
  EXPECT_THAT(check, testing::AnyOf(Code(code::server::storage), Code(code::server::uncertain)));
  EXPECT_TRUE(hasty.checkpoint()) << "reading goes on";
  const Bytes next = kit.append(entry);
  ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &all, nullptr), 0);
  const auto later = server.client().append(next);
  EXPECT_TRUE(later) << later.error().text();
  EXPECT_EQ(logged().cast, taken + 1);
  std::printf("disk full after %zu ballots; none of them lost, the next one taken when there was room\n", taken);
  EXPECT_EQ(server.stop(), 0);
}

TEST_F(FaultsTest, VotingGoesOnWhileTheServerHangs) {
  const fs::path folder = enrol_kiosk(0);
  open_congress();
  Process k = kiosk(folder, false);
  ASSERT_TRUE(event(k, "open"));
  server.process().signal(SIGSTOP);  // as when the cable is pulled: nobody answers, nobody refuses
  std::set<std::string> trackers;
  for (std::size_t i = 0; i < 5; ++i) {
    ASSERT_TRUE(k.write_line(voter(i)));
    const auto cast = event(k, "cast");
    ASSERT_TRUE(cast);
    trackers.emplace(cast->at("tracker").as_string());
  }
  EXPECT_EQ(trackers.size(), 5U);
  server.process().signal(SIGCONT);
  k.close_input();
  EXPECT_TRUE(event(k, "delivered"));
  k.read_all();
  EXPECT_EQ(k.wait(), 0);
  EXPECT_EQ(logged().cast, 5U);
}

TEST_F(FaultsTest, AClockSetBackChangesNothing) {
  open_congress();
  kit.minutes -= 365 * 24 * 60;
  const auto receipt = server.client().append(kit.append(kit.cast_entry(kit.seal(0, 0, kit.some_selections(0)), 0)));
  EXPECT_TRUE(receipt) << receipt.error().text();
}

TEST_F(FaultsTest, AKioskThatLosesItsPowerLosesNoBallot) {
  const fs::path folder = enrol_kiosk(0);
  open_congress();
  constexpr std::size_t kKills = 40;
  std::size_t slip = 0;
  std::vector<std::string> cast;
  std::size_t cuts = 0;
  while (cuts < kKills) {
    Process k = kiosk(folder, false);
    ASSERT_TRUE(event(k, "open"));
    // The voter whose ballot was under way when the power went takes the same slip again, unless it was used.
    ASSERT_TRUE(k.write_line(voter(slip)));
    std::thread cut([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(primitives::random_below(12'000)));
      k.signal(SIGKILL);
    });
    while (const auto line = k.read_line()) {
      const boost::json::object said = boost::json::parse(*line).as_object();
      if (said.at("event").as_string() == "cast") {
        cast.emplace_back(said.at("tracker").as_string());
        ++slip;
        k.write_line(voter(slip));
      } else if (said.at("event").as_string() == "refused") {
        EXPECT_EQ(said.at("check").as_string(), "slip.used") << *line;  // cast, and the power went before it was said
        ++slip;
        k.write_line(voter(slip));
      }
      if (slip + 1 >= kit.slip_secrets.size()) break;
    }
    cut.join();
    k.wait();
    ++cuts;
    if (slip + 1 >= kit.slip_secrets.size()) break;
  }
  Process last = kiosk(folder, true);
  last.close_input();
  last.read_all();
  ASSERT_EQ(last.wait(), 0) << told();
  const election::StageState& stage = logged();
  std::size_t missing = 0;
  for (const std::string& tracker : cast) {
    bool found = false;
    for (const auto& [hash, index] : stage.ballots) found = found || protocol::tracker(hash) == tracker;
    if (!found) ++missing;
  }
  std::printf(
      "%zu power cuts of a kiosk: %zu ballots said to be cast, %zu missing; the log has %llu cast, %llu given up, "
      "no number left out\n",
      cuts, cast.size(), missing, static_cast<unsigned long long>(stage.cast),
      static_cast<unsigned long long>(stage.abandoned));
  EXPECT_EQ(missing, 0U);
  EXPECT_GE(stage.cast, cast.size());
  EXPECT_EQ(stage.kiosks.at(kit.kiosks[0].id).next, stage.cast + stage.abandoned + 1);
  EXPECT_TRUE(stage.kiosks.at(kit.kiosks[0].id).last);
}

// A server whose ledger was set back to an older copy: a kiosk that was restarted since knows it by its receipts,
// before anybody votes into the gap.
TEST_F(FaultsTest, AKioskKnowsALogThatWasSetBack) {
  const fs::path folder = enrol_kiosk(0);
  open_congress();
  const fs::path ledger = server.folder() / "server";
  const fs::path older = server.folder() / "older";
  ASSERT_EQ(server.stop(), 0);
  fs::copy(ledger, older, fs::copy_options::recursive);
  ASSERT_TRUE(server.start());
  const auto vote = [&](std::size_t slip) {
    Process k = kiosk(folder, false);
    k.write_line(voter(slip));
    k.close_input();
    const std::string said = k.read_all();
    return std::pair{k.wait(), said};
  };
  const auto [status, said] = vote(0);
  ASSERT_EQ(status, 0) << told();
  ASSERT_THAT(said, testing::HasSubstr("\"delivered\""));
  EXPECT_EQ(server.stop(), 0);
  fs::remove_all(ledger);
  fs::rename(older, ledger);
  ASSERT_TRUE(server.start());
  const auto [refused, nothing] = vote(1);
  EXPECT_NE(refused, 0);
  EXPECT_THAT(nothing, testing::Not(testing::HasSubstr("cast")));
  EXPECT_THAT(told(), testing::HasSubstr("log.rollback"));
  EXPECT_THAT(told(), testing::HasSubstr("日志比以前见过的短"));
  EXPECT_THAT(told(), testing::Not(testing::HasSubstr("默克尔根和服务器签名相符"))) << "an alarm with good news";
  // Nor does the server sign another ballot in its place: the kiosk has told it what it had signed.
  const auto other = server.client().append(kit.cast_entry(kit.seal(5, 1, kit.some_selections(5)), 5));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().check, code::log::rollback);
  EXPECT_NE(vote(1).first, 0);
}

// A list on the log whose slips nobody has would cost the box its round, and with it the stage.
TEST_F(FaultsTest, SlipsThatCannotBeKeptAreNotPublished) {
  const fs::path key = server.folder() / "desk.key";
  kit.scheme.desk_key = client::make_key_file(key, "desk", as_bytes(kPassphrase))->bytes;
  kit.found();
  ASSERT_TRUE(server.start());
  client::Client client = server.client();
  server.send_log(client, 0, 1);
  std::ofstream(card()) << client::write_card(server.card());
  const std::string box = kit.scheme.boxes[0].id.name;
  const auto slips = [&](const fs::path& sheet, const fs::path& codes) {
    return run({program("tuixuan"), "slips", "--congress", card(), "--key", key, "--passphrase-fd", "3", "--box", box,
                "--round", "1", "--count", "9", "--sheet", sheet, "--codes", codes});
  };
  const fs::path sheet = server.folder() / "slips.pdf";
  const fs::path codes = server.folder() / "slips.txt";
  EXPECT_EQ(slips(server.folder() / "nowhere/slips.pdf", codes), 1);
  EXPECT_EQ(slips(key, codes), 1);  // is there already
  EXPECT_EQ(slips(sheet, key), 1);
  EXPECT_FALSE(fs::exists(sheet));
  EXPECT_THAT(told(), testing::HasSubstr("凭条没有公布"));
  const auto lists = [&] {
    reader = client::Congress::join(server.card(), kit::kHang, 2).value();
    EXPECT_TRUE(reader->sync());
    return reader->state().slip_lists.size();
  };
  EXPECT_EQ(lists(), 0U);
  EXPECT_EQ(slips(sheet, codes), 0) << told();
  EXPECT_EQ(lists(), 1U);
  EXPECT_TRUE(fs::exists(sheet));
  EXPECT_TRUE(fs::exists(codes));
  // A second sheet of the same round would hold slips that no kiosk takes.
  EXPECT_EQ(slips(server.folder() / "more.pdf", server.folder() / "more.txt"), 1);
  EXPECT_THAT(told(), testing::HasSubstr("step.slips"));
  EXPECT_FALSE(fs::exists(server.folder() / "more.pdf"));
}

TEST_F(FaultsTest, ACardThatCouldNotBeWrittenIsWrittenTheNextTime) {
  const fs::path key = server.folder() / "organiser.key";
  const auto made = client::make_key_file(key, "organiser", as_bytes(kPassphrase));
  kit.scheme.organiser_key = made->bytes;
  kit.organiser = client::open_key_file(key, "organiser", as_bytes(kPassphrase)).value();
  ASSERT_TRUE(server.start());
  const fs::path scheme = server.folder() / "scheme.json";
  const auto found = [&](const fs::path& to) {
    const Bytes bytes = scheme::write_scheme(kit.scheme);
    std::ofstream(scheme).write(reinterpret_cast<const char*>(bytes.data()),
                                static_cast<std::streamsize>(bytes.size()));
    const client::CongressCard known = server.card();
    return run({program("tuixuan"), "found", "--server", known.server, "--pin", to_hex(known.pin), "--scheme", scheme,
                "--key", key, "--passphrase-fd", "3", "--card", to});
  };
  EXPECT_EQ(found(server.folder() / "nowhere/congress.json"), 1);
  EXPECT_EQ(found(card()), 0) << told();
  EXPECT_TRUE(client::load_card(card()));
  kit.scheme.congress.date = "2026-12-24";  // another scheme is refused
  EXPECT_EQ(found(server.folder() / "other.json"), 1);
  EXPECT_FALSE(fs::exists(server.folder() / "other.json"));
}

// Programs that wait for a passphrase, serve or vote: a crash of any would leave no core file.
TEST_F(FaultsTest, NoProgramLeavesACoreFile) {
  rlimit core{};
  ASSERT_EQ(::getrlimit(RLIMIT_CORE, &core), 0);
  core.rlim_cur = core.rlim_max;
  ASSERT_EQ(::setrlimit(RLIMIT_CORE, &core), 0);
  if (core.rlim_cur == 0) GTEST_SKIP() << "this machine writes no core files at all";
  const fs::path folder = enrol_kiosk(0);
  open_congress();
  std::vector<Process> programs;
  programs.push_back(kiosk(folder, false));
  for (const auto& words :
       {std::vector<std::string>{program("tuixuan"), "key", "--role", "desk", "--file", server.folder() / "some.key"},
        {program("tuixuan-trustee"), "init", "--dir", server.folder() / "T"}}) {
    std::vector<std::string> all = words;
    all.insert(all.end(), {"--passphrase-fd", "0"});
    programs.push_back(std::move(*Process::start(all, server.messages())));
  }
  std::vector<pid_t> pids{server.process().pid()};
  for (const Process& p : programs) pids.push_back(p.pid());
  for (const pid_t pid : pids) {
    rlimit now = core;
    EXPECT_TRUE(kit::wait_until([&] { return ::prlimit(pid, RLIMIT_CORE, nullptr, &now) == 0 && now.rlim_max == 0; }))
        << fs::read_symlink("/proc/" + std::to_string(pid) + "/exe");
  }
}

}  // namespace
}  // namespace tuixuan
