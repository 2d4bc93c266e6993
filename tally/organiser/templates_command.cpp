#include "tally/organiser/templates_command.h"

#include <filesystem>

#include "crypto/codes/documents.h"
#include "crypto/codes/organiser.h"
#include "hardware/devices/durable_file.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/scheme/scheme_file.h"
#include "tally/templates/templates.h"

namespace tuixuan::organiser {

using Files = std::vector<std::pair<std::string, Bytes>>;

static constexpr std::size_t kMaxScheme = std::size_t{4} << 20U;
static constexpr Code kCheck = code::templates::file;

static Result<void> add_stage_files(const tally::Scheme& scheme, const tally::Stage& stage, Files& out) {
  const std::string ending = scheme.stages.size() > 1 ? "-" + stage.id.name + ".xlsx" : ".xlsx";
  TUIXUAN_TRY(roll, templates::roll(&scheme, &stage));
  out.emplace_back("名册" + ending, std::move(roll));
  TUIXUAN_TRY(attendance, templates::attendance(scheme, stage));
  out.emplace_back("到会情况" + ending, std::move(attendance));
  TUIXUAN_TRY(ballots, templates::ballots(scheme, stage));
  out.emplace_back("选票录入" + ending, std::move(ballots));
  return {};
}

static Result<Files> make_files(const TemplatesOptions& o) {
  Files out;
  if (o.scheme.empty()) {
    TUIXUAN_TRY(roll, templates::roll(nullptr, nullptr));
    out.emplace_back("名册.xlsx", std::move(roll));
  } else {
    TUIXUAN_TRY(bytes, devices::read_all(o.scheme, kMaxScheme, false, kCheck));
    const auto parsed = scheme::parse_scheme(bytes, scheme::Use::paper);
    if (!parsed.scheme || scheme::refuses(parsed.faults)) {
      show_faults(parsed.faults);
      return fail(code::scheme::file, o.scheme + " 有上述问题 / has the faults above");
    }
    if (o.stage.empty()) {
      for (const tally::Stage& stage : parsed.scheme->stages)
        TUIXUAN_CHECK(add_stage_files(*parsed.scheme, stage, out));
    } else {
      TUIXUAN_TRY(stage, stage_of(*parsed.scheme, o.stage));
      TUIXUAN_CHECK(add_stage_files(*parsed.scheme, stage, out));
    }
  }
  TUIXUAN_TRY(points, templates::points());
  out.emplace_back("分数.xlsx", std::move(points));
  return out;
}

Result<void> write_templates(const TemplatesOptions& o) {
  TUIXUAN_TRY(files, make_files(o));
  std::error_code error;
  if (!std::filesystem::create_directory(o.folder, error))
    return fail(kCheck, o.folder + " 已有或不能新建 / is there already, or cannot be made");
  for (const auto& [name, bytes] : files) {
    const std::filesystem::path path = std::filesystem::path(o.folder) / name;
    if (const auto written = devices::write_new(path, bytes, kCheck); !written) {
      std::filesystem::remove_all(o.folder, error);
      return written;
    }
    say("已写入 " + path.string(), "  written");
  }
  return {};
}

void add_templates_command(CLI::App& app, std::function<Result<void>()>& chosen) {
  const auto o = std::make_shared<TemplatesOptions>();
  CLI::App* c = app.add_subcommand(
      "templates",
      "待填的表格：名册、到会情况、选票录入、分数 / workbooks (XLSX) to fill in and give to the other commands");
  c->callback([&chosen, o] { chosen = [o] { return write_templates(*o); }; });
  c->add_option("folder", o->folder, "新文件夹 / new folder")->required();
  c->add_option("--scheme", o->scheme, "选举办法；到会情况和选票录入需要它 / scheme file, for ballots and attendance");
  c->add_option("--stage", o->stage, "只要这个环节的 / only of this stage");
}

}  // namespace tuixuan::organiser
