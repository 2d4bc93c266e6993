// Names of people: their order by strokes. What may stand in a name is tested with the ballots.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <random>

#include "crypto/codes/documents.h"
#include "tally/names/strokes.h"

namespace tuixuan::tally {
namespace {

const StrokeTable& table() {
  static const StrokeTable t = StrokeTable::load().value();
  return t;
}

TEST(Strokes, OfACharacter) {
  EXPECT_EQ(table().strokes(U'王'), "1121");
  EXPECT_EQ(table().strokes(U'丁'), "12");
  EXPECT_FALSE(table().strokes(U'A'));
  EXPECT_EQ(table().explain("王一（村东）"), "王 4 画 1121，一 1 画 1");
}

TEST(Strokes, OrderOfNames) {
  std::vector<std::string> names{"黄晓明", "赵海涛", "王建国", "王 平",           "欧阳修远",
                                 "丁文华", "张志强", "王一",   "阿卜杜拉·买买提", "王建军"};
  const std::vector<std::string> unknown = table().sort(names);
  EXPECT_THAT(unknown, testing::IsEmpty());
  EXPECT_THAT(names, testing::ElementsAre("丁文华", "王一", "王 平", "王建军", "王建国", "张志强", "阿卜杜拉·买买提",
                                          "欧阳修远", "赵海涛", "黄晓明"));
}

TEST(Strokes, UnknownCharactersComeLastAndAreTold) {
  std::vector<std::string> names{"Anna", "黄晓明", "丁Q"};
  EXPECT_THAT(table().sort(names), testing::ElementsAre("Q", "A", "n", "a"));
  EXPECT_THAT(names, testing::ElementsAre("丁Q", "黄晓明", "Anna"));
}

TEST(Strokes, EqualNamesStayAsTheyWere) {
  std::vector<std::string> names{"王凯（西村）", "王凯（东村）"};
  table().sort(names);
  EXPECT_THAT(names, testing::ElementsAre("王凯（西村）", "王凯（东村）"));
  EXPECT_EQ(table().compare("王凯（西村）", "王凯（东村）"), 0);
}

TEST(Strokes, FilesThatAreNoDictionary) {
  EXPECT_EQ(StrokeTable::load("/nonexistent").error().check, code::strokes::file);
  EXPECT_EQ(StrokeTable::parse("").error().check, code::strokes::file);
  EXPECT_EQ(StrokeTable::parse("王\n王王\thhsh\n\thh\n王\tabc\n").error().check, code::strokes::file);
}

// A published list of 204 names in the official order: from any shuffled start it comes out as published.
TEST(Strokes, APublishedListComesOutAsPublished) {
  std::ifstream in(std::string(std::getenv("TUIXUAN_SOURCE_DIR")) + "/tests/tally/data/stroke-order-19th.txt");
  std::vector<std::string> published;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#') published.push_back(line);
  ASSERT_GE(published.size(), 200U);
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::vector<std::string> names = published;
    std::shuffle(names.begin(), names.end(), std::mt19937(seed));
    table().sort(names);
    std::size_t inversions = 0;
    for (std::size_t i = 0; i + 1 < published.size(); ++i)
      inversions += table().compare(published[i], published[i + 1]) > 0 ? 1U : 0U;
    EXPECT_EQ(inversions, 0U);
    for (std::size_t i = 0; i < names.size(); ++i)
      EXPECT_EQ(table().compare(names[i], published[i]), 0)
          << names[i] << " stands where " << published[i] << " should";
  }
}

}  // namespace
}  // namespace tuixuan::tally
