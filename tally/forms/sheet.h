// A form as a value: what it says, block by block, before it is known whether it becomes a PDF, a CSV or a JSON file.
// Each figure is named once here, so the three cannot differ. Inside this room only.
#pragma once

#include <optional>
#include <variant>

#include "crypto/base/ids.h"
#include "tally/ballot/scheme.h"

namespace tuixuan::forms {

using tally::Text;

struct Head {  // begins a new page, unless it is the first
  Text title;
  Text subtitle;        // stage, group; may be empty
  bool posted = false;  // 公示: without the line of the meeting
};

struct Paragraph {
  enum class Look { heading, body, strong, small, opening };
  Text text;
  Look look = Look::body;
};

struct Field {
  Text text;
  std::string second;                    // a rate, a note: smaller, under the text
  std::optional<std::uint64_t> strokes;  // drawn as 正, above the text
  bool strong = false;
};

struct Column {
  Text title;
  double width = 1;  // relative to the others
  bool left = false;
  Text second;  // title of the column of `second` in files; empty: there is none
};

struct Table {
  std::string id;  // in files
  std::vector<Column> columns;
  std::vector<std::vector<Field>> rows;
};

struct Fact {
  std::string id;
  Text label;
  std::string value;
};
using Facts = std::vector<Fact>;  // up to six to a line, in frames

struct Names {  // 名单: large, several to a line
  std::string id;
  std::vector<std::string> names;
};

struct Lines {  // to write on by hand
  Text label;
  unsigned count = 1;
};

struct Signatures {
  std::vector<Text> roles;
  bool stamp = false;  // 盖章: date and office at the right instead of lines
  std::string office;
};

using Block = std::variant<Head, Paragraph, Table, Facts, Names, Lines, Signatures>;

struct Sheet {
  std::vector<Block> blocks;
};

}  // namespace tuixuan::forms
