// A whole congress on one machine, as a play that a newcomer can follow: a server, kiosks, trustees, a desk and two
// supervisors, each the real program with a folder and keys of its own, talking HTTPS. A ballot is challenged, a slip
// spoiled, and the server loses its power halfway. At the end stands the result, and what tuixuan-verify says of the
// exported record. Nothing is simulated but the people. Errors: "demo.*", "process", those of the roles.
#pragma once

#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan::organiser {

struct DemoOptions {
  std::uint32_t voters = 60;
  std::uint32_t kiosks = 3;
  std::uint32_t trustees = 3;
  std::uint32_t threshold = 2;
  std::string ballots;  // approval ballots to vote instead of made-up ones
  std::string folder;
  std::string listen = "127.0.0.1:0";
  std::string language = "zh";
  bool exit = false;
};

[[nodiscard]] Result<void> hold_demo(const DemoOptions&);

}  // namespace tuixuan::organiser
