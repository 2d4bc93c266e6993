// What the demo's congress votes on: a village branch that elects a committee of five out of seven, with names written
// in, and its secretary; or the candidates of a ballot file, recommended by approval. And what its voters, who are made
// up, mark.
#pragma once

#include "tally/ballot/choice.h"
#include "tally/ballot/scheme.h"
#include "tally/organiser/ballot_file.h"

namespace tuixuan::organiser {

// The public keys of everyone, as their programs printed them.
struct DemoKeys {
  tally::Log log;
  Sha256 server_pin;
  tally::Key organiser{};
  tally::Key desk{};
  std::vector<tally::Key> supervisors;
  std::vector<tally::Key> kiosks;
  std::vector<tally::Key> trustees;
};

inline constexpr const char* kDemoStage = "election";
inline constexpr const char* kDemoBox = "main";

tally::Scheme branch_scheme(const DemoKeys&, std::uint32_t threshold);
tally::Scheme approval_scheme(const DemoKeys&, std::uint32_t threshold, const ApprovalBallots&);

// The choices of one voter as the kiosk takes them on its input ("choices" of kiosk/core/headless.h).
std::string made_up_choices(const tally::Scheme&);
std::string approval_choices(const std::vector<std::uint32_t>& approved);

}  // namespace tuixuan::organiser
