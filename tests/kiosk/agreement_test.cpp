// The program tuixuan-kiosk without a screen, beside the real server: a kiosk with which the log does not agree thanks
// nobody. Runs against any build: TUIXUAN_BIN_DIR names the programs.
#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>

#include "tests/support/real_server.h"

namespace tuixuan::kiosk {
namespace {

namespace fs = std::filesystem;
using programs::Process;
using testing::HasSubstr;
using testing::Not;

// What a run of the program said and how it ended.
struct Said {
  int status = 0;
  std::string out;
  std::string errors;
  std::size_t thanked() const {
    std::size_t n = 0;
    for (std::size_t at = out.find(R"("event":"cast")"); at != std::string::npos;
         at = out.find(R"("event":"cast")", at + 1))
      ++n;
    return n;
  }
};

class AgreementTest : public testing::Test {
 protected:
  AgreementTest() : kit({20, 2, 3, 2, true}, 2), server(kit) {
    std::signal(SIGPIPE, SIG_IGN);  // a kiosk that refuses ends while it is written to
    folder = server.folder() / "K1";
    kit.scheme.kiosks[0].key = init(folder);
  }
  static std::string program() { return std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan-kiosk"; }
  ByteArray<32> init(const fs::path& place) {
    auto process = Process::start({program(), "init", "--dir", place, "--id", "K1"}, server.messages());
    const std::string key = process->read_line().value();
    EXPECT_EQ(process->wait(), 0);
    return array_from_hex<32>(key).value();
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
  std::string voter(std::size_t slip) const {
    return R"({"slip":")" + kit.slip_secrets[slip].text() +
           R"(","choices":{"committee":{"approve":[1,3],"oppose":[2]},"secretary":{"approve":[1]}}})";
  }
  Process start(const fs::path& place, const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{program(), "vote", "--dir", place, "--congress", card(), "--patience", "5"};
    words.insert(words.end(), more.begin(), more.end());
    return std::move(*Process::start(words, errors()));
  }
  fs::path errors() const { return server.folder() / "errors"; }
  Said vote(const fs::path& place, const std::vector<std::size_t>& slips, const std::vector<std::string>& more = {}) {
    fs::remove(errors());
    Process kiosk = start(place, more);
    for (const std::size_t slip : slips)
      if (!kiosk.write_line(voter(slip))) break;
    kiosk.close_input();
    Said said;
    said.out = kiosk.read_all();
    said.status = kiosk.wait();
    std::ifstream in(errors());
    said.errors.assign(std::istreambuf_iterator<char>(in), {});
    return said;
  }
  static std::optional<boost::json::object> event(Process& kiosk, std::string_view name) {
    while (const auto line = kiosk.read_line()) {
      const boost::json::object said = boost::json::parse(*line).as_object();
      if (said.at("event").as_string() == name) return said;
    }
    return {};
  }
  const election::StageState& logged() {
    reader = client::Congress::join(server.card(), std::chrono::seconds(60), 2).value();
    EXPECT_TRUE(reader->sync());
    return *reader->state().stage(kit.stage_id);
  }
  void copy_kiosk(const fs::path& to) const {
    fs::copy(folder, to, fs::copy_options::recursive);
    fs::permissions(to, fs::perms::owner_all);
  }

  kit::Congress kit;
  kit::RealServer server;
  fs::path folder;
  std::unique_ptr<client::Congress> reader;
};

TEST_F(AgreementTest, AKioskThatHasEndedTakesNoVoter) {
  open_congress();
  EXPECT_EQ(vote(folder, {0, 1}, {"--final"}).status, 0);
  const Said later = vote(folder, {2});
  EXPECT_EQ(later.thanked(), 0U);
  EXPECT_NE(later.status, 0);
  EXPECT_THAT(later.errors, HasSubstr("kiosk.ended"));
  EXPECT_EQ(logged().cast, 2U);
  const Said elsewhere = vote(folder, {2});
  EXPECT_EQ(elsewhere.thanked(), 0U) << "however often it is tried";
}

// The end was said while the server was away: no ballot after it, before the log knows or after.
TEST_F(AgreementTest, AnEndThatIsNotDeliveredYetIsAnEnd) {
  open_congress();
  Process kiosk = start(folder, {"--final"});
  ASSERT_TRUE(event(kiosk, "open"));
  server.kill();
  ASSERT_TRUE(kiosk.write_line(voter(0)));
  ASSERT_TRUE(event(kiosk, "cast"));
  kiosk.close_input();
  kiosk.read_all();
  EXPECT_NE(kiosk.wait(), 0) << "one ballot waits";
  ASSERT_TRUE(server.start());
  const Said later = vote(folder, {1});
  EXPECT_EQ(later.thanked(), 0U);
  EXPECT_THAT(later.out, HasSubstr("kiosk.ended"));
  const election::StageState& stage = logged();
  EXPECT_EQ(stage.cast, 1U);
  EXPECT_EQ(stage.kiosks.at(kit.kiosks[0].id).last, 1U);
}

TEST_F(AgreementTest, AKioskThatWasDeclaredLostTakesNoVoter) {
  open_congress();
  EXPECT_EQ(vote(folder, {0}).thanked(), 1U);
  const election::KioskEndBody lost{kit.stage_id, kit.kiosks[0].id, 1, "screen broken"};
  client::Client client = server.client();
  ASSERT_TRUE(client.append(kit.by_supervisors(election::Kind::kiosk_lost, lost.encode())));
  const Said later = vote(folder, {1});
  EXPECT_EQ(later.thanked(), 0U);
  EXPECT_THAT(later.errors, HasSubstr("kiosk.lost"));
}

TEST_F(AgreementTest, TheSameIdWithANewKeyTakesNoVoter) {
  const fs::path second = server.folder() / "K1-new";
  init(second);
  open_congress();
  const Said said = vote(second, {0, 1, 2, 3, 4, 5, 6, 7});
  EXPECT_EQ(said.thanked(), 0U);
  EXPECT_THAT(said.errors, HasSubstr("kiosk.other_key"));
  EXPECT_EQ(logged().cast, 0U);
}

TEST_F(AgreementTest, AJournalThatWasLostTakesNoVoter) {
  open_congress();
  EXPECT_EQ(vote(folder, {0, 1}).thanked(), 2U);
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(folder / ("journal.sqlite" + std::string(end)));
  const Said said = vote(folder, {2});
  EXPECT_EQ(said.thanked(), 0U);
  EXPECT_THAT(said.errors, HasSubstr("kiosk.behind"));
}

TEST_F(AgreementTest, TwoMachinesWithOneFolderThankNobodyForWhatTheLogRefuses) {
  open_congress();
  EXPECT_EQ(vote(folder, {0}).thanked(), 1U);
  const fs::path second = server.folder() / "K1-copy";
  copy_kiosk(second);
  Process a = start(folder);
  Process b = start(second);
  ASSERT_TRUE(event(a, "open"));
  ASSERT_TRUE(event(b, "open"));
  std::size_t thanked = 1;
  std::size_t refused = 0;
  for (std::size_t slip = 1; slip < 9; ++slip) {
    Process& kiosk = slip % 2 == 1 ? a : b;
    if (!kiosk.write_line(voter(slip))) {
      ++refused;  // it has ended
      continue;
    }
    std::string last;
    while (const auto line = kiosk.read_line()) {
      last = std::string(boost::json::parse(*line).as_object().at("event").as_string());
      if (last == "cast" || last == "refused") break;
    }
    last == "cast" ? ++thanked : ++refused;
  }
  for (Process* p : {&a, &b}) {
    p->close_input();
    p->read_all();
    p->wait();
  }
  EXPECT_EQ(logged().cast, thanked) << "whoever was thanked is on the log";
  EXPECT_GT(refused, 0U);
  const Said later = vote(second, {10});
  EXPECT_EQ(later.thanked(), 0U);
  EXPECT_THAT(later.errors, testing::AnyOf(HasSubstr("kiosk.twice"), HasSubstr("kiosk.behind")));
}

// A rehearsal's log, and then the real one: the same kiosk, without anybody deleting anything.
TEST_F(AgreementTest, AKioskOfARehearsalJoinsTheNextLogByItself) {
  open_congress();
  EXPECT_EQ(vote(folder, {0, 1}).thanked(), 2U);
  kit::Congress second({20, 2, 3, 2, true}, 2);
  kit::RealServer other(second);
  second.scheme.kiosks[0].key = kit.scheme.kiosks[0].key;
  second.found();
  second.ceremony();
  second.slips();
  second.attendance();
  second.open();
  ASSERT_TRUE(other.start());
  client::Client client = other.client();
  other.send_log(client, 0, 1);
  other.send_log(client, 1, second.log.size());
  std::ofstream(card()) << client::write_card(other.card());
  kit.slip_secrets.swap(second.slip_secrets);
  const Said said = vote(folder, {0});
  EXPECT_EQ(said.thanked(), 1U) << said.errors;
  bool kept = false;
  for (const auto& f : fs::directory_iterator(folder))
    kept = kept || f.path().filename().string().starts_with("journal-");
  EXPECT_TRUE(kept) << "and the rehearsal's journal is kept";
}

// What lies in a journal and not on the log, with what its voters were given to find it by.
TEST_F(AgreementTest, WhatIsNotOnTheLogIsListedWithItsTrackers) {
  open_congress();
  EXPECT_EQ(vote(folder, {0}).thanked(), 1U);
  const auto status = [&] {
    Process process =
        std::move(*Process::start({program(), "status", "--dir", folder, "--congress", card()}, errors()));
    std::string said = process.read_all();
    return std::pair{process.wait(), said};
  };
  EXPECT_EQ(status().first, 0) << status().second;
  Process kiosk = start(folder);
  ASSERT_TRUE(event(kiosk, "open"));
  server.kill();
  ASSERT_TRUE(kiosk.write_line(voter(1)));
  const auto cast = event(kiosk, "cast");
  ASSERT_TRUE(cast);
  EXPECT_FALSE(cast->at("logged").as_bool());
  kiosk.signal(SIGKILL);
  kiosk.wait();
  ASSERT_TRUE(server.start());
  const auto [ended, said] = status();
  EXPECT_NE(ended, 0);
  EXPECT_THAT(said, HasSubstr("1 张选票不在日志上"));
  EXPECT_THAT(said, HasSubstr(std::string(cast->at("tracker").as_string())));
  EXPECT_EQ(vote(folder, {}).status, 0);
  EXPECT_EQ(status().first, 0) << "delivered";
}

// The clock of a machine whose battery is empty.
TEST_F(AgreementTest, AClockBefore1970StopsNobody) {
  open_congress();
  std::string library;
  for (const auto& place : fs::directory_iterator("/usr/lib"))
    if (fs::exists(place.path() / "faketime/libfaketime.so.1")) library = place.path() / "faketime/libfaketime.so.1";
  ASSERT_FALSE(library.empty()) << "the package libfaketime is missing";
  std::vector<std::string> words{"/usr/bin/env", "LD_PRELOAD=" + library, "FAKETIME=@1960-05-01 10:00:00",
                                 "FAKETIME_DONT_FAKE_MONOTONIC=1"};
  for (const std::string& w : {program(), std::string("vote"), std::string("--dir"), folder.string(),
                               std::string("--congress"), card().string()})
    words.push_back(w);
  Process kiosk = std::move(*Process::start(words, errors()));
  kiosk.write_line(voter(0));
  kiosk.close_input();
  EXPECT_THAT(kiosk.read_all(), HasSubstr("\"cast\""));
  EXPECT_EQ(kiosk.wait(), 0);
  EXPECT_EQ(logged().cast, 1U);
}

}  // namespace
}  // namespace tuixuan::kiosk
