#include "server/board/stage_forms.h"

#include <algorithm>

#include "crypto/codes/organiser.h"
#include "tally/scheme/attendance_file.h"
#include "tally/scheme/beijing_time.h"
#include "tally/scheme/enum_names.h"

namespace tuixuan::board {

using election::State;
using forms::FormData;
using tally::FormKind;

namespace {

// The day in Beijing.
std::string day_of(std::uint32_t minutes) { return scheme::beijing_time(minutes).substr(0, 10); }

const tally::Stage& plan_of(const FormData& data) {
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

Result<void> add_proposal(FormData& data, const State& state) {
  for (const tally::Combination& c : data.scheme.combinations) {
    const auto found = state.proposals.find(c.id);
    const auto& mine = plan_of(data).contests;
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

void add_notice(FormData& data, const State& state) {
  const tally::Stage& plan = plan_of(data);
  for (const auto& [index, posted] : state.notices) {  // the last one stands
    if (posted.stage != data.stage) continue;
    forms::Notice n;
    n.title = {"关于" + plan.title.zh + "候选人的公示", "Candidates: " + plan.title.en};
    n.text = "经上级党组织批准，现将候选人名单予以公示。";
    n.from = day_of(posted.from);
    n.to = day_of(posted.until);
    n.contact = posted.address;
    for (const ContestId& id : plan.contests)
      if (const tally::Contest* contest = data.scheme.contest(id))
        for (const tally::Candidate& c : contest->candidates)
          n.persons.push_back({c.name, contest->title.zh + "候选人" + (c.note.empty() ? "" : "；" + c.note)});
    data.notice = std::move(n);
  }
}

std::string_view media_type(std::string_view format) {
  if (format == "csv") return "text/csv; charset=utf-8";
  return format == "json" ? "application/json" : "application/pdf";
}

}  // namespace

Result<FormData> form_data(const State& state, const StageId& id, const tally::StrokeTable* strokes) {
  FormData data;
  data.stage = id;
  const election::StageState* stage = state.stage(id);
  if (!state.plan || stage == nullptr) return fail(code::step::stage, "there is no stage " + id.name);
  data.scheme = *state.plan;
  data.strokes = strokes;
  if (stage->attendance) data.attendance = attendance_of(*stage);
  if (!stage->report.empty()) {
    TUIXUAN_TRY(report, scheme::parse_report(stage->report));
    data.report = report;
  }
  TUIXUAN_CHECK(add_proposal(data, state));
  add_notice(data, state);
  return data;
}

Sha256 form_fingerprint(FormKind kind, const FormData& data, const State& state) {
  if ((kind == FormKind::attendance || kind == FormKind::papers) && data.attendance)
    return primitives::sha256(scheme::write_attendance(*data.attendance));
  if (kind == FormKind::recommendation && data.proposal)
    return primitives::sha256(scheme::write_proposal(*data.proposal));
  const Bytes& report = state.stage(data.stage)->report;
  return primitives::sha256(kind == FormKind::notice || report.empty() ? state.scheme_file : report);
}

std::vector<FormKind> listed_forms(const tally::Scheme& scheme) {
  std::vector<FormKind> out;
  for (const auto& [kind, name] : scheme::kFormKinds)
    if (scheme.forms.empty() || std::find(scheme.forms.begin(), scheme.forms.end(), kind) != scheme.forms.end())
      out.push_back(kind);
  return out;
}

std::string form_name(FormKind kind) {
  for (const auto& [value, name] : scheme::kFormKinds)
    if (value == kind) return name;
  bug("a form without a name");
}

Result<Bytes> make_form(FormKind kind, const FormData& data, std::string_view format) {
  if (format == "csv") return forms::make_csv(kind, data);
  if (format == "json") return forms::make_json(kind, data);
  return forms::make(kind, data);
}

Result<File> FormAsked::make() const {
  TUIXUAN_TRY(bytes, make_form(kind, data, format));
  return File{std::string(media_type(format)), std::string(as_text(bytes)), false};
}

std::vector<FormKind> forms_at_hand(const Site& site, const StageId& stage) {
  std::vector<FormKind> out;
  if (!site.state.plan) return out;
  const auto data = form_data(site.state, stage, site.strokes);
  if (!data) return out;
  for (const FormKind kind : listed_forms(*site.state.plan))
    if (forms::can_make(kind, *data)) out.push_back(kind);
  return out;
}

std::optional<FormAsked> find_form(const Site& site, std::string_view path) {
  constexpr std::string_view kStage = "stage/";
  constexpr std::string_view kForms = "/forms/";
  const std::size_t folder = path.find(kForms);
  if (!site.state.plan || !path.starts_with(kStage) || folder == std::string_view::npos) return std::nullopt;
  const std::string_view file = path.substr(folder + kForms.size());
  for (const FormKind kind : listed_forms(*site.state.plan))
    for (const std::string_view format : kFormFormats) {
      if (file != form_name(kind) + "." + std::string(format)) continue;
      const StageId stage{std::string(path.substr(kStage.size(), folder - kStage.size()))};
      auto data = form_data(site.state, stage, site.strokes);
      if (!data || !forms::can_make(kind, *data)) return std::nullopt;
      data->fingerprint = form_fingerprint(kind, *data, site.state);
      return FormAsked{kind, std::string(format), std::move(*data)};
    }
  return std::nullopt;
}

}  // namespace tuixuan::board
