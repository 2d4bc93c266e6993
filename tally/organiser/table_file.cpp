#include "tally/organiser/table_file.h"

#include <cstdio>
#include <memory>

#include "crypto/codes/documents.h"
#include "hardware/devices/durable_file.h"
#include "tally/table/workbook.h"

namespace tuixuan::organiser {

Result<table::Source> file_source(const std::string& name) {
  std::shared_ptr<std::FILE> file(std::fopen(name.c_str(), "rbe"), [](std::FILE* f) {
    if (f != nullptr) std::fclose(f);
  });
  if (file == nullptr) return devices::system_error(code::count::file, name);
  return table::Source([file, name](std::span<char> to) -> Result<std::size_t> {
    const std::size_t n = std::fread(to.data(), 1, to.size(), file.get());
    if (n == 0 && std::ferror(file.get()) != 0) return devices::system_error(code::count::file, name);
    return n;
  });
}

static std::pair<std::string, std::string> split_sheet(const std::string& name) {
  static constexpr std::string_view kEnding = ".xlsx";
  const auto hash = name.rfind(std::string(kEnding) + "#");
  if (hash == std::string::npos) return {name, ""};
  return {name.substr(0, hash + kEnding.size()), name.substr(hash + kEnding.size() + 1)};
}

std::string file_of(const std::string& name) { return split_sheet(name).first; }

Result<table::Table> open_table(const std::string& name) {
  const auto [file, sheet] = split_sheet(name);
  TUIXUAN_TRY(source, file_source(file));
  return table::Table(std::move(source), sheet);
}

Result<void> with_table(const std::string& name, const std::function<Result<void>(table::Table&)>& read,
                        Report report) {
  TUIXUAN_TRY(rows, open_table(name));
  if (auto done = read(rows); !done) return fail_at(name, done.error());
  if (report == Report::shown) std::fprintf(stderr, "%s\n%s", name.c_str(), table::to_text(rows.reading()).c_str());
  return {};
}

Result<bool> is_workbook_file(const std::string& name) {
  TUIXUAN_TRY(source, file_source(split_sheet(name).first));
  std::string first(16, '\0');
  TUIXUAN_TRY(n, source(first));
  return table::is_workbook(std::string_view(first).substr(0, n));
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
