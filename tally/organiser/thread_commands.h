// The commands of the program `tuixuan` for the thread between votes: candidates, notices, what follows a result, the
// report; and where the congress stands. Each command gives its options and what to do with them.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "tally/organiser/commands.h"

namespace tuixuan::organiser {

// Told which command was chosen; main runs it.
using Chosen = std::function<void(std::function<Result<void>()>)>;

// The options of every command that reads the log.
void add_congress(CLI::App* command, CongressFile&);

class ThreadCommands {
 public:
  ThreadCommands(CLI::App& app, Chosen chosen);
  ~ThreadCommands();
  ThreadCommands(const ThreadCommands&) = delete;
  ThreadCommands& operator=(const ThreadCommands&) = delete;

 private:
  struct Options;
  std::unique_ptr<Options> o_;
};

// Where the congress stands, what is due and who must act; as JSON: {"entries", "verified_before", "over", "stages":
// [{"id", "phase", "cast"}], "due": [{"who", "step", "stage", "about", "zh", "en"}], "incidents": [{"entry", "check",
// "what"}]}.
[[nodiscard]] Result<void> show_status(const CongressFile&, bool json);

}  // namespace tuixuan::organiser
