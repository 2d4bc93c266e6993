// The catalogue of rules (tally/count/RULES.md): every rule that a comment cites is a row of it, and every row names a
// source, a setting and tests that exist.
#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "tests/house/source_tree.h"

namespace tuixuan::house {
namespace {

constexpr const char* kCatalogue = "tally/count/RULES.md";

std::vector<std::string> cells_of(const std::string& row) {
  std::vector<std::string> out;
  std::size_t at = 1;
  for (std::size_t end = row.find('|', at); end != std::string::npos; at = end + 1, end = row.find('|', at)) {
    const auto first = row.find_first_not_of(' ', at);
    out.push_back(first >= end ? "" : row.substr(first, row.find_last_not_of(' ', end - 1) - first + 1));
  }
  return out;
}

const std::regex kLabel("\\b([A-Z]-[0-9]{1,2}|W[0-9][ab]?|C[1-9])(?![0-9A-Za-z])");

std::map<std::string, std::vector<std::string>> rows() {
  std::map<std::string, std::vector<std::string>> out;
  std::istringstream lines(read(kCatalogue));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ")) continue;
    const auto cells = cells_of(line);
    if (!cells.empty() && std::regex_match(cells[0], kLabel)) {
      EXPECT_TRUE(out.emplace(cells[0], cells).second) << cells[0] << " is there twice";
    }
  }
  return out;
}

// What a line says to people who read the source: after //, or all of a page in Markdown.
std::string comment_of(const std::string& path, const std::string& line) {
  if (path.ends_with(".md")) return line;
  const auto at = line.find(path.ends_with(".txt") ? "#" : "//");
  return at == std::string::npos ? "" : line.substr(at);
}

std::vector<std::string> labels_in(const std::string& text) {
  std::vector<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), kLabel), end; it != end; ++it) out.push_back((*it)[1]);
  return out;
}

TEST(Rules, LabelsAreFoundAndNothingElse) {
  EXPECT_THAT(labels_in("// ties (T-1 to T-4), W3a, C6"), testing::ElementsAre("T-1", "T-4", "W3a", "C6"));
  EXPECT_THAT(labels_in("// SHA-256, P-256, UTF-8, EVR255/1, C2SP, base32"), testing::IsEmpty());
}

TEST(Rules, EveryLabelThatACommentCitesIsInTheCatalogue) {
  const auto known = rows();
  ASSERT_GE(known.size(), 60U);
  std::size_t cited = 0;
  for (const std::string& path : files()) {
    const bool source =
        is_cpp(path) || path.ends_with(".md") || path.ends_with(".ts") || path.ends_with("CMakeLists.txt");
    if (!source || path == kCatalogue || path.starts_with("tests/house/")) continue;
    std::istringstream lines(read(path));
    for (std::string line; std::getline(lines, line);)
      for (const std::string& label : labels_in(comment_of(path, line))) {
        ++cited;
        EXPECT_TRUE(known.contains(label)) << path << " cites " << label << ", which is no rule of " << kCatalogue;
      }
  }
  EXPECT_GE(cited, 40U);
}

// "suite_test Suite.Name" of any folder of tests, "case X" of cases.json, "golden X".
std::string missing(const std::string& test, const std::set<std::string>& tests, const std::string& cases) {
  static const std::regex kTest("`([a-z_]+)` ([A-Za-z]+\\.[A-Za-z0-9_]+)");
  std::smatch m;
  if (std::regex_match(test, m, kTest)) return tests.contains(m[2]) ? "" : "no such test";
  if (test.starts_with("case "))
    return cases.find("\"id\": \"" + test.substr(5) + "\"") != std::string::npos ? "" : "no such case";
  if (test.starts_with("golden "))
    return std::filesystem::exists(source_dir() / "tests/golden/cases" / test.substr(7) / "commands") ? ""
                                                                                                      : "no such case";
  return "not read";
}

TEST(Rules, EveryRowHasItsSourceSettingAndTests) {
  const std::regex kDefined("\\nTEST(?:_F|_P)?\\(([A-Za-z]+),\\s+([A-Za-z0-9_]+)\\)");
  std::set<std::string> tests;
  for (const std::string& path : files()) {
    if (!path.starts_with("tests/") || !path.ends_with(".cpp")) continue;
    const std::string text = read(path);
    for (std::sregex_iterator it(text.begin(), text.end(), kDefined), end; it != end; ++it)
      tests.insert((*it)[1].str() + "." + (*it)[2].str());
  }
  const std::string cases = read("tests/tally/data/cases.json");
  EXPECT_EQ(missing("case E1", tests, cases), "");
  EXPECT_NE(missing("case E77", tests, cases), "");
  EXPECT_NE(missing("`x_test` No.Such", tests, cases), "");
  for (const auto& [label, cells] : rows()) {
    ASSERT_EQ(cells.size(), 5U) << label;
    for (const std::string& cell : cells) EXPECT_NE(cell, "") << label;
    std::istringstream list(cells[4]);
    for (std::string test; std::getline(list, test, ',');) {
      test.erase(0, test.find_first_not_of(' '));
      EXPECT_EQ(missing(test, tests, cases), "") << label << ": " << test;
    }
  }
}

// What a reader cannot follow: a page that is not in the tree.
TEST(Rules, NothingPointsOutsideTheTree) {
  const std::regex outside(
      std::string("\\bdomain") +
      " (rules?|identit|section)|\\b(domain|design|conventions)\\.md\\b|\\bissue #?[0-9]+|\\.\\./shared");
  std::size_t checked = 0;
  for (const std::string& path : files()) {
    if (path.starts_with("tests/house/") || path.ends_with(".json")) continue;
    const std::string text = read(path);
    std::smatch m;
    EXPECT_FALSE(std::regex_search(text, m, outside)) << path << ": " << m.str();
    ++checked;
  }
  EXPECT_GE(checked, 500U);
}

}  // namespace
}  // namespace tuixuan::house
