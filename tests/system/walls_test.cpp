// The walls in the programs themselves: what `nm -C` finds in those that people sign or vote with.
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "hardware/programs/process.h"

namespace tuixuan {
namespace {

// The symbols of a program that lie in this namespace.
std::vector<std::string> symbols_of(const std::string& program, const std::string& space) {
  const std::filesystem::path path = std::filesystem::path(std::getenv("TUIXUAN_BIN_DIR")) / program;
  auto nm = programs::Process::start({TUIXUAN_NM, "-C", path}, {}).value();
  std::vector<std::string> out;
  std::size_t all = 0;
  while (const auto line = nm.read_line()) {
    ++all;
    if (line->find("tuixuan::" + space + "::") != std::string::npos) out.push_back(*line);
  }
  EXPECT_EQ(nm.wait(), 0) << path;
  EXPECT_GT(all, 1000U) << path << " is stripped, and nothing can be seen in it";
  return out;
}

TEST(Walls, TheOrganiserAndTheDemosAreSeenWhereTheyAre) {
  EXPECT_THAT(symbols_of("tuixuan", "organiser"), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(symbols_of("tuixuan-demo", "demo"), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(symbols_of("tuixuan-kiosk-demo", "demo"), testing::Not(testing::IsEmpty()));
}

TEST(Walls, NoProgramThatPeopleSignOrVoteWithHasTheDemo) {
  for (const char* program :
       {"tuixuan", "tuixuan-kiosk", "tuixuan-server", "tuixuan-trustee", "tuixuan-verify", "tuixuan-witness"})
    EXPECT_THAT(symbols_of(program, "demo"), testing::IsEmpty()) << program;
}

TEST(Walls, OnlyTheOrganisersProgramHasItsSteps) {
  for (const char* program : {"tuixuan-kiosk", "tuixuan-server", "tuixuan-trustee", "tuixuan-verify", "tuixuan-witness",
                              "tuixuan-demo", "tuixuan-kiosk-demo"})
    EXPECT_THAT(symbols_of(program, "organiser"), testing::IsEmpty()) << program;
}

}  // namespace
}  // namespace tuixuan
