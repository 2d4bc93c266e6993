#include "tally/profiles/profile.h"

#include "tally/profiles/build.h"

namespace tuixuan::profiles {

const std::vector<Profile>& all_profiles() {
  static const std::vector<Profile> all = [] {
    std::vector<Profile> out;
    for (auto* family : {party_profiles, recommendation_profiles, decision_profiles, rating_profiles, village_profiles})
      for (Profile& p : family()) out.push_back(std::move(p));
    return out;
  }();
  return all;
}

const Profile* find_profile(std::string_view name) {
  for (const Profile& p : all_profiles())
    if (p.name == name) return &p;
  return nullptr;
}

}  // namespace tuixuan::profiles
