// The command line of a program: what is wrong with it is told in Chinese, then in English, on standard error.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

namespace tuixuan::terminal {

// Nothing, if the program may go on; else its exit status: 0 after its help was shown, 2 for a wrong command line.
std::optional<int> read_command_line(CLI::App& app, int argc, char** argv);

}  // namespace tuixuan::terminal
