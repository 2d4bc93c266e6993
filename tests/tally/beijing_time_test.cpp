#include "tally/scheme/beijing_time.h"
#include "crypto/codes/base.h"

#include <gtest/gtest.h>

namespace tuixuan::scheme {
namespace {

TEST(BeijingTime, IsEightHoursAheadAndComesBack) {
  EXPECT_EQ(parse_beijing_time("1971-01-01T08:00").value(), 365U * 24 * 60);
  EXPECT_EQ(beijing_time(0), "1970-01-01T08:00");
  for (const char* text : {"2026-12-01T09:00", "2028-02-29T00:00", "2026-12-31T23:59", "1971-01-01T00:00"})
    EXPECT_EQ(beijing_time(parse_beijing_time(text).value()), text);
}

TEST(BeijingTime, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2026-12-01", "2026-12-01 09:00", "2026-12-01T09:00Z", "2026-12-01T9:00", "2026-02-30T09:00",
        "2026-13-01T09:00", "2026-12-01T24:00", "2026-12-01T09:60", "1970-12-31T23:59", "２026-12-01T09"})
    EXPECT_EQ(parse_beijing_time(text).error().check, code::plain::time) << text;
}

}  // namespace
}  // namespace tuixuan::scheme
