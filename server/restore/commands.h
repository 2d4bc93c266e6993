// The commands of tuixuan-server for the day when its machine is lost: seal, backup, restore, promote, alone
// (README.md).
#pragma once

#include <CLI/CLI.hpp>

#include "server/restore/restore.h"

namespace tuixuan::restore {

class Commands {
 public:
  explicit Commands(CLI::App& app);
  // The exit status, if one of them was given.
  std::optional<int> run() const;

 private:
  void signing(CLI::App* command);
  void hall(CLI::App* command);
  [[nodiscard]] Result<void> seal() const;
  [[nodiscard]] Result<void> backup() const;
  [[nodiscard]] Result<void> restore_log() const;
  [[nodiscard]] Result<void> promote() const;
  [[nodiscard]] Result<void> alone() const;
  [[nodiscard]] Result<Plan> plan(log::EpochCause cause) const;
  Result<Supervisors> come() const { return open_supervisors(keys_, passphrase_fd_); }

  CLI::App* seal_ = nullptr;
  CLI::App* backup_ = nullptr;
  CLI::App* restore_ = nullptr;
  CLI::App* promote_ = nullptr;
  CLI::App* alone_ = nullptr;
  std::string folder_;
  std::string to_;
  std::string card_;
  std::string address_;
  std::string sealed_;
  std::vector<std::string> keys_;
  std::vector<std::string> witnesses_;
  std::vector<std::string> without_;
  Sources sources_;
  unsigned every_ = 0;
  int passphrase_fd_ = -1;
  bool light_ = false;
};

}  // namespace tuixuan::restore
