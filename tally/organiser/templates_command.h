// `tuixuan templates DIR`: workbooks to fill in, for the roll, the numbers of a meeting, the ballots and the points.
#pragma once

#include <CLI/CLI.hpp>

#include "crypto/base/result.h"

namespace tuixuan::organiser {

struct TemplatesOptions {
  std::string folder;  // new
  std::string scheme;  // for those that need one
  std::string stage;   // empty: every stage
};
// All or nothing. Errors: "templates.file", "scheme.file", "count.stage".
[[nodiscard]] Result<void> write_templates(const TemplatesOptions&);

void add_templates_command(CLI::App& app, std::function<Result<void>()>& chosen);

}  // namespace tuixuan::organiser
