// `tuixuan names`: the names written in an electronic vote, those that are perhaps one person together; with a table of
// spellings and the keys of two supervisors, the entry that merges them before the result is signed.
#pragma once

#include <CLI/CLI.hpp>

#include "tally/organiser/commands.h"

namespace tuixuan::organiser {

void add_names_command(CLI::App& app, std::function<Result<void>()>& chosen);

}  // namespace tuixuan::organiser
