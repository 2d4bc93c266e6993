#include "tests/house/source_tree.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace tuixuan::house {
namespace {

namespace fs = std::filesystem;

// What .gitignore names, and git's own folder.
const std::set<std::string> kNotSource{"build", ".cache", "demo-data", "compile_commands.json", "node_modules", ".git"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 23> kLibraries{{
    {"sodium", "libsodium"},
    {"tl/expected", "tl::expected"},
    {"utf8proc", "utf8proc"},
    {"boost/json", "Boost.JSON"},
    {"boost/pfr/", "Boost.PFR"},
    {"boost/beast", "Boost.Beast"},
    {"boost/asio", "Boost.Beast"},
    {"openssl/", "OpenSSL"},
    {"zlib.h", "zlib"},
    {"pango/", "Pango"},
    {"cairo", "Cairo"},
    {"qrencode", "libqrencode"},
    {"CLI/", "CLI11"},
    {"sqlite3", "SQLite"},
    {"archive", "libarchive"},
    {"expat", "expat"},
    {"unicode/", "ICU"},
    {"xlsxwriter", "libxlsxwriter"},
    {"ZXing/", "ZXing"},
    {"boost/", "Boost"},
    {"googlepinyin/", "libgooglepinyin"},
    {"QtQ", "Qt 6"},
    {"Q", "Qt 6"},
}};

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

std::vector<std::string_view> split(std::string_view s, std::string_view at) {
  std::vector<std::string_view> out;
  while (true) {
    const auto end = s.find_first_of(at);
    out.push_back(trim(s.substr(0, end)));
    if (end == std::string_view::npos) return out;
    s.remove_prefix(end + 1);
  }
}

}  // namespace

Table parse_table(std::string_view readme) {
  Table table;
  bool inside = false;
  for (const std::string_view line : split(readme, "\n")) {
    if (line.starts_with("| Room |")) {
      inside = true;
    } else if (!line.starts_with("|")) {
      inside = false;
    } else if (inside && !line.starts_with("|--")) {
      const auto cells = split(line, "|");  // empty, room, library, job, may use, empty
      if (cells.size() != 6) throw std::runtime_error("README.md: not four columns: " + std::string(line));
      Room room;
      for (const std::string_view word : split(cells[4], ",;"))
        if (!word.empty()) (word.find('/') == std::string_view::npos ? room.libraries : room.rooms).emplace(word);
      if (!table.emplace(std::string(cells[1]), std::move(room)).second)
        throw std::runtime_error("README.md: twice in the table: " + std::string(cells[1]));
    }
  }
  return table;
}

std::set<std::string> reachable(const Table& table, const std::string& room) {
  std::set<std::string> seen;
  std::vector<std::string> open{room};
  while (!open.empty()) {
    const auto found = table.find(open.back());
    open.pop_back();
    if (found == table.end()) continue;
    for (const std::string& next : found->second.rooms)
      if (seen.insert(next).second) open.push_back(next);
  }
  return seen;
}

std::vector<Include> includes_of(std::string_view source) {
  std::vector<Include> out;
  int number = 0;
  for (std::string_view line : split(source, "\n")) {
    ++number;
    if (!line.starts_with('#')) continue;
    line = trim(line.substr(1));
    if (!line.starts_with("include")) continue;
    line = trim(line.substr(7));
    const bool quoted = line.starts_with('"');
    const auto end = line.find(quoted ? '"' : '>', 1);
    if (line.empty() || end == std::string_view::npos) continue;
    out.push_back({std::string(line.substr(1, end - 1)), quoted, number});
  }
  return out;
}

std::string room_of(std::string_view path) {
  const auto first = path.find('/');
  if (first == std::string_view::npos) return {};
  const auto second = path.find('/', first + 1);
  return second == std::string_view::npos ? std::string() : std::string(path.substr(0, second));
}

std::string library_of(std::string_view include) {
  for (const auto& [prefix, library] : kLibraries)
    if (include.starts_with(prefix)) return std::string(library);
  return {};
}

std::string refusal(const Table& table, const std::string& path, const Include& include) {
  const std::string from = room_of(path);
  const bool test = path.starts_with("tests/");
  if (path == "tests/support/seed.cpp" && include.name == "sodium.h") return {};  // puts its own generator in
  if (!include.quoted) {
    const std::string library = library_of(include.name);
    if (library.empty() || library == "tl::expected") return {};
    if (test)
      return library == "libsodium" && !path.starts_with("tests/crypto/")
                 ? "only crypto/primitives may include libsodium, and what tests crypto against it"
                 : "";
    const auto row = table.find(from);
    if (row != table.end() && row->second.libraries.contains(library)) return {};
    return library + " is not in the row of " + from;
  }
  const std::string to = room_of(include.name);
  if (to.empty()) return "not written from the root of the tree";
  if (to.starts_with("tests/")) return test ? "" : "the product includes a test";
  if (!table.contains(to)) return to + " is no room of the table";
  if (test || from == to || reachable(table, from).contains(to)) return {};
  return from + " may not use " + to;
}

fs::path source_dir() {
  const char* dir = std::getenv("TUIXUAN_SOURCE_DIR");
  if (dir == nullptr) throw std::runtime_error("TUIXUAN_SOURCE_DIR is not set; run through ctest");
  return dir;
}

std::vector<std::string> top_level() {
  std::vector<std::string> out;
  for (const auto& entry : fs::directory_iterator(source_dir()))
    if (const std::string name = entry.path().filename(); !kNotSource.contains(name)) out.push_back(name);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> files() {
  std::vector<std::string> out;
  for (const std::string& top : top_level()) {
    const fs::path path = source_dir() / top;
    if (fs::is_regular_file(path)) out.push_back(top);
    if (!fs::is_directory(path)) continue;
    for (auto it = fs::recursive_directory_iterator(path); it != fs::recursive_directory_iterator(); ++it) {
      const std::string relative = fs::relative(it->path(), source_dir());
      if (relative == "tests/fuzz/corpus" || kNotSource.contains(it->path().filename())) {
        if (it->is_directory()) it.disable_recursion_pending();
      } else if (it->is_regular_file()) {
        out.push_back(relative);
      }
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string read(const std::string& path) {
  std::ifstream in(source_dir() / path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error("cannot read " + path);
  return text.str();
}

bool is_cpp(std::string_view path) { return path.ends_with(".cpp") || path.ends_with(".h"); }

}  // namespace tuixuan::house
