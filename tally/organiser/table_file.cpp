#include "tally/organiser/table_file.h"

#include <cstdio>
#include <memory>

#include "crypto/codes/documents.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::organiser {

Result<paper::Source> file_source(const std::string& name) {
  std::shared_ptr<std::FILE> file(std::fopen(name.c_str(), "rbe"), [](std::FILE* f) {
    if (f != nullptr) std::fclose(f);
  });
  if (file == nullptr) return devices::system_error(code::count::file, name);
  return paper::Source([file, name](std::span<char> to) -> Result<std::size_t> {
    const std::size_t n = std::fread(to.data(), 1, to.size(), file.get());
    if (n == 0 && std::ferror(file.get()) != 0) return devices::system_error(code::count::file, name);
    return n;
  });
}

Result<tally::Stage> stage_of(const tally::Scheme& scheme, const std::string& name) {
  if (name.empty() && scheme.stages.size() == 1) return scheme.stages[0];
  std::string all;
  for (const tally::Stage& s : scheme.stages) {
    if (s.id.name == name) return s;
    all += " " + s.id.name;
  }
  return fail(code::count::stage, "请用 --stage 指明环节 / name the stage with --stage:" + all);
}

}  // namespace tuixuan::organiser
