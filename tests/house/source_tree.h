// The source tree as the house tests see it: its files (without build folders and what .gitignore names), and the table
// of rooms in README.md. The pure parts take text, so that the tests can show that they refuse a bad one.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace tuixuan::house {

struct Room {
  std::set<std::string> rooms;      // named in its row, not yet their own
  std::set<std::string> libraries;  // outside libraries of its own row
};
using Table = std::map<std::string, Room>;  // by path, "crypto/base"

// The rows of the table headed "| Room |". Words of the last column with a slash are rooms, the others libraries.
Table parse_table(std::string_view readme);
// Every room that `room` may use, directly or not; contains `room` itself if there is a circle.
std::set<std::string> reachable(const Table& table, const std::string& room);

struct Include {
  std::string name;
  bool quoted;  // "..." and not <...>
  int line;
};
std::vector<Include> includes_of(std::string_view source);
// The room of a path from the root: "crypto/base/bytes.h" -> "crypto/base"; empty for a file in no room.
std::string room_of(std::string_view path);
// The library of the README's table that <name> belongs to, or empty for one that is free to all (the standard
// library).
std::string library_of(std::string_view include);

// Why `include` may not stand in the file at `path`, or empty if it may. Tests may include everything but
// libsodium, which is the seed's alone (tests/support/seed.cpp), and that of what tests crypto against it
// (tests/crypto).
std::string refusal(const Table& table, const std::string& path, const Include& include);

std::filesystem::path source_dir();  // from TUIXUAN_SOURCE_DIR
std::vector<std::string> top_level();
std::vector<std::string> files();  // of the tree, relative, sorted, without the fuzz corpus
std::string read(const std::string& path);
bool is_cpp(std::string_view path);

}  // namespace tuixuan::house
