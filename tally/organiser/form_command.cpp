#include "tally/organiser/form_command.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "crypto/codes/organiser.h"
#include "hardware/devices/durable_file.h"
#include "server/board/stage_forms.h"
#include "tally/scheme/enum_names.h"

namespace tuixuan::organiser {

namespace {

using election::State;
using tally::FormKind;

Result<FormKind> kind_of(const std::string& text) {
  for (const auto& [value, name] : scheme::kFormKinds)
    if (text == name) return value;
  return fail(code::form::kind, "there is no form '" + text + "'");
}

// What was asked for; of all, those of the scheme's list (every one where it names none) that have their data.
Result<std::vector<FormKind>> wanted(const FormOptions& o, const forms::FormData& data) {
  std::vector<FormKind> kinds;
  if (o.kinds != std::vector<std::string>{"all"}) {
    for (const std::string& text : o.kinds) {
      TUIXUAN_TRY(kind, kind_of(text));
      kinds.push_back(kind);
    }
    return kinds;
  }
  for (const FormKind kind : board::listed_forms(data.scheme)) {
    if (forms::can_make(kind, data)) {
      kinds.push_back(kind);
    } else {
      std::printf("没有所需数据，略去 / left out, its data is not on the log: %s\n", board::form_name(kind).c_str());
    }
  }
  return kinds;
}

// From an earlier run of this command on the same log.
bool is_there(const std::string& file, ByteView bytes) {
  const auto kept = devices::read_all(file, std::size_t{64} << 20U, false, code::form::file);
  return kept && equal(*kept, bytes);
}

}  // namespace

Result<void> form(const FormOptions& o) {
  if (o.file.empty() == o.dir.empty()) return fail(code::form::file, "give either --file or --dir");
  TUIXUAN_TRY(congress, join_congress(o.congress));
  TUIXUAN_CHECK(congress->sync());
  const State& state = congress->state();
  const auto strokes = tally::StrokeTable::load();
  TUIXUAN_TRY(data, board::form_data(state, StageId{o.stage}, strokes ? &*strokes : nullptr));
  data.date = o.date;
  data.english = !o.chinese_only;
  if (data.notice && !o.contact.empty()) data.notice->contact = o.contact;
  if (data.notice) data.notice->issuer = o.issuer;
  TUIXUAN_TRY(kinds, wanted(o, data));
  if (kinds.size() != 1 && !o.file.empty()) return fail(code::form::file, "several forms go into a folder: --dir");
  std::error_code error;
  if (!o.dir.empty()) std::filesystem::create_directories(o.dir, error);
  if (error) return fail(code::form::file, o.dir + " cannot be made: " + error.message());
  for (const FormKind kind : kinds) {
    data.fingerprint = board::form_fingerprint(kind, data, state);
    TUIXUAN_TRY(bytes, board::make_form(kind, data, o.format));
    const std::string file =
        o.file.empty() ? o.dir + "/" + o.stage + "-" + board::form_name(kind) + "." + o.format : o.file;
    if (!o.dir.empty() && is_there(file, bytes)) {
      std::printf("已有，未变 / there already, the same: %s\n", file.c_str());
      continue;
    }
    TUIXUAN_CHECK(devices::write_new(file, bytes, code::form::file));
    const tally::Text title = forms::title_of(kind, data.report ? data.report->kind : tally::Kind::election);
    std::printf("%s：%s\n%s: %s\n", title.zh.c_str(), file.c_str(), title.en.c_str(), file.c_str());
  }
  return {};
}

}  // namespace tuixuan::organiser
