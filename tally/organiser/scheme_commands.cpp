#include "tally/organiser/scheme_commands.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <ctime>
#include <sstream>

#include "crypto/codes/documents.h"
#include "crypto/protocol/slip.h"
#include "hardware/devices/durable_file.h"
#include "tally/ballot/label.h"
#include "tally/election/digests.h"
#include "tally/forms/ballot_paper.h"
#include "tally/names/names.h"
#include "tally/organiser/table_file.h"
#include "tally/organiser/tell.h"
#include "tally/paper/lists.h"
#include "tally/profiles/advice.h"
#include "tally/scheme/ballot_text.h"
#include "tally/table/decode.h"
#include "tally/table/fold.h"

namespace tuixuan::organiser {

namespace {

using profiles::OfContest;
using tally::StrokeTable;

constexpr std::size_t kMaxScheme = std::size_t{4} << 20U;
constexpr std::size_t kMaxNames = std::size_t{1} << 20U;

std::optional<StrokeTable> strokes() {
  auto table = StrokeTable::load();
  if (!table) return std::nullopt;
  return std::move(*table);
}

// "CONTEST=REST" or "REST".
OfContest<std::string> of_contest(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || !is_short_name(text.substr(0, equals))) return {"", text};
  return {text.substr(0, equals), text.substr(equals + 1)};
}

Result<void> add_candidate(const std::string& text, profiles::Request& r) {
  const OfContest<std::string> given = of_contest(text);
  TUIXUAN_TRY(person, tally::read_candidate(given.value));
  r.candidates.push_back({given.contest, person});
  return {};
}

Result<void> add_names_table(const std::string& file, profiles::Request& r) {
  return with_table(file, [&](table::Table& rows) -> Result<void> {
    TUIXUAN_TRY(names, paper::read_names(rows));
    for (const paper::NamedRow& n : names) r.candidates.push_back({n.contest, {n.name, n.note}});
    return {};
  });
}

// A table with 姓名 in its heading, or names line by line; in any encoding.
Result<void> add_names_file(const std::string& file, profiles::Request& r) {
  TUIXUAN_TRY(workbook, is_workbook_file(file));
  if (workbook) return add_names_table(file, r);
  TUIXUAN_TRY(bytes, devices::read_all(file, kMaxNames, false, code::scheme::names));
  auto text = table::decode_text(bytes);
  if (!text) return fail_at(file, text.error());
  std::istringstream lines(*text);
  std::vector<std::pair<std::size_t, std::string>> names;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    line = table::tidy_cell(line);
    if (line.empty() || line.starts_with('#')) continue;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');)
      if (table::fold_heading(cell) == "姓名" || table::fold_heading(cell) == "候选人") return add_names_table(file, r);
    names.emplace_back(number, line);
  }
  for (const auto& [at, line] : names)
    if (const auto added = add_candidate(line, r); !added)
      return fail(code::scheme::names,
                  file + "，第 " + std::to_string(at) + " 行 / line " + std::to_string(at) + ": " + added.error().what);
  return {};
}

Result<void> add_seats(const std::string& text, profiles::Request& r) {
  const OfContest<std::string> given = of_contest(text);
  std::uint32_t n = 0;
  const char* end = given.value.data() + given.value.size();
  const auto read = std::from_chars(given.value.data(), end, n);
  if (read.ec != std::errc() || read.ptr != end || n < 1 || n > 250)
    return fail(code::scheme::new_, "--seats " + text + ": 1 to 250, or CONTEST=1 to 250");
  r.seats.push_back({given.contest, n});
  return {};
}

Result<void> add_box(const std::string& text, profiles::Request& r) {
  const auto equals = text.find('=');
  const auto slash = text.find('/');
  const bool chamber = slash != std::string::npos && slash < equals;
  const std::size_t begin = chamber ? slash + 1 : 0;
  tally::Box box;
  if (chamber) box.chamber.name = text.substr(0, slash);
  box.id.name = text.substr(begin, equals - begin);
  if (equals == std::string::npos || !is_short_name(box.id.name))
    return fail(code::scheme::new_, "--box " + text + ": ID=TITLE or CHAMBER/ID=TITLE, the id of letters and digits");
  box.title.zh = text.substr(equals + 1);
  r.boxes.push_back(box);
  return {};
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  char out[11] = {};
  std::tm local{};
  std::strftime(out, sizeof out, "%Y-%m-%d", localtime_r(&now, &local));
  return out;
}

Result<profiles::Request> read_request(const NewSchemeOptions& o) {
  profiles::Request r;
  r.id = o.id;
  r.date = o.date.empty() ? today() : o.date;
  r.title = {o.title, o.title_en};
  r.body = {o.body, o.body_en};
  r.term = {o.term, o.term_en};
  r.place = {o.place, o.place_en};
  r.rehearsal = o.rehearsal;
  r.kiosks = o.kiosks;
  r.supervisors = o.supervisors;
  r.trustees = o.trustees;
  r.threshold = o.threshold;
  r.manual_reason = o.manual_reason;
  for (const std::string& text : o.seats) TUIXUAN_CHECK(add_seats(text, r));
  for (const std::string& text : o.boxes) TUIXUAN_CHECK(add_box(text, r));
  for (const std::string& text : o.candidates) TUIXUAN_CHECK(add_candidate(text, r));
  if (!o.names_file.empty()) TUIXUAN_CHECK(add_names_file(o.names_file, r));
  for (const std::string& text : o.contest_titles) {
    const OfContest<std::string> given = of_contest(text);
    r.titles.push_back({given.contest, tally::Text{given.value, ""}});
  }
  for (const std::string& text : o.eligible) {
    TUIXUAN_TRY(person, tally::read_candidate(text));
    r.eligible.push_back(person);
  }
  return r;
}

void list_profiles() {
  for (const profiles::Profile& p : profiles::all_profiles()) {
    std::printf("%s\n  %s  %s\n  %s\n  %s\n", p.name.c_str(), p.title.zh.c_str(), p.title.en.c_str(),
                p.about.zh.c_str(), p.about.en.c_str());
    for (const tally::Contest& c : p.scheme.contests)
      std::printf("    %s: %s  %s\n", c.id.name.c_str(), c.title.zh.c_str(), c.title.en.c_str());
    std::printf("\n");
  }
}

void show_order(const tally::Contest& c, const StrokeTable& table) {
  if (c.candidates.empty() || c.order != tally::NameOrder::strokes || profiles::is_unfilled(c.candidates.front().name))
    return;
  say(c.title.zh + "：按姓氏笔画排列（笔画数，笔顺：横1 竖2 撇3 点4 折5）",
      "  " + c.title.in("en") + ": by strokes of the surname (number, then classes 1 to 5)");
  std::size_t number = 0;
  for (const tally::Candidate& person : c.candidates)
    std::printf("  %2zu  %s  %s\n", ++number, person.name.c_str(), table.explain(person.name).c_str());
}

std::size_t terminal_columns() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

Result<void> new_scheme(const NewSchemeOptions& o) {
  if (o.list) {
    list_profiles();
    return {};
  }
  const profiles::Profile* profile = profiles::find_profile(o.profile);
  if (profile == nullptr)
    return fail(code::scheme::new_,
                "没有模板“" + o.profile + "”，请用 scheme new --list 查看 / there is no profile of this name");
  if (o.out.empty()) return fail(code::scheme::new_, "请用 --out 写明要生成的文件 / --out names the file to write");
  const std::optional<StrokeTable> table = strokes();
  TUIXUAN_TRY(request, read_request(o));
  TUIXUAN_TRY(made, profiles::make_scheme(*profile, request, table ? &*table : nullptr));
  const Bytes file = scheme::write_scheme(made.scheme);
  TUIXUAN_CHECK(devices::write_new(o.out, file, code::scheme::out));
  if (table)
    for (const tally::Contest& c : made.scheme.contests) show_order(c, *table);
  for (const std::string& character : made.unknown)
    say("字典中没有“" + character + "”的笔画，请人工核对其位置",
        "  the strokes of \"" + character + "\" are not known; check its place");
  for (const tally::Text& left : made.left_out) say(left.zh, left.en);
  const scheme::Use use = made.scheme.kiosks.empty() ? scheme::Use::paper : scheme::Use::sealed;
  show_faults(profiles::check_file(file, use, table ? &*table : nullptr).faults);
  say("已写入 " + o.out + "；修改后请用 tuixuan scheme check" + (use == scheme::Use::paper ? " --paper" : "") + " 检查",
      "written; check it after each change");
  return {};
}

Result<Bytes> read_checked_scheme(const std::string& file, scheme::Use use) {
  TUIXUAN_TRY(bytes, devices::read_all(file, kMaxScheme, false, code::scheme::file));
  const std::optional<StrokeTable> table = strokes();
  if (show_faults(profiles::check_file(bytes, use, table ? &*table : nullptr).faults))
    return fail(code::scheme::file,
                file + " 有错，见上，改正后再用 / cannot be used as it is: put right the errors above");
  return bytes;
}

Result<void> check_scheme(const std::string& file, scheme::Use use) {
  TUIXUAN_TRY(bytes, read_checked_scheme(file, use));
  say("选举办法可用：" + scheme::parse_scheme(bytes, use).scheme->congress.title.zh, "the scheme can be used");
  std::printf("  %s\n", election::spoken_digest(protocol::draft_digest(bytes)).c_str());
  return {};
}

Result<void> show_scheme(const ShowOptions& o) {
  TUIXUAN_TRY(bytes, devices::read_all(o.file, kMaxScheme, false, code::scheme::file));
  const scheme::Parsed parsed = scheme::parse_scheme(bytes, scheme::Use::paper);
  if (!parsed.scheme) {
    show_faults(parsed.faults);
    return fail(code::scheme::file, o.file + " 有错，见上 / has the errors above");
  }
  const tally::Scheme& s = *parsed.scheme;
  const std::size_t columns = o.columns > 0 ? o.columns : terminal_columns();
  std::size_t shown = 0;
  for (const tally::Stage& stage : s.stages) {
    if (!o.stage.empty() && stage.id.name != o.stage) continue;
    std::printf("%s%s", shown++ > 0 ? "\n" : "", scheme::stage_text(s, stage, o.language, columns).c_str());
  }
  if (shown == 0) return fail(code::scheme::show, "没有环节“" + o.stage + "” / the scheme has no such stage");
  if (o.pdf.empty()) return {};
  if (o.stage.empty() && s.stages.size() > 1)
    return fail(code::scheme::show,
                "有多个环节，请用 --stage 指明打印哪一个 / several stages: choose one with --stage");
  TUIXUAN_TRY(
      pdf, forms::print_ballot_papers(s, o.stage.empty() ? s.stages.front().id : StageId{o.stage}, o.language == "en"));
  return devices::write_new(o.pdf, pdf, code::scheme::pdf);
}

}  // namespace tuixuan::organiser
