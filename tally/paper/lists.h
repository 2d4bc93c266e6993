// The small tables beside a count: spellings that stand for a name, points, names, and the keys of a scheme.
#pragma once

#include <map>

#include "tally/count/combination.h"
#include "tally/paper/tables.h"

namespace tuixuan::paper {

using Spellings = std::map<std::string, std::string>;  // spelling -> the name it stands for

// A table 写法,姓名: what was written, and the name it stands for, as two people decided. Errors "paper.spelling", and
// those of Table.
[[nodiscard]] Result<Spellings> read_spellings(Table&);

// A table 姓名,分数 of points from 0 to 100, as decided by the superior body or as bonus. Errors "paper.points".
[[nodiscard]] Result<std::vector<tally::Points>> read_points(Table&);

struct NamedRow {
  std::size_t row = 0;
  std::string contest;  // 选举项目, where the table has it
  std::string name;
  std::string note;  // 区分, or what the candidates' rules call it
};
// A table 姓名 with 区分 and 选举项目 where wanted. Errors "paper.names".
[[nodiscard]] Result<std::vector<NamedRow>> read_names(Table&);

struct KeyRow {
  std::size_t row = 0;
  std::string who;
  std::string key;
};
// A table 谁,公钥. Errors "paper.keys".
[[nodiscard]] Result<std::vector<KeyRow>> read_keys(Table&);

}  // namespace tuixuan::paper
