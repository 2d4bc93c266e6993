// Two typists (双人录入): the same papers typed twice, compared paper by paper and column by column by what the cells
// mean, not by how they are written. Papers are told by their number in the box where both tables have 序号, else by
// their order in the box; 张数 stands for so many papers. Nothing is counted before both say the same.
#pragma once

#include "tally/paper/ballots.h"

namespace tuixuan::paper {

struct Difference {
  std::string box;          // its title; empty where there is one box
  std::uint64_t first = 0;  // papers of the box, by number or by order; 0: of the box as a whole
  std::uint64_t last = 0;
  std::size_t row_a = 0;  // 0: not there
  std::size_t row_b = 0;
  std::string column;
  std::string a;
  std::string b;
};

struct Comparison {
  std::vector<Difference> differences;  // at most kMaxDifferences
  std::size_t all = 0;
  std::uint64_t papers = 0;  // of the first table
};
inline constexpr std::size_t kMaxDifferences = 1000;

// Either both of papers or both of piles (piles.h). Errors: "compare.kind": one of each; "compare.size"; those of
// read_ballots and read_piles, which of the two tables it was being told by `names`.
using OpenTable = std::function<Result<Table>()>;
struct Typed {
  std::string name;
  OpenTable open;
};
[[nodiscard]] Result<Comparison> compare_tables(const tally::Scheme&, const tally::Stage&, const Typed& a,
                                                const Typed& b, LastRow);

// A line of Chinese and English for each.
std::string to_text(const Comparison&, const std::string& a, const std::string& b);

}  // namespace tuixuan::paper
