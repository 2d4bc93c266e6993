// One program under injected faults: what it called in a run without any (the census), which of these calls are to fail
// and how (the plan), and what came of it (the counts). Which calls fail in an ordinary run is a stride through all of
// them that reaches each of our functions; TUIXUAN_SWEEP=every takes each call with each fault (label long).
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/sweep/sites.h"

namespace tuixuan::sweep {

struct Fault {
  std::uint64_t hash = 0;
  std::uint32_t occurrence = 0;
  std::string action;  // as the shim reads it
  std::string text;    // for people: class, function, which of its calls, what happens
};

// The file that the shim in a program writes to, and the words that put the shim before a program.
class Shim {
 public:
  explicit Shim(std::filesystem::path table);
  ~Shim();
  Shim(const Shim&) = delete;
  Shim& operator=(const Shim&) = delete;
  void clear();
  const Table& table() const { return *table_; }
  std::vector<std::string> words(std::vector<std::string> command, const std::string& under,
                                 const Fault* fault = nullptr) const;

 private:
  std::filesystem::path file_;
  Table* table_ = nullptr;
};

class Sweep {
 public:
  // At most so many faults in an ordinary run.
  Sweep(std::string target, std::string program, std::size_t most);
  ~Sweep();  // prints the counts, and what was not reached

  void census(const Table& table);
  std::vector<Fault> plan() const;
  // Each call with each fault in the functions of this name, in any run.
  std::vector<Fault> plan_of(const std::string& function) const;
  void ran(const Fault& fault, const Table& table, bool healed);

  std::size_t lost = 0;     // ballots, entries, files that somebody was told are there
  std::size_t doubled = 0;  // things that are there more than once
  std::size_t misled = 0;   // told what is not so, or ended without a sentence

 private:
  struct Reached;
  static Fault fault_at(const Reached& r, std::size_t i, const std::string& action);
  struct Reached {  // one of our functions with one class of calls
    Class call_class;
    std::string name;
    std::vector<Call> calls;
  };
  std::string target_;
  std::string program_;
  std::size_t most_;
  std::vector<Reached> reached_;
  std::set<std::string> innermost_;
  std::map<std::uint64_t, std::string> callers_;  // of ours, by stack
  std::set<std::string> planned_;
  std::size_t calls_ = 0;
  std::size_t faults_ = 0;
  std::size_t killed_ = 0;
  std::size_t healed_ = 0;
  std::size_t missed_ = 0;  // this time the call did not come
  std::size_t sectors_ = 0;
};

}  // namespace tuixuan::sweep
