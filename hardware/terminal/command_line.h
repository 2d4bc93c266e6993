// The command line of a program: what is wrong with it is told in Chinese, then in English, on standard error; every
// program has --help and --version. The version is that of CMakeLists.txt.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

namespace tuixuan::terminal {

std::string version_line(std::string_view program);  // "tuixuan 0.1.0 (EVR255/1)", with the protocol it speaks

// From here on the program has last words, too (last_words.h). Nothing, if the program may go on; else its exit status:
// 0 after its help or version was shown, 2 for a wrong command line.
std::optional<int> read_command_line(CLI::App& app, int argc, char** argv);

}  // namespace tuixuan::terminal
