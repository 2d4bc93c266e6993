// What the demo's congress votes on: a village branch where members and masses recommend, the superior body recommends
// and decides on the candidates, and the members elect a committee of five, with names written in, and its secretary;
// or the candidates of a ballot file, recommended by approval.
#pragma once

#include "tally/ballot/scheme.h"
#include "tally/demo/ballot_file.h"

namespace tuixuan::demo {

// The public keys of everyone, as their programs printed them.
struct DemoKeys {
  tally::Log log;
  Sha256 server_pin;
  tally::Key organiser{};
  tally::Key desk{};
  tally::Key chair{};
  tally::Key superior{};
  tally::Key auditor{};
  std::vector<tally::Key> supervisors;
  std::vector<tally::Key> kiosks;
  std::vector<tally::Key> trustees;
  std::string witness;  // vkey
};

inline constexpr const char* kMembersBox = "main";
inline constexpr const char* kMassesBox = "masses";
inline constexpr const char* kMassesKiosk = "M1";
inline constexpr std::uint32_t kNoticeDays = 7;

// The last of the kiosks serves the masses' box.
tally::Scheme branch_scheme(const DemoKeys&, std::uint32_t threshold);
tally::Scheme approval_scheme(const DemoKeys&, std::uint32_t threshold, const ApprovalBallots&);

}  // namespace tuixuan::demo
