// The tree as a whole: its top-level entries, a README for each room and each room in the table, no leftover notes, no
// paths of somebody's machine, sources of a length that can be read.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <regex>

#include "tests/house/source_tree.h"

namespace tuixuan::house {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kTopLevel{"CMakeLists.txt",
                                      "kiosk",
                                      "tally",
                                      "crypto",
                                      "server",
                                      "tests",
                                      "hardware",
                                      "README.md",
                                      "LICENSE",
                                      "README.zh-CN.md",
                                      "CMakePresets.json",
                                      "appliance"};

// Written in two halves so that this file does not contain what it forbids.
const std::array<std::string, 8> kForbidden{std::string("TO") + "DO",   std::string("FIX") + "ME",
                                            std::string(" XX") + "X",   std::string("place") + "holder",
                                            std::string("/ho") + "me/", std::string("/tm") + "p/b-",
                                            std::string("/wo") + "rk/", std::string("not imple") + "mented"};

std::string forbidden_in(const std::string& text) {
  for (const std::string& word : kForbidden)
    if (text.find(word) != std::string::npos) return word;
  return {};
}

TEST(House, TopLevelEntriesAreTheAgreedOnes) {
  for (const std::string& name : top_level())
    EXPECT_TRUE(name.starts_with('.') || kTopLevel.contains(name)) << "unexpected at the top: " << name;
  for (const std::string& name : kTopLevel)
    EXPECT_TRUE(fs::exists(source_dir() / name)) << "missing at the top: " << name;
}

TEST(House, RoomsAndTableRowsAreTheSame) {
  const Table table = parse_table(read("README.md"));
  for (const auto& [room, row] : table) EXPECT_TRUE(fs::exists(source_dir() / room / "CMakeLists.txt")) << room;
  for (const char* top : {"crypto", "tally", "server", "kiosk", "hardware"})
    for (const auto& entry : fs::directory_iterator(source_dir() / top))
      if (fs::exists(entry.path() / "CMakeLists.txt")) {
        const std::string room = fs::relative(entry.path(), source_dir());
        EXPECT_TRUE(table.contains(room)) << room << " is not in the table of README.md";
      }
}

TEST(House, EveryRoomHasItsReadme) {
  for (const auto& [room, row] : parse_table(read("README.md"))) {
    const fs::path readme = source_dir() / room / "README.md";
    EXPECT_TRUE(fs::is_regular_file(readme) && fs::file_size(readme) > 100) << room << "/README.md";
  }
}

TEST(House, ForbiddenWordsAreSeen) {
  EXPECT_EQ(forbidden_in("all is well"), "");
  EXPECT_NE(forbidden_in(std::string("// TO") + "DO: later"), "");
  EXPECT_NE(forbidden_in(std::string("see /ho") + "me/me/x"), "");
}

TEST(House, NoLeftoverNotesAndNoPathsOfAMachine) {
  std::size_t checked = 0;
  for (const std::string& path : files()) {
    ++checked;
    EXPECT_EQ(forbidden_in(read(path)), "") << "in " << path;
  }
  EXPECT_GE(checked, 50U);
}

TEST(House, SourcesAreOfReadableLength) {
  for (const std::string& path : files()) {
    if (!is_cpp(path)) continue;
    const std::string text = read(path);
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 500) << path << " is two files";
  }
}

TEST(House, HeadersSayWhatTheyPromiseAndAreIncludedOnce) {
  for (const std::string& path : files()) {
    if (!path.ends_with(".h")) continue;
    const std::string text = read(path);
    EXPECT_TRUE(text.starts_with("// ")) << path << " does not begin with what it promises";
    EXPECT_NE(text.find("#pragma once\n"), std::string::npos) << path;
  }
}

// A check that a source names is listed for people (checks.cpp) and for other verifiers (crypto/README.md).
TEST(House, EveryCheckIsListedAndSpecified) {
  const std::string listed = read("tally/election/checks.cpp");
  const std::string specified = read("crypto/README.md");
  const std::regex quoted("\"([EVAC][0-9]{2}\\.[A-Za-z0-9_]+)\"");
  std::set<std::string> named;
  for (const std::string& path : files()) {
    if (!is_cpp(path) || path.starts_with("tests/house/")) continue;
    const std::string text = read(path);
    for (std::sregex_iterator it(text.begin(), text.end(), quoted), end; it != end; ++it) named.insert((*it)[1]);
  }
  EXPECT_GE(named.size(), 60U);
  named.erase("E09.stale");  // between the sequencer and the fold only; nobody sees it
  for (const std::string& check : named) {
    EXPECT_NE(listed.find('"' + check + '"'), std::string::npos) << check << " has no sentence in checks.cpp";
    EXPECT_NE(specified.find(check), std::string::npos) << check << " is not in crypto/README.md";
  }
}

}  // namespace
}  // namespace tuixuan::house
