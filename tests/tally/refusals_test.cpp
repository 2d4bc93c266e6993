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
  for (const char* room : {"tally/client", "tally/trustee", "tally/organiser", "kiosk/core", "server/ledger"})
    for (const std::string& check : checks_of(source / room)) {
      EXPECT_FALSE(in_chinese(check).empty()) << check << " of " << room;
      ++seen;
    }
  EXPECT_GT(seen, 60U);
}

TEST(Refusals, TheMoreExactLineIsTaken) {
  EXPECT_NE(in_chinese("seal.memory"), in_chinese("seal.open"));
  EXPECT_NE(in_chinese("trustee.folder"), in_chinese("trustee.second"));
  EXPECT_EQ(in_chinese("nobody.knows"), "");
}

}  // namespace
}  // namespace tuixuan::client
