// With equal weights (equal_weights.cpp) the wrong pairs of cancelling.h pass: what keeps them out is the randomness of
// the weights and nothing else. merged_test.cpp expects the opposite of each.
#include "tests/crypto/cancelling.h"

namespace tuixuan {
namespace {

TEST(EqualWeights, LetWrongClaimsBy) { EXPECT_TRUE(cancelling::claims_hold()); }

TEST(EqualWeights, LetWrongMixesBy) {
  for (const auto& spoil : {cancelling::wrong_steps, cancelling::wrong_sums, cancelling::wrong_columns}) {
    cancelling::Mixed m(4);
    spoil(m);
    EXPECT_FALSE(m.verify(batch::Checking::exact));
    EXPECT_TRUE(m.verify(batch::Checking::merged));
  }
}

TEST(EqualWeights, LetWrongOpenedPointsBy) { EXPECT_TRUE(cancelling::opened_points_hold()); }

}  // namespace
}  // namespace tuixuan
