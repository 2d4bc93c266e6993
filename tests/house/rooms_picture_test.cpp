// The picture of the rooms is the one that README.md's table gives. UPDATE_ROOMS=1 ctest -R house_test draws it anew.
#include "tests/house/rooms_picture.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

namespace tuixuan::house {
namespace {

constexpr const char* kPicture = "tests/house/rooms.svg";

const Table kSmall{{"a/low", {}}, {"a/mid", {{"a/low"}, {}}}, {"b/top", {{"a/low", "a/mid"}, {}}}, {"b/side", {}}};

TEST(RoomsPicture, HasFloorsAndOnlyTheNearestArrows) {
  EXPECT_THAT(floors(kSmall), testing::ElementsAre(testing::Pair("a/low", 0), testing::Pair("a/mid", 1),
                                                   testing::Pair("b/side", 0), testing::Pair("b/top", 2)));
  EXPECT_THAT(nearest(kSmall, "b/top"), testing::ElementsAre("a/mid"));
  const std::string drawn = picture_of(kSmall);
  EXPECT_THAT(drawn, testing::HasSubstr(">a/mid</text>"));
  std::size_t arrows = 0;
  for (std::size_t at = drawn.find("<path"); at != std::string::npos; at = drawn.find("<path", at + 1)) ++arrows;
  EXPECT_EQ(arrows, 2U);
}

TEST(RoomsPicture, IsTheOneOfTheTable) {
  const std::string drawn = picture_of(parse_table(read("README.md")));
  if (std::getenv("UPDATE_ROOMS") != nullptr) std::ofstream(source_dir() / kPicture) << drawn;
  EXPECT_TRUE(read(kPicture) == drawn) << kPicture << " is older than the table of README.md: "
                                       << "UPDATE_ROOMS=1 ctest --test-dir build/release -R house_test draws it anew";
}

}  // namespace
}  // namespace tuixuan::house
