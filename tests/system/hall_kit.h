// An open congress on the real server, with kiosks as programs: what the tests of a hall's bad days begin with.
#pragma once

#include <gmock/gmock.h>

#include <boost/json.hpp>
#include <csignal>
#include <fstream>

#include "tests/support/real_server.h"

namespace tuixuan::kit {

class HallTest : public testing::Test {
 protected:
  explicit HallTest(std::size_t slips = 80) : kit({slips, 2, 3, 2, true}, 2), server(kit) {}

  static std::string program(const std::string& name) {
    return std::string(std::getenv("TUIXUAN_BIN_DIR")) + "/" + name;
  }
  std::filesystem::path card() const { return server.folder() / "congress.json"; }
  std::filesystem::path ledger_file() const { return server.folder() / "server/log.ledger"; }

  // A kiosk of its own, enrolled in the kit's scheme in the place of kiosk `index`.
  std::filesystem::path enrol_kiosk(std::size_t index) {
    const std::filesystem::path folder = server.folder() / kit.kiosks[index].id.name;
    auto init = programs::Process::start(
        {program("tuixuan-kiosk"), "init", "--dir", folder, "--id", kit.kiosks[index].id.name}, server.messages());
    const std::string key = init->read_line().value();
    EXPECT_EQ(init->wait(), 0);
    kit.scheme.kiosks[index].key = array_from_hex<32>(key).value();
    return folder;
  }
  void found_congress() {
    kit.found();
    kit.ceremony();
    kit.slips();
    kit.attendance();
    kit.open();
  }
  void send_congress() {
    client::Client client = server.client();
    server.send_log(client, 0, 1);
    server.send_log(client, 1, kit.log.size());
    std::ofstream(card()) << client::write_card(server.card());
  }
  void open_congress() {
    found_congress();
    ASSERT_TRUE(server.start());
    send_congress();
  }
  programs::Process kiosk(const std::filesystem::path& folder, const std::string& errors = {}) {
    return std::move(*programs::Process::start({program("tuixuan-kiosk"), "vote", "--dir", folder, "--congress", card(),
                                                "--patience", std::to_string(kHang.count())},
                                               errors.empty() ? server.messages() : errors));
  }
  std::string voter(std::size_t slip) const {
    return R"({"slip":")" + kit.slip_secrets[slip].text() +
           R"(","choices":{"committee":{"approve":[1,3],"oppose":[2]},"secretary":{"approve":[1]}}})";
  }
  // The next event of this name; what else is said is skipped.
  static std::optional<boost::json::object> event(programs::Process& kiosk, std::string_view name) {
    while (const auto line = kiosk.read_line()) {
      const boost::json::object said = boost::json::parse(*line).as_object();
      if (said.at("event").as_string() == name) return said;
    }
    return {};
  }
  Bytes ballot(std::size_t slip) { return kit.cast_entry(kit.seal(slip, 0, kit.some_selections(slip)), slip); }
  // What the programs wrote to standard error.
  std::string told() const {
    std::ifstream in(server.messages());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  bool is_told(const std::string& text) const { return told().find(text) != std::string::npos; }
  // Waits for a line on the console; false: the limit of patience, for what may never come.
  bool waits_for(const std::string& text, std::chrono::seconds limit = std::chrono::seconds(120)) const {
    const auto end = std::chrono::steady_clock::now() + limit;
    return wait_until([&] { return is_told(text); }, [&] { return std::chrono::steady_clock::now() > end; });
  }
  std::uint64_t cast_on_log() {
    reader = client::Congress::join(server.card(), kHang, 2).value();
    const auto synced = reader->sync();
    EXPECT_TRUE(synced) << synced.error().text();
    return reader->state().stage(kit.stage_id)->cast;
  }

  Congress kit;
  RealServer server;
  std::unique_ptr<client::Congress> reader;
};

}  // namespace tuixuan::kit
