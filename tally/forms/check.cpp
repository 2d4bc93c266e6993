#include <algorithm>

#include "crypto/codes/organiser.h"
#include "tally/forms/build.h"

namespace tuixuan::forms {
namespace {

using tally::ContestResult;
using tally::FormKind;
using tally::Kind;
using tally::PersonResult;

Result<void> check_person(const tally::Contest& contest, const PersonResult& person, std::size_t place) {
  const std::string& id = contest.id.name;
  const bool printed = place < contest.candidates.size();
  if (person.number != (printed ? place + 1 : 0) || (printed && person.name != contest.candidates[place].name))
    return fail(code::form::report, id + ": the persons are not the candidates in their order");
  if (person.items.size() != (contest.rating ? contest.rating->items.size() : 0) || person.score.den == 0)
    return fail(code::form::report, id + ": the grades do not belong to this contest");
  for (const tally::ItemResult& item : person.items)
    if (item.grades.size() != contest.rating->grades.size() || item.score.den == 0)
      return fail(code::form::report, id + ": the grades do not belong to this contest");
  return {};
}

Result<void> check_result(const tally::Scheme& scheme, const ContestResult& result) {
  const tally::Contest* contest = scheme.contest(result.contest);
  if (contest == nullptr) return fail(code::form::report, "the scheme has no contest " + result.contest.name);
  if (result.persons.size() < contest->candidates.size())
    return fail(code::form::report, result.contest.name + ": candidates are missing");
  for (std::size_t i = 0; i < result.persons.size(); ++i) TUIXUAN_CHECK(check_person(*contest, result.persons[i], i));
  return {};
}

Result<void> check_report(const tally::Scheme& scheme, const scheme::Report& report) {
  const tally::Stage* stage = scheme.stage(report.stage);
  if (report.congress != scheme.congress.id || stage == nullptr)
    return fail(code::form::report,
                "the report of " + report.congress + ", stage " + report.stage.name + " is not of this scheme");
  if (report.rehearsal != scheme.rehearsal || report.kind != stage->kind)
    return fail(code::form::report, "the report and the scheme are not of one kind");
  for (const ContestResult& result : report.contests) TUIXUAN_CHECK(check_result(scheme, result));
  return {};
}

Result<void> check_proposal(const FormData& data) {
  const scheme::ProposalFile& proposal = *data.proposal;
  const tally::Combination* found = data.scheme.combination(proposal.result.combination);
  if (proposal.congress != data.scheme.congress.id || found == nullptr || proposal.rehearsal != data.scheme.rehearsal)
    return fail(code::form::report, "the proposal is not of this scheme");
  for (const tally::CombinedPerson& person : proposal.result.persons) {
    if (person.sources.size() != found->sources.size() || person.score.den == 0)
      return fail(code::form::report, "the proposal has other sources than the scheme");
    for (const tally::InSource& source : person.sources)
      if (source.rate.den == 0) return fail(code::form::report, "the proposal has a rate that is none");
  }
  for (const tally::Source& source : found->sources)
    if (std::none_of(data.sources.begin(), data.sources.end(),
                     [&](const auto& r) { return find_result(r, source.contest) != nullptr; }))
      return fail(code::form::data, "no report given of " + source.contest.name + ", a source of the proposal");
  return {};
}

Result<void> check_outcome(const FormData& data) {
  if (data.outcome->congress != data.scheme.congress.id || data.outcome->rehearsal != data.scheme.rehearsal)
    return fail(code::form::report, "the outcome is not of this scheme");
  for (const scheme::Office& office : data.outcome->offices)
    if (data.scheme.contest(office.contest) == nullptr)
      return fail(code::form::report, "the scheme has no contest " + office.contest.name);
  return {};
}

bool is_votes(Kind kind) { return kind == Kind::election || kind == Kind::preelection; }

std::string missing(FormKind kind, const FormData& data) {
  const bool report = data.report.has_value();
  switch (kind) {
    case FormKind::attendance:
      return data.attendance ? "" : "the attendance";
    case FormKind::papers:
      return data.attendance && !data.attendance->boxes.empty() ? "" : "the papers of the boxes";
    case FormKind::tally_sheet:
      return report || !data.groups.empty() ? "" : "the groups or the report";
    case FormKind::tally_summary:
      return report && !data.groups.empty() ? "" : "the groups and the report";
    case FormKind::invalid:
    case FormKind::report:
      return report ? "" : "the report";
    case FormKind::elected:
      return data.outcome || (report && is_votes(data.report->kind)) ? "" : "the report of an election, or the outcome";
    case FormKind::decision:
      return report && data.report->kind == Kind::decision ? "" : "the report of a decision";
    case FormKind::rating:
      return report && data.report->kind == Kind::rating ? "" : "the report of a rating";
    case FormKind::recommendation:
      return data.proposal || (report && data.report->kind == Kind::recommendation) ? "" : "a recommendation";
    case FormKind::notice:
      return data.notice && !data.notice->persons.empty() ? "" : "the notice and its persons";
  }
  bug("no such form");
}

}  // namespace

Result<void> check_data(FormKind kind, const FormData& data) {
  if (const std::string what = missing(kind, data); !what.empty())
    return fail(code::form::data, "this form needs " + what);
  const tally::Scheme& scheme = data.scheme;
  if (scheme.stage(data.stage) == nullptr)
    return fail(code::form::report, "the scheme has no stage " + data.stage.name);
  if (data.attendance && data.attendance->stage != data.stage)
    return fail(code::form::report, "the attendance is of stage " + data.attendance->stage.name);
  if (data.report) {
    if (data.report->stage != data.stage) return fail(code::form::report, "the report is of another stage");
    TUIXUAN_CHECK(check_report(scheme, *data.report));
  }
  if (data.outcome) TUIXUAN_CHECK(check_outcome(data));
  for (const Group& group : data.groups)
    for (const ContestResult& result : group.contests) TUIXUAN_CHECK(check_result(scheme, result));
  for (const scheme::Report& report : data.sources) TUIXUAN_CHECK(check_report(scheme, report));
  if (data.proposal) TUIXUAN_CHECK(check_proposal(data));
  return {};
}

bool can_make(FormKind kind, const FormData& data) { return check_data(kind, data).has_value(); }

}  // namespace tuixuan::forms
