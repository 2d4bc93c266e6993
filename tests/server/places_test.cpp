// Who holds a connection and who makes room.
#include "server/http/places.h"

#include <gtest/gtest.h>

namespace tuixuan::http {
namespace {

using Doing = Places::Doing;

TEST(Places, TheOldestIdleMakesRoom) {
  Places places(3, 3, 2);
  std::vector<Places::Id> ids;
  for (int i = 0; i < 3; ++i) ids.push_back(*places.enter("a").id);
  for (const auto id : ids) places.doing(id, Doing::idle);
  places.doing(ids[0], Doing::asking);
  const auto more = places.enter("a");
  ASSERT_TRUE(more.id);
  EXPECT_EQ(more.close, ids[1]);
  places.leave(ids[1]);
  places.doing(*more.id, Doing::idle);
  EXPECT_EQ(places.enter("a").close, ids[2]);
}

TEST(Places, TheAddressWithTheMostMakesRoomForOthers) {
  Places places(4, 4, 2);
  std::vector<Places::Id> crowd;
  const auto alone = *places.enter("b").id;
  places.doing(alone, Doing::idle);
  for (int i = 0; i < 3; ++i) crowd.push_back(*places.enter("a").id);
  for (const auto id : crowd) places.doing(id, Doing::answering);
  EXPECT_EQ(places.enter("c").close, crowd[0]);
  EXPECT_EQ(places.enter("a").close, crowd[1]);
}

TEST(Places, WhoWaitsForAReceiptIsNeverClosed) {
  Places places(2, 2, 2);
  for (int i = 0; i < 2; ++i) places.doing(*places.enter("a").id, Doing::working);
  const auto more = places.enter("b");
  EXPECT_FALSE(more.id);
  EXPECT_FALSE(more.close);
}

TEST(Places, HandshakesDoNotDriveOutWhoIsThrough) {
  Places places(100, 2, 2);
  const auto through = *places.enter("a").id;
  places.doing(through, Doing::idle);
  const auto first = *places.enter("a").id;
  places.doing(first, Doing::greeting);
  const auto second = *places.enter("a").id;
  EXPECT_EQ(places.enter("a").close, second) << "who has said nothing goes before who is in its handshake";
  EXPECT_EQ(places.driven_out(), 1U);
}

TEST(Places, KiosksAreOutOfAllThat) {
  Places places(2, 2, 2);
  std::vector<Places::Id> kiosk;
  for (int i = 0; i < 2; ++i) {
    kiosk.push_back(*places.enter("a").id);
    places.doing(kiosk.back(), Doing::idle);
    EXPECT_FALSE(places.introduced(kiosk.back(), "K1"));
  }
  EXPECT_EQ(places.known(), 2U);
  for (int i = 0; i < 50; ++i) {
    const auto more = places.enter("a");
    ASSERT_TRUE(more.id);
    places.doing(*more.id, Doing::idle);
    EXPECT_NE(more.close, kiosk[0]);
    EXPECT_NE(more.close, kiosk[1]);
    if (more.close) places.leave(*more.close);
  }
  EXPECT_EQ(places.size(), 4U);
  // A stolen key has no more than its own places.
  const auto third = *places.enter("a").id;
  EXPECT_EQ(places.introduced(third, "K1"), kiosk[0]);
  places.leave(kiosk[0]);
  EXPECT_EQ(places.known(), 2U);
}

TEST(Places, WhatHasLeftIsNoError) {
  Places places(1, 1, 1);
  const auto id = *places.enter("a").id;
  places.leave(id);
  places.leave(id);
  places.doing(id, Doing::working);
  EXPECT_FALSE(places.introduced(id, "K1"));
  EXPECT_TRUE(places.enter("b").id);
  EXPECT_EQ(places.size(), 1U);
}

}  // namespace
}  // namespace tuixuan::http
