// `tuixuan roll`: the roll of a meeting as an office exports it becomes the numbers of an attendance file. What was
// read, and as what, is shown first and confirmed; the file's SHA-256 fixes which roll it was.
#pragma once

#include <CLI/CLI.hpp>

#include "crypto/base/result.h"

namespace tuixuan::organiser {

struct RollOptions {
  std::string scheme;
  std::vector<std::string> rolls;
  std::string stage;  // may be empty where the scheme has one
  std::string out;    // new file, tuixuan-attendance/1
  bool yes = false;
};
[[nodiscard]] Result<void> import_roll(const RollOptions&);

void add_roll_command(CLI::App& app, std::function<Result<void>()>& chosen);

}  // namespace tuixuan::organiser
