// Whatever a program may refuse has a Chinese line, or says it in Chinese by itself: read from the sources of the rooms
// whose errors reach a terminal.
#include "tally/client/refusals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "tally/client/error_kind.h"
#include "tally/election/checks.h"

namespace tuixuan::client {
namespace {

namespace fs = std::filesystem;

std::set<std::string> checks_of(const fs::path& room) {
  static const std::regex kFail(R"re(fail\(\s*"([a-z]+(\.[a-z_]+)?)")re");
  std::set<std::string> out;
  for (const auto& file : fs::directory_iterator(room)) {
    if (file.path().extension() != ".cpp") continue;
    std::ifstream in(file.path());
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    for (std::sregex_iterator it(text.begin(), text.end(), kFail), end; it != end; ++it) {
      const auto from = text.begin() + it->position();
      const bool chinese = std::any_of(from, std::find(from, text.end(), ';'),
                                       [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
      if (!chinese) out.insert((*it)[1]);
    }
  }
  return out;
}

TEST(Refusals, EachHasAChineseLine) {
  const fs::path source = std::getenv("TUIXUAN_SOURCE_DIR");
  std::size_t seen = 0;
  for (const char* room :
       {"tally/client", "tally/snapshot", "tally/trustee", "tally/organiser", "kiosk/core", "server/ledger"})
    for (const std::string& check : checks_of(source / room)) {
      EXPECT_FALSE(in_chinese(check).empty()) << check << " of " << room;
      ++seen;
    }
  EXPECT_GT(seen, 60U);
}

// Every name in quotation marks after fail( in the product's sources, and every one that a catalogue lists.
std::set<std::string> all_codes(const fs::path& source) {
  static const std::regex kGiven(R"re(\b(?:fail|named|refusal)\(\{?\s*"([A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)?)")re");
  std::set<std::string> out;
  for (const char* top : {"crypto", "tally", "server", "kiosk", "hardware"})
    for (const auto& file : fs::recursive_directory_iterator(source / top)) {
      if (file.path().extension() != ".cpp" && file.path().extension() != ".h") continue;
      std::ifstream in(file.path());
      const std::string text((std::istreambuf_iterator<char>(in)), {});
      for (std::sregex_iterator it(text.begin(), text.end(), kGiven), end; it != end; ++it) out.insert((*it)[1]);
    }
  for (const election::CheckInfo& check : election::all_checks()) out.emplace(check.name);
  return out;
}

TEST(ErrorKinds, EveryCodeHasOne) {
  const auto codes = all_codes(std::getenv("TUIXUAN_SOURCE_DIR"));
  EXPECT_GT(codes.size(), 250U);
  for (const std::string& code : codes) EXPECT_TRUE(listed_kind(code).has_value()) << code << " has no kind";
  EXPECT_EQ(listed_kind("nobody.knows"), std::nullopt);
  EXPECT_EQ(kind_of({"nobody.knows", ""}), ErrorKind::later);
}

// What the rules of the log refuse is never taken; nothing else is refused for ever by a server or a network, and no
// machine's own disk passes for either.
TEST(ErrorKinds, OnlyTheRulesRefuseForEver) {
  for (const election::CheckInfo& check : election::all_checks())
    EXPECT_EQ(kind_of({std::string(check.name), ""}) == ErrorKind::never,
              check.name != "E09.stale" && check.name != "log.stopped")
        << check.name;
  for (const char* code : {"net.connect", "net.tls", "net.timeout", "net.broken", "net.http", "net.pin", "server.busy",
                           "server.storage", "server.stopping", "server.trouble"})
    EXPECT_EQ(kind_of({code, ""}), ErrorKind::later) << code;
  for (const char* code :
       {"journal.write", "journal.read", "journal.open", "ledger.io", "ledger.full", "ledger.readonly", "ledger.broken",
        "device.scanner", "kiosk.witness", "witness.storage", "trustee.folder", "key.file"})
    EXPECT_EQ(kind_of({code, ""}), ErrorKind::mine) << code;
}

// The sentence of a group says that all is well: no check that refused may be told by it.
TEST(Refusals, NoCheckIsToldByTheGoodNewsOfItsGroup) {
  std::size_t of_the_log = 0;
  for (const std::string& code : all_codes(std::getenv("TUIXUAN_SOURCE_DIR"))) {
    const election::CheckInfo* group = election::find_group(election::group_of(code));
    if (group == nullptr || code.find('.') == std::string::npos) continue;
    ++of_the_log;
    const election::CheckInfo* own = election::find_check(code);
    ASSERT_NE(own, nullptr) << code << " has no sentence of its own";
    EXPECT_NE(own->zh, group->zh) << code;
    EXPECT_NE(own->en, group->en) << code;
    EXPECT_NE(in_chinese(code), group->zh) << code;
  }
  EXPECT_GT(of_the_log, 150U);
  EXPECT_EQ(election::find_check("log.nobody_knows"), nullptr);
  EXPECT_EQ(in_chinese(std::string("V13.") + "nobody_knows"), "");
}

TEST(Refusals, TheMoreExactLineIsTaken) {
  EXPECT_NE(in_chinese("seal.memory"), in_chinese("seal.open"));
  EXPECT_NE(in_chinese("trustee.folder"), in_chinese("trustee.second"));
  EXPECT_EQ(in_chinese("nobody.knows"), "");
}

}  // namespace
}  // namespace tuixuan::client
