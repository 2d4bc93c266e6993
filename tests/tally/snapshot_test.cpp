// What the fold knows as bytes and back: whole congresses of the kit, entry by entry, and bytes that nobody wrote. The
// congresses of thread_test and the random walks go the same way.
#include "tally/snapshot/state_bytes.h"

#include <gtest/gtest.h>

#include "crypto/codes/client.h"
#include "tests/support/congress_kit.h"
#include "tests/support/snapshot_kit.h"

namespace tuixuan {
namespace {

std::string through(const kit::Congress& c) { return kit::through_snapshots(election::Fold(), c.log, c.objects); }

TEST(Snapshot, OfEveryEntryOfACongress) {
  kit::Congress wide;
  wide.run(9);
  EXPECT_EQ(through(wide), "");
  kit::Congress narrow({8, 1, 1, 1, false});
  narrow.run(6);
  EXPECT_EQ(through(narrow), "");
}

TEST(Snapshot, OfBallotsWithEveryFate) {
  kit::Congress c({9, 2, 3, 2, true});
  c.found();
  c.ceremony();
  c.slips();
  c.attendance();
  c.open();
  c.vote(5);
  const auto challenged = c.seal(5, 0, c.some_selections(1));
  c.append(c.challenge_entry(challenged, 5));
  const auto cast = c.seal(5, 0, c.some_selections(2));
  c.append(c.cast_entry(cast, 5));
  c.force(c.cast_entry(cast, 5));  // struck
  EXPECT_EQ(c.fold.state().incidents.size(), 1U);
  c.finish();
  EXPECT_EQ(through(c), "");
}

TEST(Snapshot, NoOtherBytesAreTaken) {
  kit::Congress c({6, 1, 2, 1, false});
  c.run(6);
  const Bytes whole = snapshot::encode_state(c.fold.state());
  ASSERT_TRUE(snapshot::decode_state(whole));
  for (std::size_t n = 0; n < whole.size(); n += 13) {
    EXPECT_FALSE(snapshot::decode_state(ByteView(whole).first(n))) << n;
    Bytes flipped = whole;
    flipped[n] ^= 0x41;
    // A changed number or key is another state, with these bytes; a changed length or order is none.
    if (const auto other = snapshot::decode_state(flipped))
      EXPECT_EQ(snapshot::encode_state(*other), flipped) << n;
    else
      EXPECT_EQ(other.error().check, code::snapshot::damaged);
  }
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(snapshot::decode_state(longer));
}

TEST(Snapshot, OfNothingYet) {
  const Bytes empty = snapshot::encode_state({});
  const auto state = snapshot::decode_state(empty);
  ASSERT_TRUE(state);
  EXPECT_EQ(snapshot::encode_state(*state), empty);
}

}  // namespace
}  // namespace tuixuan
