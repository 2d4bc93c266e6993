// `tuixuan round` and `tuixuan outcome`: a congress on paper after its first round (tally/paper/rounds.h). The files of
// all rounds so far are given each time; nothing is kept between commands.
#pragma once

#include <CLI/CLI.hpp>

#include "tally/paper/rounds.h"

namespace tuixuan::organiser {

struct PaperFiles {
  std::string scheme;
  std::vector<std::string> reports;  // of stages and rounds that are counted
  std::vector<std::string> rounds;   // tuixuan-stage/1, as `round` wrote them
  std::string decisions;             // table, typed by one person
  std::string decisions_again;       // the same, typed by another
};

// Rounds and reports in whatever order they are given. The decisions are read but not yet checked against results.
[[nodiscard]] Result<paper::PaperCongress> load_paper_congress(const PaperFiles&);

// The options that several commands have in common.
void add_paper_files(CLI::App*, PaperFiles&);
void add_round_commands(CLI::App& app, std::function<Result<void>()>& chosen);

}  // namespace tuixuan::organiser
