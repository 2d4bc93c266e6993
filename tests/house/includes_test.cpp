// Every #include of the tree against README.md's table, and the checker against a small table of its own.
#include <gmock/gmock.h>

#include "tests/house/source_tree.h"

namespace tuixuan::house {
namespace {

constexpr const char* kSmall = R"(
| Room | Library | Job | May use |
|---|---|---|---|
| a/base | `x` | bytes | |
| a/middle | `y` | more | a/base; SQLite |
| b/top | `z` | all | a/middle, b/side; Boost.JSON, CLI11 |
| b/side | `s` | side | a/base |

| Other | table | of | four |
| not/read | - | - | - |
)";

std::string verdict(const char* path, const char* name, bool quoted) {
  return refusal(parse_table(kSmall), path, Include{name, quoted, 1});
}

TEST(Table, HasTheRowsOfItsOwnTableOnly) {
  const Table table = parse_table(kSmall);
  EXPECT_EQ(table.size(), 4U);
  EXPECT_THAT(table.at("b/top").rooms, testing::ElementsAre("a/middle", "b/side"));
  EXPECT_THAT(table.at("b/top").libraries, testing::ElementsAre("Boost.JSON", "CLI11"));
  EXPECT_THAT(table.at("a/base").rooms, testing::IsEmpty());
}

TEST(Table, RefusesARoomTwiceAndAMissingColumn) {
  EXPECT_ANY_THROW(parse_table("| Room | Library | Job | May use |\n| a/b | l | j | |\n| a/b | l | j | |\n"));
  EXPECT_ANY_THROW(parse_table("| Room | Library | Job | May use |\n| a/b | l | j |\n"));
}

TEST(Table, ReachesDownwardAndSeesACircle) {
  EXPECT_THAT(reachable(parse_table(kSmall), "b/top"), testing::UnorderedElementsAre("a/middle", "a/base", "b/side"));
  const Table circle = parse_table("| Room | L | J | M |\n| a/b | l | j | c/d |\n| c/d | l | j | a/b |\n");
  EXPECT_TRUE(reachable(circle, "a/b").contains("a/b"));
}

TEST(Includes, AreFoundWithTheirLines) {
  const auto found = includes_of("// x\n#include <vector>\n  #  include \"a/base/bytes.h\"  // why\n#define include\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "vector");
  EXPECT_FALSE(found[0].quoted);
  EXPECT_EQ(found[1].name, "a/base/bytes.h");
  EXPECT_TRUE(found[1].quoted);
  EXPECT_EQ(found[1].line, 3);
}

TEST(Includes, AllowedOnes) {
  EXPECT_EQ(verdict("b/top/main.cpp", "a/base/bytes.h", true), "");
  EXPECT_EQ(verdict("b/top/main.cpp", "b/top/other.h", true), "");
  EXPECT_EQ(verdict("b/top/main.cpp", "vector", false), "");
  EXPECT_EQ(verdict("b/top/main.cpp", "boost/json.hpp", false), "");
  EXPECT_EQ(verdict("a/middle/store.cpp", "sqlite3.h", false), "");
  EXPECT_EQ(verdict("tests/a/store_test.cpp", "sqlite3.h", false), "");
  EXPECT_EQ(verdict("tests/a/store_test.cpp", "b/top/other.h", true), "");
  EXPECT_EQ(verdict("tests/a/store_test.cpp", "tests/support/kit.h", true), "");
}

TEST(Includes, RefusedOnes) {
  EXPECT_NE(verdict("a/base/bytes.cpp", "a/middle/store.h", true), "");       // upward
  EXPECT_NE(verdict("b/side/x.cpp", "a/middle/store.h", true), "");           // not named
  EXPECT_NE(verdict("b/top/main.cpp", "other.h", true), "");                  // not from the root
  EXPECT_NE(verdict("b/top/main.cpp", "c/unknown/x.h", true), "");            // no such room
  EXPECT_NE(verdict("b/top/main.cpp", "tests/support/kit.h", true), "");      // a test
  EXPECT_NE(verdict("b/top/main.cpp", "sqlite3.h", false), "");               // allowed below, not here
  EXPECT_NE(verdict("a/middle/store.cpp", "boost/beast.hpp", false), "");     // not in the row
  EXPECT_NE(verdict("a/middle/store.cpp", "boost/optional.hpp", false), "");  // Boost at large is in no row
  EXPECT_NE(verdict("a/middle/store.cpp", "sodium.h", false), "");
  EXPECT_NE(verdict("tests/a/store_test.cpp", "sodium.h", false), "");
  EXPECT_EQ(verdict("tests/support/seed.cpp", "sodium.h", false), "");
}

TEST(Tree, EveryIncludeIsInTheTable) {
  const Table table = parse_table(read("README.md"));
  ASSERT_GE(table.size(), 10U);
  std::size_t checked = 0;
  for (const std::string& path : files()) {
    if (!is_cpp(path)) continue;
    for (const Include& include : includes_of(read(path))) {
      ++checked;
      const std::string why = refusal(table, path, include);
      EXPECT_TRUE(why.empty()) << path << ":" << include.line << ": " << include.name << ": " << why;
      EXPECT_TRUE(!include.quoted || std::filesystem::exists(source_dir() / include.name))
          << path << ":" << include.line << ": no such file: " << include.name;
    }
  }
  EXPECT_GE(checked, 100U);
}

TEST(Tree, TheTableHasNoCirclesAndNamesOnlyItsRooms) {
  const Table table = parse_table(read("README.md"));
  for (const auto& [name, room] : table) {
    EXPECT_FALSE(reachable(table, name).contains(name)) << name << " uses itself in the end";
    for (const std::string& used : room.rooms) EXPECT_TRUE(table.contains(used)) << name << " uses unknown " << used;
  }
}

// The places where a mistake would cost most, said again beside the table so that a new row cannot open them unnoticed.
TEST(Tree, DangerousLibrariesStayWhereTheyAre) {
  std::map<std::string, std::set<std::string>> rooms;
  for (const auto& [name, room] : parse_table(read("README.md")))
    for (const std::string& library : room.libraries) rooms[library].insert(name);
  EXPECT_THAT(rooms["libsodium"], testing::ElementsAre("crypto/primitives"));
  EXPECT_THAT(rooms["SQLite"], testing::ElementsAre("kiosk/core", "server/ledger"));
  EXPECT_THAT(rooms["Boost.Beast"], testing::ElementsAre("server/http", "server/listener", "server/standby",
                                                         "server/witness", "tally/client"));
}

TEST(Tree, KioskAndVerifierReachNoServerCode) {
  const Table table = parse_table(read("README.md"));
  for (const char* room : {"kiosk/core", "kiosk/flow", "kiosk/ui", "server/verify", "server/witness", "tally/trustee"})
    for (const char* server : {"server/ledger", "server/service", "server/http"})
      EXPECT_FALSE(reachable(table, room).contains(server)) << room << " reaches " << server;
}

// What people sign or vote with has nothing of the demo, and only the organiser's own program has the organiser's steps
// (tests/system/walls_test.cpp looks at the programs themselves).
TEST(Tree, NobodyReachesTheDemoAndTheOrganiser) {
  const Table table = parse_table(read("README.md"));
  for (const auto& [room, row] : table) {
    if (room != "kiosk/demo") {
      EXPECT_FALSE(reachable(table, room).contains("tally/demo")) << room;
    }
    EXPECT_FALSE(reachable(table, room).contains("kiosk/demo")) << room;
    EXPECT_FALSE(reachable(table, room).contains("tally/organiser")) << room;
  }
}

}  // namespace
}  // namespace tuixuan::house
