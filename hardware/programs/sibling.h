// The programs of the appliance lie in one folder: where that is, and becoming another of them, with the same process
// id, terminal and environment. A program that people sign or vote with starts its demo so, and links nothing of it.
// Errors: "process".
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "crypto/base/result.h"

namespace tuixuan::programs {

std::filesystem::path program_folder();  // of the program that runs

// Returns only if it cannot be started.
[[nodiscard]] Error become_sibling(const std::string& name, std::vector<std::string> arguments);

}  // namespace tuixuan::programs
