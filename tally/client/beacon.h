// How machines in a hall hear where the log is served now: the server of an epoch says its note (crypto/log/epoch.h) to
// every network it is on, by UDP broadcast to port 18443, once a second. Who listens checks the signatures; where a
// network keeps its machines apart, the same note goes by file (client/way.h).
#pragma once

#include <string>
#include <vector>

#include "hardware/devices/durable_file.h"

namespace tuixuan::client {

inline constexpr unsigned kBeaconPort = 18443;

class BeaconListener {
 public:
  BeaconListener();                  // hears nothing where the port cannot be had
  std::vector<std::string> heard();  // since the last time; does not wait

 private:
  devices::Fd fd_;
};

// To every network of this machine, as far as they can be reached.
void send_beacon(const std::string& note);

}  // namespace tuixuan::client
