// The kinds of votes held in practice, each as a scheme without names, dates and keys to start from. Plain data: every
// threshold, base and rule is a member of the scheme that the organiser can change, and each contest carries the rules
// it follows. Where practice differs, `about` says which setting to look at. Each makes a scheme that passes the check.
#pragma once

#include "tally/ballot/scheme.h"

namespace tuixuan::profiles {

struct Profile {
  std::string name;         // short name
  tally::Text title;        // which vote it is
  tally::Text about;        // what it sets, and what to decide
  bool same_names = false;  // the same people stand in every contest (several chambers judge them)
  bool one_by_one = false;  // each candidate has a stage and a sheet alone (发展党员逐个票决)
  std::uint32_t names = 0;  // how many are printed where the seats do not say it
  tally::Scheme scheme;
  bool no_names = false;  // nobody is printed: voters write all names (海推)
};

const std::vector<Profile>& all_profiles();
const Profile* find_profile(std::string_view name);  // null: none of that name

}  // namespace tuixuan::profiles
