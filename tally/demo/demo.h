// A whole congress on one machine, as a play that a newcomer can follow: a server, kiosks, trustees, a desk and two
// supervisors, each the real program with a folder and keys of its own, talking HTTPS. Members
// and masses recommend, the superior body recommends and decides on the candidates, they are posted, the members elect,
// what is left open is settled, the result is reported and accepted. A ballot is challenged, a slip spoiled, and the
// server loses its power halfway. With a ballot file or a profile there is that vote only. At the end stands the
// result, and what tuixuan-verify says of the exported record. Nothing is simulated but the people. Errors: "demo.*",
// "process", those of the roles.
#pragma once

#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan::demo {

// What the election leaves open: a tie at the last seat and its run-off; an empty seat that a new round fills, or that
// is cut with the meeting's consent; or the stage is declared void before its close, and held again.
enum class Story { tie, new_round, seats_cut, voided };

struct DemoOptions {
  Story story = Story::tie;
  std::uint32_t voters = 60;
  std::uint32_t kiosks = 3;
  std::uint32_t trustees = 3;
  std::uint32_t threshold = 0;  // 0: more than half of the trustees
  std::string ballots;          // approval ballots to vote instead of made-up ones
  std::string profile;          // one vote by this profile instead of the whole thread
  std::string folder;
  std::string listen = "127.0.0.1:0";
  std::string language = "zh";
  bool live = false;  // with pauses, to be shown in a hall
  bool exit = false;
};

[[nodiscard]] Result<void> hold_demo(DemoOptions);

}  // namespace tuixuan::demo
