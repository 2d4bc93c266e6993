// What a running process has used so far: CPU seconds (user and system, to 1/100 s) and peak memory in MB.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

namespace tuixuan::kit {

struct Usage {
  double cpu = 0;
  double peak_mb = 0;
};

inline Usage usage_of(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text((std::istreambuf_iterator<char>(stat)), {});
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  double peak = 0;
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) peak = std::strtod(line.c_str() + 6, nullptr) / 1024;
  return {(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK)), peak};
}

}  // namespace tuixuan::kit
