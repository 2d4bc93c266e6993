// A second count of small worlds, slow and obvious: written from the rules alone, sharing no code with tally/count and
// none of its types. Papers are strings, everything is looked up again for every question.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace second {

struct Share {  // "more than a half of those expected"
  int num = 1;
  int den = 2;
  bool more_than = true;  // else at least
  char of = 'E';          // L registered, E expected, A present, K voters, R returned, V valid
};

enum class Writing { nobody, under, lines };
enum class Tie { again, superior };
enum class Short { again, nominate, leave };

struct Rules {
  char kind = 'e';  // e election, p pre-election, r recommendation, d decision
  int seats = 1;
  int most = 1;  // names on one paper
  int least = 0;
  bool blank_is_void = false;
  Writing writing = Writing::nobody;
  std::vector<std::string> pool;  // who may be written; empty: anybody
  Share majority;
  char other_base = 0;  // 0: none
  std::optional<Share> turnout;
  bool compare_with_issued = false;
  Tie tie = Tie::again;
  Short shortage = Short::again;
  bool differential = false;
};

struct Meeting {
  int L = 0, E = 0, A = 0, I = 0, K = 0, R = 0;
};

struct Paper {
  std::string marks;  // of each candidate: o x - ? (approve, oppose, nothing, unreadable)
  std::vector<std::pair<std::string, int>> written;  // name, place from 1 (0: a free line)
};

struct Person {
  std::string name;
  int votes = 0, against = 0, nothing = 0, unreadable = 0;
  std::string fate;  // elected, no, tied, void
};

struct Verdict {
  int valid = 0, invalid = 0, blank = 0;
  int uncounted = 0;  // names written
  std::vector<Person> persons;
  int vacant = 0;
  int tied_seats = 0;
  std::vector<std::string> confirm;
  std::vector<std::string> next;  // "again 1 甲 乙", ...
};

Verdict count(const std::vector<std::string>& candidates, const Rules&, const Meeting&, const std::vector<Paper>&);

}  // namespace second
