// Faults that the programs once had, each shown with the programs as their users run them; `seen_before` runs the same
// tests against the programs of that time, where they fail.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>

#include "kiosk/core/folder.h"
#include "tests/kiosk/real_screen.h"
#include "tests/server/raw_connection.h"
#include "tests/support/real_server.h"

namespace tuixuan {
namespace {

namespace fs = std::filesystem;
using kiosk::RealScreen;
using programs::Process;
using testing::HasSubstr;
using testing::Not;

class SeenBefore : public testing::Test {
 protected:
  SeenBefore() : kit({12, 2, 3, 2, true}, 2), server(kit) {
    std::signal(SIGPIPE, SIG_IGN);
    folder = kiosk_folder("K1");
    kit.scheme.kiosks[0].key = kiosk::make_kiosk(folder, kit.kiosks[0].id.name).value().bytes;
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
  fs::path kiosk_folder(const std::string& name) const { return server.folder() / name; }
  fs::path errors() const { return server.folder() / "kiosk-messages"; }
  std::string text_of(const fs::path& file) const {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::string voter(std::size_t slip) const {
    return R"({"slip":")" + kit.slip_secrets[slip].text() +
           R"(","choices":{"committee":{"approve":[1,3],"oppose":[2]},"secretary":{"approve":[1]}}})";
  }
  struct Voted {
    int status = 0;
    std::string said;
    std::string told;
    std::size_t cast() const {
      std::size_t n = 0;
      for (auto at = said.find("\"cast\""); at != std::string::npos; at = said.find("\"cast\"", at + 1)) ++n;
      return n;
    }
  };
  // A kiosk without a screen, from its start to its end, with these voters.
  Voted vote(const fs::path& kiosk, const std::vector<std::size_t>& slips, bool final = false) {
    std::vector<std::string> words{std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/tuixuan-kiosk",
                                   "vote",
                                   "--dir",
                                   kiosk,
                                   "--congress",
                                   card(),
                                   "--patience",
                                   "20"};
    if (final) words.emplace_back("--final");
    fs::remove(errors());
    Process k = Process::start(words, errors()).value();
    for (const std::size_t s : slips) k.write_line(voter(s));
    k.close_input();
    Voted out;
    out.said = k.read_all();
    out.status = k.wait();
    out.told = text_of(errors());
    return out;
  }
  std::uint64_t cast_on_log() {
    const auto reader = client::Congress::join(server.card(), kit::kHang, 2).value();
    EXPECT_TRUE(reader->sync());
    return reader->state().stage(kit.stage_id)->cast;
  }
  RealScreen screen() {
    return RealScreen::start({"screen", "--dir", folder, "--congress", card(), "--window", "--dpi", "96"}, errors());
  }

  kit::Congress kit;
  kit::RealServer server;
  fs::path folder;
};

TEST_F(SeenBefore, OneRequestOfNobodyStopsTheServer) {
  ASSERT_TRUE(server.start());
  for (const char* method : {"GET", "HEAD", "POST", "PUT"}) {
    RawConnection raw(server.card().server.substr(8));
    ASSERT_TRUE(raw.ok());
    raw.send(std::string(method) + " / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\nx");
    raw.read_some();
    ASSERT_TRUE(server.process().running()) << method << " with a body that nobody can hold";
  }
  EXPECT_TRUE(server.client().get("/v1/status", 100000));
}

TEST_F(SeenBefore, AKioskThatEndedItsVotingTakesNobody) {
  open_congress();
  ASSERT_EQ(vote(folder, {0}, true).status, 0);
  const Voted later = vote(folder, {1});
  EXPECT_EQ(later.cast(), 0U) << later.said;
  EXPECT_FALSE(later.told.empty()) << "it says why";
  EXPECT_EQ(cast_on_log(), 1U);
}

TEST_F(SeenBefore, AKioskWithAnotherKeyTakesNobody) {
  open_congress();
  const fs::path other = kiosk_folder("other");
  ASSERT_TRUE(kiosk::make_kiosk(other, kit.kiosks[0].id.name));
  const Voted voted = vote(other, {0, 1});
  EXPECT_EQ(voted.cast(), 0U) << voted.said;
  EXPECT_NE(voted.status, 0);
  EXPECT_EQ(cast_on_log(), 0U);
}

TEST_F(SeenBefore, AKioskThatLostItsJournalTakesNobody) {
  open_congress();
  ASSERT_EQ(vote(folder, {0}).status, 0);
  std::vector<fs::path> lost;
  for (const auto& f : fs::directory_iterator(folder))
    if (f.path().filename().string().starts_with("journal")) lost.push_back(f.path());
  for (const fs::path& f : lost) fs::remove(f);
  const Voted voted = vote(folder, {1, 2});
  EXPECT_EQ(voted.cast(), 0U) << voted.said;
  EXPECT_NE(voted.status, 0);
  EXPECT_EQ(cast_on_log(), 1U);
}

TEST_F(SeenBefore, OfAKioskThatWasCopiedOnlyOneTakesVoters) {
  open_congress();
  const fs::path copy = kiosk_folder("copy");
  fs::copy(folder, copy, fs::copy_options::recursive);
  ASSERT_EQ(vote(folder, {0}).status, 0);
  const Voted voted = vote(copy, {1, 2});
  EXPECT_EQ(voted.cast(), 0U) << voted.said;
  EXPECT_NE(voted.status, 0);
  EXPECT_EQ(cast_on_log(), 1U);
}

TEST_F(SeenBefore, AServerThatCannotWriteSaysSo) {
  open_congress();
  const pid_t pid = server.process().pid();
  rlimit all{};
  ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, nullptr, &all), 0);
  rlimit full = all;
  full.rlim_cur = 1;
  const std::string before = text_of(server.messages());
  ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &full, nullptr), 0);
  client::Client hasty = server.client(std::chrono::seconds(0));
  const Bytes entry = kit.cast_entry(kit.seal(0, 1, kit.some_selections(0)), 0);
  ASSERT_FALSE(hasty.append(entry));
  EXPECT_TRUE(kit::wait_until([&] { return text_of(server.messages()) != before; })) << "its console says nothing";
  EXPECT_TRUE(kit::wait_until([&] { return !hasty.get("/v1/health", 100000); })) << "and it calls itself healthy";
  ASSERT_EQ(::prlimit(pid, RLIMIT_FSIZE, &all, nullptr), 0);
  EXPECT_TRUE(server.client().append(entry)) << "and it goes on when there is room";
}

TEST_F(SeenBefore, AnAlarmDoesNotSayThatAllAgrees) {
  open_congress();
  ASSERT_EQ(server.stop(), 0);
  fs::copy(server.folder() / "server", server.folder() / "older", fs::copy_options::recursive);
  ASSERT_TRUE(server.start());
  ASSERT_EQ(vote(folder, {0}).status, 0);
  ASSERT_EQ(server.stop(), 0);
  fs::remove_all(server.folder() / "server");
  fs::rename(server.folder() / "older", server.folder() / "server");
  ASSERT_TRUE(server.start());
  const Voted voted = vote(folder, {1});
  EXPECT_NE(voted.status, 0);
  EXPECT_THAT(voted.told, HasSubstr("log.rollback"));
  EXPECT_THAT(voted.told, Not(HasSubstr("相符"))) << "the opposite of what happened";
}

TEST_F(SeenBefore, ASlipIsReadFromAReaderThatTypes) {
  open_congress();
  RealScreen k = screen();
  ASSERT_TRUE(k.wait_for_page("WaitingPage"));
  ASSERT_EQ(k.ask("scan " + kit.slip_secrets[0].text()), "yes");
  EXPECT_TRUE(k.wait_for_page("MarkPage")) << k.ask("page");
  k.ask("close");
  k.wait();
}

TEST_F(SeenBefore, WhatAReaderTypesTouchesNothing) {
  open_congress();
  RealScreen k = screen();
  ASSERT_TRUE(k.wait_for_page("WaitingPage"));
  ASSERT_EQ(k.ask("type " + kit.slip_secrets[0].text()), "yes");
  ASSERT_TRUE(k.wait_for_page("MarkPage"));
  // As for a voter who uses the keys: something has the focus, and Enter would press it.
  const auto scan = [&] {
    ASSERT_EQ(k.ask("next"), "yes");
    ASSERT_EQ(k.ask("scan " + kit.slip_secrets[1].text()), "yes");
  };
  scan();
  EXPECT_EQ(k.ask("chosen"), "0") << "it marked something";
  ASSERT_TRUE(k.tap("丁文华，赞成"));
  ASSERT_TRUE(k.tap("下一步"));
  ASSERT_TRUE(k.wait_for([&] { return k.get("stepNumber") == "2"; }));
  ASSERT_TRUE(k.tap("下一步"));
  ASSERT_TRUE(k.wait_for_page("ReviewPage"));
  ASSERT_TRUE(k.seal());
  scan();
  EXPECT_EQ(k.ask("page"), "SealedPage") << "it published the ballot";
  k.ask("close");
  k.wait();
}

}  // namespace
}  // namespace tuixuan
