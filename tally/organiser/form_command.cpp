#include "tally/organiser/form_command.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "hardware/devices/durable_file.h"
#include "tally/forms/forms.h"
#include "tally/scheme/attendance_file.h"
#include "tally/scheme/beijing_time.h"
#include "tally/scheme/enum_names.h"

namespace tuixuan::organiser {

namespace {

using election::State;
using tally::FormKind;

std::string name_of(FormKind kind) {
  for (const auto& [value, name] : scheme::kFormKinds)
    if (value == kind) return name;
  bug("a form without a name");
}

Result<FormKind> kind_of(const std::string& text) {
  for (const auto& [value, name] : scheme::kFormKinds)
    if (text == name) return value;
  return fail("form.kind", "there is no form '" + text + "'");
}

// The day in Beijing.
std::string day_of(std::uint32_t minutes) { return scheme::beijing_time(minutes).substr(0, 10); }

const tally::Stage& forms_stage(const forms::FormData& data) {
  for (const tally::Stage& plan : data.scheme.stages)
    if (plan.id == data.stage) return plan;
  bug("a stage of the log that is not in its scheme");
}

// The papers of a sealed vote: a slip is drawn, issued, or voided and replaced; each ballot cast is one voter.
tally::Attendance attendance_of(const election::StageState& stage) {
  tally::Attendance a = *stage.attendance;
  if (!stage.close) return a;
  for (const election::BoxAccount& b : stage.close->boxes)
    a.boxes.push_back(
        {b.box, b.checked_in, b.issued + b.voided + b.unused, b.issued, b.voided, b.unused, b.cast, b.cast});
  return a;
}

Result<void> add_proposal(forms::FormData& data, const State& state) {
  for (const tally::Combination& c : data.scheme.combinations) {
    const auto found = state.proposals.find(c.id);
    const auto& mine = forms_stage(data).contests;
    const bool here = std::any_of(c.sources.begin(), c.sources.end(), [&](const auto& s) {
      return std::find(mine.begin(), mine.end(), s.contest) != mine.end();
    });
    if (found == state.proposals.end() || !here) continue;
    data.proposal = scheme::ProposalFile{data.scheme.congress.id, data.scheme.rehearsal, found->second};
  }
  if (!data.proposal) return {};
  for (const auto& [id, other] : state.stages)
    if (!other.report.empty()) {
      TUIXUAN_TRY(report, scheme::parse_report(other.report));
      data.sources.push_back(report);
    }
  return {};
}

void add_notice(forms::FormData& data, const State& state, const FormOptions& o) {
  const tally::Stage& plan = forms_stage(data);
  for (const auto& [index, posted] : state.notices) {  // the last one stands
    if (posted.stage != data.stage) continue;
    forms::Notice n;
    n.title = {"关于" + plan.title.zh + "候选人的公示", "Candidates: " + plan.title.en};
    n.text = "经上级党组织批准，现将候选人名单予以公示。";
    n.from = day_of(posted.from);
    n.to = day_of(posted.until);
    n.contact = o.contact.empty() ? posted.address : o.contact;
    n.issuer = o.issuer;
    for (const ContestId& id : plan.contests)
      for (const tally::Contest& contest : data.scheme.contests)
        if (contest.id == id)
          for (const tally::Candidate& c : contest.candidates)
            n.persons.push_back({c.name, contest.title.zh + "候选人" + (c.note.empty() ? "" : "；" + c.note)});
    data.notice = std::move(n);
  }
}

Result<forms::FormData> data_of(const State& state, const FormOptions& o, const tally::StrokeTable* strokes) {
  forms::FormData data;
  data.stage = StageId{o.stage};
  const election::StageState* stage = state.stage(data.stage);
  if (!state.scheme || stage == nullptr) return fail("step.stage", "there is no stage " + o.stage);
  data.scheme = *state.scheme;
  data.date = o.date;
  data.english = !o.chinese_only;
  data.strokes = strokes;
  if (stage->attendance) data.attendance = attendance_of(*stage);
  if (!stage->report.empty()) {
    TUIXUAN_TRY(report, scheme::parse_report(stage->report));
    data.report = report;
  }
  TUIXUAN_CHECK(add_proposal(data, state));
  add_notice(data, state, o);
  return data;
}

// Of the file that the figures come from, as it can be had from the record.
Sha256 fingerprint_of(FormKind kind, const forms::FormData& data, const State& state) {
  if ((kind == FormKind::attendance || kind == FormKind::papers) && data.attendance)
    return primitives::sha256(scheme::write_attendance(*data.attendance));
  if (kind == FormKind::recommendation && data.proposal)
    return primitives::sha256(scheme::write_proposal(*data.proposal));
  const Bytes& report = state.stage(data.stage)->report;
  return primitives::sha256(kind == FormKind::notice || report.empty() ? state.scheme_file : report);
}

Result<Bytes> made(FormKind kind, const forms::FormData& data, const std::string& format) {
  if (format == "csv") return forms::make_csv(kind, data);
  if (format == "json") return forms::make_json(kind, data);
  return forms::make(kind, data);
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
  for (const auto& [kind, name] : scheme::kFormKinds) {
    const auto& listed = data.scheme.forms;
    if (!listed.empty() && std::find(listed.begin(), listed.end(), kind) == listed.end()) continue;
    if (forms::can_make(kind, data)) {
      kinds.push_back(kind);
    } else {
      std::printf("没有所需数据，略去 / left out, its data is not on the log: %s\n", name);
    }
  }
  return kinds;
}

}  // namespace

Result<void> form(const FormOptions& o) {
  if (o.file.empty() == o.dir.empty()) return fail("form.file", "give either --file or --dir");
  TUIXUAN_TRY(congress, join_congress(o.card));
  TUIXUAN_CHECK(congress->sync());
  const State& state = congress->state();
  const auto strokes = tally::StrokeTable::load();
  TUIXUAN_TRY(data, data_of(state, o, strokes ? &*strokes : nullptr));
  TUIXUAN_TRY(kinds, wanted(o, data));
  if (kinds.size() != 1 && !o.file.empty()) return fail("form.file", "several forms go into a folder: --dir");
  std::error_code error;
  if (!o.dir.empty()) std::filesystem::create_directories(o.dir, error);
  if (error) return fail("form.file", o.dir + " cannot be made: " + error.message());
  for (const FormKind kind : kinds) {
    data.fingerprint = fingerprint_of(kind, data, state);
    TUIXUAN_TRY(bytes, made(kind, data, o.format));
    const std::string file = o.file.empty() ? o.dir + "/" + o.stage + "-" + name_of(kind) + "." + o.format : o.file;
    TUIXUAN_CHECK(devices::write_new(file, bytes, "form.file"));
    const tally::Text title = forms::title_of(kind, data.report ? data.report->kind : tally::Kind::election);
    std::printf("%s：%s\n%s: %s\n", title.zh.c_str(), file.c_str(), title.en.c_str(), file.c_str());
  }
  return {};
}

}  // namespace tuixuan::organiser
