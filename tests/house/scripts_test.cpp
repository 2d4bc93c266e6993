// The imports of the TypeScript: the verifier's modules lead to no other file than its own, the board's scripts to
// their own and the verifier's, and no import comes back to where it began.
#include <gmock/gmock.h>

#include <regex>

#include "tests/house/source_tree.h"

namespace tuixuan::house {
namespace {

using Graph = std::map<std::string, std::set<std::string>>;

constexpr const char* kVerifier = "server/web/verifier/src";
constexpr const char* kBoard = "server/board/scripts";

// From `file`, as its build sees it: there the board's folder lies beside the verifier's src
// (server/web/CMakeLists.txt).
std::string target_of(const std::string& file, const std::string& import) {
  namespace fs = std::filesystem;
  if (file.starts_with(kBoard) && import.starts_with("../src/")) return std::string(kVerifier) + import.substr(6);
  return (fs::path(file).parent_path() / import).lexically_normal();
}

// Imported by name or when needed, exported again; packages have no dot before them.
std::set<std::string> imports_of(const std::string& file, const std::string& text) {
  static const std::regex kImport("(?:\\bfrom|\\bimport\\(?)\\s*[\"'](\\.[^\"']+)[\"']");
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), kImport), end; it != end; ++it)
    out.insert(target_of(file, (*it)[1]));
  return out;
}

Graph graph_of_the_tree() {
  Graph out;
  for (const std::string& path : files())
    if (path.ends_with(".ts") && (path.starts_with(kVerifier) || path.starts_with(kBoard)))
      out[path] = imports_of(path, read(path));
  return out;
}

std::set<std::string> reached_from(const Graph& graph, const std::string& start) {
  std::set<std::string> seen;
  std::vector<std::string> open{start};
  while (!open.empty()) {
    const auto found = graph.find(open.back());
    open.pop_back();
    if (found == graph.end()) continue;
    for (const std::string& next : found->second)
      if (seen.insert(next).second) open.push_back(next);
  }
  return seen;
}

TEST(Scripts, ImportsOfEveryFormAreSeen) {
  const std::string text =
      "import { a, type B } from \"./a.ts\";\nexport * from '../up/b.ts';\nconst c = await import(\"./c.ts\");\n"
      "import \"./d.css\";\nimport { sha512 } from \"@noble/hashes/sha512\";\n";
  EXPECT_THAT(imports_of("x/y/z.ts", text),
              testing::UnorderedElementsAre("x/y/a.ts", "x/up/b.ts", "x/y/c.ts", "x/y/d.css"));
  EXPECT_EQ(target_of("server/board/scripts/mine.ts", "../src/receipt.ts"), "server/web/verifier/src/receipt.ts");
  const Graph circle{{"a", {"b"}}, {"b", {"c"}}, {"c", {"a"}}, {"d", {"a"}}};
  EXPECT_TRUE(reached_from(circle, "a").contains("a"));
  EXPECT_FALSE(reached_from(circle, "d").contains("d"));
}

TEST(Scripts, HaveNoCircleAndStayInTheirFolders) {
  const Graph graph = graph_of_the_tree();
  EXPECT_GE(graph.size(), 60U);
  std::size_t imports = 0;
  for (const auto& [file, targets] : graph) {
    EXPECT_FALSE(reached_from(graph, file).contains(file)) << file << " imports itself in the end";
    for (const std::string& target : targets) {
      ++imports;
      EXPECT_TRUE(std::filesystem::exists(source_dir() / target)) << file << " imports " << target;
      const bool own = target.starts_with(kVerifier) || (file.starts_with(kBoard) && target.starts_with(kBoard));
      EXPECT_TRUE(own) << file << " imports " << target;
    }
  }
  EXPECT_GE(imports, 200U);
}

}  // namespace
}  // namespace tuixuan::house
