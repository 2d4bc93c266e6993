// Every check that can refuse an entry or a record: its stable name and what it says to people in Chinese and English.
// V01 to V15 are the verifier's list in crypto/README.md; E are of the envelope and the order of events, A of
// attendance, log of the log itself. A test holds this list against the names that the code can give.
#pragma once

#include <span>
#include <string_view>

namespace tuixuan::election {

struct CheckInfo {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
};

std::span<const CheckInfo> all_checks();
// The check's own line; null for a name not listed. Never the line of its group, which says that all is well.
const CheckInfo* find_check(std::string_view name);
const CheckInfo* find_group(std::string_view name);  // "V13"

// The groups in the order in which a verifier reports them: V01 ... V15, with E, A and log.
std::span<const CheckInfo> check_groups();
std::string_view group_of(std::string_view check);  // "V13.E4" -> "V13"

}  // namespace tuixuan::election
