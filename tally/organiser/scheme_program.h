// The options of `tuixuan scheme`.
#pragma once

#include <CLI/CLI.hpp>

#include "crypto/base/result.h"

namespace tuixuan::organiser {

// Adds the command; what is to be run is put into `chosen`.
void add_scheme_commands(CLI::App& app, std::function<Result<void>()>& chosen);

}  // namespace tuixuan::organiser
