// The commands of tuixuan-server on the standby's machine: standby init, standby run (README.md).
#pragma once

#include <CLI/CLI.hpp>

#include "server/standby/listener.h"

namespace tuixuan::standby {

class Commands {
 public:
  explicit Commands(CLI::App& app);
  std::optional<int> run() const;  // the exit status, if one of them was given

 private:
  [[nodiscard]] Result<void> init() const;
  [[nodiscard]] Result<void> serve() const;
  CLI::App* init_ = nullptr;
  CLI::App* run_ = nullptr;
  std::string folder_;
  std::string card_;
  std::string listen_ = "0.0.0.0:8445";
};

}  // namespace tuixuan::standby
