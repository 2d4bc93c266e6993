// One workbook of two sheets as libxlsxwriter writes it: what is to be filled in, and what it means.
#pragma once

#include <string>
#include <vector>

#include "crypto/base/bytes.h"

namespace tuixuan::templates {

struct TemplateColumn {
  std::string heading;
  std::string meaning_zh;
  std::string meaning_en;
  double width = 12;                 // of characters
  bool text = false;                 // a column whose numbers must not be rounded
  std::vector<std::string> choices;  // what may stand there; empty: anything
};

struct Template {
  std::string title_zh;
  std::string title_en;
  std::vector<TemplateColumn> columns;
  std::vector<std::vector<std::string>> rows;  // filled in already
  std::vector<std::string> notes;              // Chinese / English, below the explanations
};

// Error "templates.file".
[[nodiscard]] Result<Bytes> write_workbook(const Template&);

}  // namespace tuixuan::templates
