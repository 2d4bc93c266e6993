// `tuixuan count`: paper ballots from a table, counted by the scheme; no log, no keys. The result is printed with its
// reasons, box by box; with a folder given, everything to sign and file is written there. Numbers that do not balance
// stop it with the box and the numbers. `--compare A B`: the same papers
// typed by two people; every difference is told, and nothing is counted before there is none.
#pragma once

#include <CLI/CLI.hpp>

#include "crypto/base/result.h"

namespace tuixuan::organiser {

struct PaperCountOptions {
  std::string scheme;
  std::string ballots;
  std::vector<std::string> compare;  // instead: the tables of two typists, counted when they agree
  std::string last_row;              // of a table: sum or papers, where it may be either
  std::string stage;                 // may be empty where the scheme has one
  std::string attendance;            // tuixuan-attendance/1
  std::string spellings;             // table 写法,姓名
  std::vector<std::string> reports;  // of stages counted before, for combinations and offices that depend on them
  std::vector<std::string> rounds;   // further rounds (round_commands.h)
  std::string decisions;             // signed decisions, typed twice
  std::string decisions_again;
  std::string corrects;  // report that this one corrects
  std::string points;    // table 姓名,分数: decided, for combinations
  std::string out;       // new folder
  std::string language = "zh";
  bool json = false;
  bool english = false;  // under the Chinese on the forms
};
inline constexpr int kTypistsDiffer = 2;  // exit status of the program, where 1 is any other refusal
// `status` is what the program ends with if it refuses.
[[nodiscard]] Result<void> count_paper(const PaperCountOptions&, int& status);

// Adds the command; what is to be run is put into `chosen`.
void add_paper_commands(CLI::App& app, std::function<Result<void>()>& chosen, int& status);

}  // namespace tuixuan::organiser
