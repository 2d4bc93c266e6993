#include "tests/cheats/cheat.h"

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "hardware/programs/process.h"
#include "tests/support/kit_record.h"

namespace tuixuan::cheats {

namespace {

namespace fs = std::filesystem;

// Eight cast, one of them after a challenge, one given up, one slip voided; counted.
std::unique_ptr<kit::Congress> honest_congress() {
  auto c = std::make_unique<kit::Congress>(kit::Size{}, 2);
  c->keeps_history = true;
  c->found();
  c->ceremony();
  c->slips();
  c->attendance();
  c->open();
  c->vote(7);
  c->append(c->challenge_entry(c->seal(7, 0, c->some_selections(2)), 7));
  c->append(c->cast_entry(c->seal(7, 1, c->some_selections(2)), 7));
  c->append(c->abandon_entry(c->seal(8, 0, c->some_selections(3)), 0));
  const election::VoidSlipBody spoiled{c->stage_id, c->credential(10).verify_key(), "spoiled"};
  c->append(c->entry(Kind::void_slip, spoiled.encode(), {&c->supervisors[0], &c->supervisors[1]}));
  c->close();
  c->mix();
  c->decrypt();
  c->count();
  return c;
}

struct Shared {
  std::unique_ptr<kit::Congress> congress = honest_congress();
  std::vector<Bytes> log = congress->log;
  std::vector<election::Fold> before = congress->before;
  election::Fold fold = congress->fold;
  tally::Scheme scheme = congress->scheme;
  election::ObjectMap objects = congress->objects;
};

Shared& shared() {
  static Shared all;
  return all;
}

}  // namespace

kit::Congress& Cheat::c() { return *shared().congress; }

void Cheat::SetUp() { (void)shared(); }

void Cheat::TearDown() {
  c().log = shared().log;
  c().before = shared().before;
  c().fold = shared().fold;
  c().scheme = shared().scheme;
  c().objects = shared().objects;
}

election::Envelope Cheat::entry(Kind kind, std::size_t nth) {
  return election::Envelope::decode(shared().log[at(kind, nth)]).value();
}

std::size_t Cheat::at(Kind kind, std::size_t nth) {
  const auto& log = shared().log;
  for (std::size_t i = 0; i < log.size(); ++i)
    if (log[i][1] == static_cast<std::uint8_t>(kind) && nth-- == 0) return i;
  ADD_FAILURE() << "the honest log has no such entry";
  std::abort();
}

void Cheat::put_cast(kit::HeldBallot held, std::size_t slip, std::size_t kiosk) {
  held.kiosk_signature = c().kiosks[kiosk].signing.sign(protocol::kiosk_statement(held.ballot.hash()).view());
  c().force(c().cast_entry(held, slip));
}

namespace {

// With TUIXUAN_CHEATS_DIR set, every judged record but those with flipped bits stays there, in a folder named after its
// test (and a number, where one test judges several), beside the file `verdict`: what another verifier must say of it.
void keep(const kit::Files& files, const std::string& verdict) {
  const char* folder = std::getenv("TUIXUAN_CHEATS_DIR");
  if (folder == nullptr) return;
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  if (std::string_view(test->test_suite_name()) == "BitFlips") return;
  const std::string name = std::string(test->test_suite_name()) + "." + test->name();
  fs::path place = fs::path(folder) / name;
  for (int again = 2; fs::exists(place); ++again) place = fs::path(folder) / (name + "-" + std::to_string(again));
  kit::write_files(files, place);
  std::ofstream(place / "verdict") << verdict << '\n';
}

// What the program says, and its exit status.
std::pair<std::string, int> run(const std::vector<std::string>& command, const std::string& folder) {
  auto process = programs::Process::start(command, folder + "/messages");
  if (!process) return {process.error().text(), -1};
  std::string said = process->read_all();
  return {std::move(said), process->wait()};
}

std::string judged(const kit::Files& files) {
  const char* bin = std::getenv("TUIXUAN_BIN_DIR");
  if (bin == nullptr) return "TUIXUAN_BIN_DIR is not set; run through ctest";
  std::string folder = (fs::temp_directory_path() / "tuixuan-cheat-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return "no folder";
  kit::write_files(files, folder);
  std::vector<std::string> command{
      std::string(bin) + "/tuixuan-verify", folder, "--partial", "--json", "--threads", "1"};
  const auto [said, status] = run(command, folder);
  command.emplace_back("--exact");
  EXPECT_EQ(run(command, folder).first, said) << "checked together and one by one, the report differs";
  fs::remove_all(folder);
  boost::system::error_code ec;
  const boost::json::value json = boost::json::parse(said, ec);
  if (ec) return "exit " + std::to_string(status) + " without JSON";
  const bool verified = json.at("verified").as_bool();
  EXPECT_EQ(status, verified ? 0 : 1);
  if (verified) return "verified";
  return std::string(json.at("failures").at(0).at("check").as_string());
}

}  // namespace

std::string verdict_of(const kit::Files& files) {
  std::string verdict = judged(files);
  keep(files, verdict);
  return verdict;
}

std::string Cheat::verdict() { return verdict_of(kit::record_files(c())); }

}  // namespace tuixuan::cheats
