// Public keys put into a scheme at the places of those who hold them.
#include "tally/organiser/scheme_keys.h"

#include <gtest/gtest.h>

#include "crypto/codes/documents.h"
#include "tests/support/congress_kit.h"

namespace tuixuan::organiser {
namespace {

const std::string kHex(64, 'a');

TEST(SchemeKeys, EveryPlaceHasAName) {
  tally::Scheme s = kit::Congress({4, 2, 3, 2, true}).scheme;
  s.chair.reset();
  const tally::Key key = array_from_hex<32>(kHex).value();
  for (const std::string& who :
       {std::string("log"), std::string("organiser"), std::string("desk"), std::string("superior"), std::string("pin"),
        std::string("chair:梁永康"), std::string("auditor:沈明"), s.supervisors[0].id, s.supervisors[1].name,
        s.kiosks[0].id.name, s.trustees[2].name})
    EXPECT_TRUE(put_key(s, who, kHex)) << who;
  EXPECT_TRUE(put_key(s, "origin", "party.example/branch-7"));
  EXPECT_EQ(s.log.key, key);
  EXPECT_EQ(s.log.origin, "party.example/branch-7");
  EXPECT_EQ(s.organiser_key, key);
  EXPECT_EQ(s.desk_key, key);
  EXPECT_EQ(*s.superior_key, key);
  EXPECT_EQ(s.server_pin.bytes, key);
  EXPECT_EQ(s.chair->name, "梁永康");
  EXPECT_EQ(s.auditors.back().key, key);
  EXPECT_EQ(s.supervisors[0].key, key);
  EXPECT_EQ(s.supervisors[1].key, key);
  EXPECT_EQ(s.kiosks[0].key, key);
  EXPECT_EQ(s.trustees[2].key, key);
}

TEST(SchemeKeys, RefusesWhomItDoesNotKnowAndWhatIsNoKey) {
  tally::Scheme s = kit::Congress({4, 2, 3, 2, true}).scheme;
  for (const auto& [who, key] : std::vector<std::pair<std::string, std::string>>{{"nobody", kHex},
                                                                                 {"desk", "abcd"},
                                                                                 {"desk", std::string(64, 'x')},
                                                                                 {"", kHex},
                                                                                 {"chair:", kHex},
                                                                                 {"cook:甲", kHex}})
    EXPECT_EQ(put_key(s, who, key).error().check, code::scheme::keys) << who;
  s.trustees[0].name = s.supervisors[0].name;
  EXPECT_EQ(put_key(s, s.supervisors[0].name, kHex).error().check, code::scheme::keys);
  EXPECT_TRUE(put_key(s, s.supervisors[0].id, kHex));
}

}  // namespace
}  // namespace tuixuan::organiser
