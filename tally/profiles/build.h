// The parts that profiles are put together from; used only by the *_profiles.cpp of this room.
#pragma once

#include "tally/profiles/profile.h"

namespace tuixuan::profiles {

std::vector<Profile> party_profiles();           // elections by the Party's regulations
std::vector<Profile> recommendation_profiles();  // 推荐, 两推, 表彰
std::vector<Profile> decision_profiles();        // 票决
std::vector<Profile> rating_profiles();          // 民主评议, 民主测评
std::vector<Profile> village_profiles();         // 村民委员会

inline constexpr tally::Threshold kHalfOfExpected{1, 2, tally::Comparison::more_than, tally::Base::expected};
inline constexpr tally::Threshold kTwoThirdsPresent{2, 3, tally::Comparison::more_than, tally::Base::expected};
inline constexpr tally::Threshold kFourFifths{4, 5, tally::Comparison::at_least, tally::Base::expected};
// No majority is asked for: people are ranked by their votes.
inline constexpr tally::Threshold kRankedOnly{0, 1, tally::Comparison::at_least, tally::Base::valid};

// Adds the chamber with one box, box-<id>.
void add_chamber(tally::Scheme&, const char* id, tally::Text title, tally::Text box);
// Adds a stage on the boxes of the chamber, of its next free round, and its contests.
void add_stage(tally::Scheme&, const char* id, tally::Text title, const char* chamber, const tally::Threshold& quorum,
               std::vector<tally::Contest> contests);
tally::Contest a_contest(const char* id, tally::Text title, tally::Kind, std::uint32_t seats);
// Written names stand under an opposed candidate: "a voter who opposes may choose another" (2020, art. 25).
void write_under_opposed(tally::Contest&);
void write_on_lines(tally::Contest&, std::uint32_t lines);
tally::Answers decision_answers();

}  // namespace tuixuan::profiles
