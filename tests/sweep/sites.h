// Which of our own functions a program was in when it called the system: from the return addresses that the shim kept,
// by addr2line; and the places of the program's own code that call the system at all, by objdump.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/sweep/shim/table.h"

namespace tuixuan::sweep {

struct Site {
  std::string function;  // the innermost of our own, and its caller among ours
  std::string innermost;
  std::string all;  // of ours, innermost first
};

// By hash of the stack.
std::map<std::uint64_t, Site> sites_of(const std::string& program, const Table& table);

// Our own functions, of all in the program, that call the system or SQLite or a file of the standard library directly.
std::set<std::string> callers_in(const std::string& program);

}  // namespace tuixuan::sweep
