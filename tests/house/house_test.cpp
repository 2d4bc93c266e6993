// The tree as a whole: its top-level entries, a README for each room and each room in the table, no leftover notes, no
// paths of somebody's machine, sources of a length that can be read.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <regex>

#include "crypto/codes/catalogue.h"
#include "tests/house/source_tree.h"

namespace tuixuan::house {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kTopLevel{"CMakeLists.txt",  "kiosk",
                                      "tally",           "crypto",
                                      "server",          "tests",
                                      "hardware",        "README.md",
                                      "LICENSE",         "CHANGELOG.md",
                                      "CONTRIBUTING.md", "SECURITY.md",
                                      "README.zh-CN.md", "CMakePresets.json",
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

// TypeScript, its build, styles, pages, and what the screen of a kiosk is written in.
bool is_web(const std::string& path) {
  for (const char* end : {".ts", ".mjs", ".css", ".html", ".qml"})
    if (path.ends_with(end)) return true;
  return false;
}

// The first line that ends in a space, has a tab or a carriage return; 0: none. Also 1 past the last line if the text
// does not end in one newline.
std::size_t untidy_line(const std::string& text) {
  std::size_t number = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\t' || text[i] == '\r') return number;
    if (text[i] != '\n') continue;
    if (i > 0 && text[i - 1] == ' ') return number;
    ++number;
  }
  const bool ends_well = !text.empty() && text.back() == '\n' && !text.ends_with("\n\n");
  return ends_well ? 0 : number;
}

TEST(House, PagesScriptsAndStylesAreTidyAndOfReadableLength) {
  EXPECT_EQ(untidy_line("a\nb\n"), 0U);
  EXPECT_EQ(untidy_line("a\nb \n"), 2U);
  EXPECT_EQ(untidy_line("a\n\tb\n"), 2U);
  EXPECT_EQ(untidy_line("a"), 1U);
  EXPECT_EQ(untidy_line("a\n\n"), 3U);
  std::size_t checked = 0;
  for (const std::string& path : files()) {
    if (!is_web(path)) continue;
    const std::string text = read(path);
    EXPECT_EQ(untidy_line(text), 0U) << path << ": this line ends in a space, has a tab, or the last one does not end";
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 400) << path << " is two files";
    const bool described = text.starts_with("//") || text.starts_with("import QtQuick") || !path.ends_with(".ts");
    EXPECT_TRUE(described) << path << " does not begin with what it does";
    ++checked;
  }
  EXPECT_GE(checked, 80U);
}

// Hosts that a page, a script or a lock file names.
std::set<std::string> hosts_in(const std::string& text) {
  static const std::regex kHost("https?://([A-Za-z0-9.-]+\\.[A-Za-z]{2,})");
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), kHost), end; it != end; ++it) out.insert((*it)[1]);
  return out;
}

// Pages ask nobody but the server they come from; a lock file says what a package is, not where to get it.
TEST(House, PagesScriptsAndLockFilesNameNoOutsideHost) {
  EXPECT_EQ(hosts_in("see https://example.org/a and http://b.example"),
            (std::set<std::string>{"example.org", "b.example"}));
  static const std::set<std::string> kNames{"www.w3.org",
                                            "paulmillr.com"};  // of a format, of an author: asked by nobody
  std::size_t checked = 0;
  for (const std::string& path : files()) {
    const bool page = path.starts_with("server/web/verifier/src/") || path.starts_with("server/board/");
    const bool lock = path.ends_with("package-lock.json") || path.ends_with(".npmrc");
    if (!(page && !path.ends_with(".md")) && !lock) continue;
    const std::string text = read(path);
    if (lock) {
      EXPECT_EQ(text.find("\"resolved\""), std::string::npos) << path;
    }
    for (const std::string& host : hosts_in(text)) EXPECT_TRUE(kNames.contains(host)) << path << " names " << host;
    ++checked;
  }
  EXPECT_GE(checked, 60U);
}

TEST(House, HeadersSayWhatTheyPromiseAndAreIncludedOnce) {
  for (const std::string& path : files()) {
    if (!path.ends_with(".h")) continue;
    const std::string text = read(path);
    EXPECT_TRUE(text.starts_with("// ")) << path << " does not begin with what it promises";
    EXPECT_NE(text.find("#pragma once\n"), std::string::npos) << path;
  }
}

// A check of the log is listed for other verifiers too (crypto/README.md).
TEST(House, EveryCheckOfTheLogIsSpecified) {
  const std::string specified = read("crypto/README.md");
  std::size_t checked = 0;
  for (const Code code : all_codes()) {
    const std::string name(name_of(code));
    if (!std::regex_match(name, std::regex("[EVAC][0-9]{2}\\..+")) || name == "E09.stale") continue;  // E09: never seen
    EXPECT_NE(specified.find(name), std::string::npos) << name << " is not in crypto/README.md";
    ++checked;
  }
  EXPECT_GE(checked, 60U);
}

// What people are told about a code stands in the catalogue: no other source has a sentence beside a code's name.
TEST(House, NothingElseNamesACode) {
  static const std::regex kQuoted("\"([A-Za-z][A-Za-z0-9]*\\.[A-Za-z0-9_]+)\"");
  // Names of files that are the names of codes too.
  static const std::set<std::string> kFiles{"report.json", "outcome.json", "proposal.json", "kiosk.key", "kiosk.id"};
  std::size_t read_files = 0;
  for (const std::string& path : files()) {
    if (!is_cpp(path) || path.starts_with("tests/") || path.starts_with("crypto/codes/")) continue;
    const std::string text = std::regex_replace(read(path), std::regex("//[^\n]*"), "");
    for (std::sregex_iterator it(text.begin(), text.end(), kQuoted), end; it != end; ++it)
      EXPECT_TRUE(!is_listed((*it)[1].str()) || kFiles.contains((*it)[1])) << path << " names " << (*it)[0];
    ++read_files;
  }
  EXPECT_GT(read_files, 200U);
}

}  // namespace
}  // namespace tuixuan::house
