// Evidence that a log was shown in two ways, as a file that anybody can check, "tuixuan-fork/1":
//   tuixuan-fork/1\n \n <note that was held> \n <note that was shown>
// both with the log's signature. Two checkpoints of one size with different roots contradict each other by themselves:
// no honest log signs both. Of different sizes they only accuse: the witness was given no proof that leads from one to
// the other, and the entries of the log tell which of them is not of it (each root against the published record).
// Errors: "log.fork_form", and those of open_checkpoint().
#pragma once

#include "crypto/log/checkpoint.h"

namespace tuixuan::log {

inline constexpr std::size_t kMaxForkSize = 2 * kMaxNoteSize + 64;

struct Fork {
  std::string held;  // notes
  std::string shown;
  friend bool operator==(const Fork&, const Fork&) = default;
};
std::string format_fork(const Fork& fork);
[[nodiscard]] Result<Fork> parse_fork(std::string_view file);

struct JudgedFork {
  Checkpoint held;
  Checkpoint shown;
  bool proven = false;  // they contradict each other by themselves
};
// Refuses notes without this log's good signature, and two that are the same checkpoint.
[[nodiscard]] Result<JudgedFork> judge_fork(const Fork& fork, const NoteKey& log);

}  // namespace tuixuan::log
