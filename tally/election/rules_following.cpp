// What follows a result: stages added, bases confirmed, seats cut, ties decided; then the report to the superior body
// and its answer. Protocol section "The thread"; C05 to C07.
#include <algorithm>

#include "crypto/codes/catalogue.h"
#include "crypto/codes/entries.h"
#include "tally/count/following.h"
#include "tally/election/rules.h"
#include "tally/election/settlement.h"
#include "tally/election/thread_bodies.h"
#include "tally/election/widths.h"
#include "tally/scheme/stage_file.h"

namespace tuixuan::election {

using tally::ContestResult;
using tally::FollowKind;

// --- decisions on one result -----------------------------------------------------------------------------------------

static Result<ContestResult> result_in(const State& state, const StageId& stage, const ContestId& contest, Code check) {
  const tally::Stage* plan = state.plan->stage(stage);
  if (plan == nullptr || std::find(plan->contests.begin(), plan->contests.end(), contest) == plan->contests.end())
    return fail(check, "stage " + stage.name + " has no contest " + contest.name);
  auto result = result_of(state, contest);
  if (!result) return fail(code::E07::order, "contest " + contest.name + " is not counted");
  return std::move(*result);
}

static Settlement settlement(const State& state, const ContestId& id) {
  const auto it = state.settlements.find(id);
  return it == state.settlements.end() ? Settlement{} : it->second;
}

// The base must be settled before anything else is decided on the result.
static Result<void> base_is_settled(const State& state, const ContestResult& r) {
  if (!r.must_confirm.empty() && !settlement(state, r.contest).base)
    return fail(code::C06::base,
                "it is not decided which base counts for " + r.contest.name + "; two supervisors confirm it");
  return {};
}

Result<Action> base_confirmed_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, BaseConfirmedBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  TUIXUAN_TRY(result, result_in(c.state, body.stage, body.contest, code::C06::base));
  const tally::Contest& rules = *c.state.plan->contest(body.contest);
  if (settlement(c.state, body.contest).base)
    return fail(code::E07::order, "the base of " + body.contest.name + " has been confirmed");
  if (result.must_confirm.empty() || (body.base != rules.majority.base && body.base != *rules.alternative))
    return fail(code::C06::base,
                "nobody's outcome in " + body.contest.name + " depends on the base, or it is another one");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.settlements[body.contest].base = body.base;
    return {};
  });
}

Result<Action> seats_reduced_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, SeatsReducedBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  TUIXUAN_TRY(result, result_in(c.state, body.stage, body.contest, code::C06::seats));
  TUIXUAN_CHECK(base_is_settled(c.state, result));
  const Settlement now = settlement(c.state, body.contest);
  if (now.new_round) return fail(code::E07::order, "a new round for these seats is on the log");
  if (body.seats == 0 || body.seats > result.vacant - std::min(result.vacant, now.reduced))
    return fail(code::C06::seats,
                std::to_string(result.vacant) + " seats are empty, not " + std::to_string(body.seats));
  const std::uint64_t present = c.state.stage(body.stage)->attendance->present;
  if (body.votes_for > present || 2 * std::uint64_t{body.votes_for} <= present)
    return fail(code::C06::seats, "seats are cut with the consent of more than half of those present: " +
                                      std::to_string(body.votes_for) + " of " + std::to_string(present));
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.settlements[body.contest].reduced += body.seats;
    return {};
  });
}

// Or the repeat of one.
static bool is_run_off(const tally::Scheme& scheme, const tally::Contest& contest) {
  if (!contest.follows) return false;
  if (contest.follows->kind != FollowKind::repeat) return contest.follows->kind == FollowKind::run_off;
  return is_run_off(scheme, *scheme.contest(contest.follows->contest));
}

Result<Action> tie_decided_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, TieDecidedBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_superior(e, *c.state.plan));
  TUIXUAN_TRY(result, result_in(c.state, body.stage, body.contest, code::C06::tie));
  TUIXUAN_CHECK(base_is_settled(c.state, result));
  const tally::Contest& rules = *c.state.plan->contest(body.contest);
  const Settlement now = settlement(c.state, body.contest);
  if (!now.tie_decided.empty() || now.run_off) return fail(code::E07::order, "this tie is decided, or voted on again");
  const bool second = is_run_off(*c.state.plan, rules);
  if (rules.tie != tally::TieRule::superior && !second)
    return fail(code::C06::tie, "the scheme asks for a run-off first");
  if (result.tied_seats == 0 || body.elected.size() != result.tied_seats || body.reference.empty())
    return fail(code::C06::tie, std::to_string(result.tied_seats) + " of the tied are to be named, with a reference");
  for (std::size_t i = 0; i < body.elected.size(); ++i) {
    const bool tied = std::any_of(result.persons.begin(), result.persons.end(), [&](const tally::PersonResult& p) {
      return p.outcome == tally::Outcome::tied && tally::label(p.name, p.note) == body.elected[i];
    });
    if (!tied || (i > 0 && body.elected[i] <= body.elected[i - 1]))
      return fail(code::C06::tie, body.elected[i] + " is not one of the tied, or stands out of order");
  }
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.settlements[body.contest].tie_decided = body.elected;
    return {};
  });
}

// --- added stages ----------------------------------------------------------------------------------------------------

static std::optional<ContestId>& follower(Settlement& s, FollowKind kind) {
  return kind == FollowKind::run_off ? s.run_off : kind == FollowKind::repeat ? s.repeat : s.new_round;
}

// The same contest once more. Of people on whom it was not decided, or no longer, the superior body decides first.
static tally::Contest repeat_of(const State& state, const tally::Contest& of, const ContestId& id) {
  tally::Contest draft = tally::draft_repeat(of, id);
  draft.approval = !candidates_stand(state, of);
  return draft;
}

// The draft that the contest must be; none of them may have been held before.
static Result<tally::Contest> draft_of(const State& state, const tally::Contest& held) {
  const tally::Contest* of = held.follows ? state.plan->contest(held.follows->contest) : nullptr;
  if (of == nullptr)
    return fail(code::C05::follows, "contest " + held.id.name + " follows from no contest of the congress");
  const FollowKind kind = held.follows->kind;
  Settlement now = settlement(state, of->id);
  if (follower(now, kind))
    return fail(code::E07::order, "contest " + of->id.name + " is followed by " + follower(now, kind)->name);
  const StageState& stage = *state.stage(stage_of_contest(*state.plan, of->id)->id);
  if (stage.phase == Phase::voided) {
    if (kind != FollowKind::repeat)
      return fail(code::C05::follows, "the stage of " + of->id.name + " was voided: it is held again");
    return repeat_of(state, *of, held.id);
  }
  const auto result = result_of(state, of->id);
  if (!result) return fail(code::C05::follows, "contest " + of->id.name + " is not counted");
  TUIXUAN_CHECK(base_is_settled(state, *result));
  if (tally::step_for(kind, *result) == nullptr)
    return fail(code::C05::follows, "the result of " + of->id.name + " leaves no room for this");
  if (kind == FollowKind::repeat) return repeat_of(state, *of, held.id);
  if (kind == FollowKind::run_off && !now.tie_decided.empty())
    return fail(code::E07::order, "the superior body has decided the tie of " + of->id.name);
  tally::Contest draft = tally::draft_following(*of, *result, kind, held.id);
  if (!state.plan->superior_key) draft.approval = false;  // nominated and decided here
  if (kind != FollowKind::run_off && now.reduced > 0) {
    if (now.reduced >= draft.seats) return fail(code::C05::follows, "the empty seats of " + of->id.name + " were cut");
    tally::set_seats(draft, draft.seats - now.reduced);
  }
  return draft;
}

Result<tally::Contest> draft_contest(const State& state, const ContestId& of, FollowKind kind, ContestId id) {
  tally::Contest held;
  held.id = std::move(id);
  held.follows = tally::Follows{kind, of};
  return draft_of(state, held);
}

static Result<void> check_place(const tally::Stage& added, const State& state) {
  const tally::Scheme& scheme = *state.plan;
  if (scheme.stage(added.id) != nullptr)
    return fail(code::C05::stage, "there is a stage " + added.id.name + " already; give the new one another name");
  for (const tally::Stage& other : scheme.stages)
    for (const BoxId& box : added.boxes)
      if (other.round == added.round && std::find(other.boxes.begin(), other.boxes.end(), box) != other.boxes.end())
        return fail(code::C05::stage, "round " + std::to_string(added.round) + " of the slips of box " + box.name +
                                          " is used by stage " + other.id.name + "; take the next");
  if (!added.after.empty())
    return fail(code::C05::stage,
                "`after` of an added stage is empty: what comes before is that of the stages it goes back to");
  return {};
}

// Candidates that are decided anew, or that nobody voted on yet, have the notice of the scheme; others had theirs.
std::uint32_t notice_of_added(const State& state, const tally::Contest& held) {
  if (held.follows->kind != FollowKind::repeat) return 0;
  const tally::Scheme& scheme = *state.plan;
  const tally::Contest* of = scheme.contest(held.follows->contest);
  const tally::Stage& repeated = *stage_of_contest(scheme, of->id);
  if (!held.approval) return state.stage(repeated.id)->opening ? 0 : repeated.notice_days;
  while (of->follows && of->follows->kind == FollowKind::repeat) of = scheme.contest(of->follows->contest);
  return stage_of_contest(scheme, of->id)->notice_days;
}

static Result<void> check_nominated(const tally::Contest& held, const tally::Scheme& scheme) {
  if (held.follows->kind != FollowKind::renominate || held.approval) return {};
  for (const tally::Candidate& k : held.candidates)
    if (k.note.empty() && std::any_of(scheme.supervisors.begin(), scheme.supervisors.end(),
                                      [&](const auto& s) { return s.name == k.name; }))
      return fail(code::C03::candidates, k.name + " is a supervisor and cannot be a candidate");
  return {};
}

// Each contest is what its result drafts, in the boxes and by the quorum of the stage it follows from.
static Result<void> check_added(const scheme::AddedStage& added, const State& state) {
  const tally::Scheme& scheme = *state.plan;
  TUIXUAN_CHECK(check_place(added.stage, state));
  if (added.contests.empty() || added.contests.size() != added.stage.contests.size())
    return fail(code::C05::stage, "the stage lists other contests than the file holds");
  std::uint32_t notice = 0;
  for (std::size_t i = 0; i < added.contests.size(); ++i) {
    const tally::Contest& held = added.contests[i];
    if (held.id != added.stage.contests[i] || scheme.contest(held.id) != nullptr || held.kind != added.stage.kind)
      return fail(code::C05::stage,
                  "contest " + held.id.name + " is not the stage's, of another kind, or known already");
    TUIXUAN_TRY(draft, draft_of(state, held));
    if (!tally::follows_draft(draft, held))
      return fail(code::C05::follows,
                  "contest " + held.id.name + " is not what follows from " + held.follows->contest.name);
    for (std::size_t k = 0; k < i; ++k)
      if (added.contests[k].id == held.id || added.contests[k].follows == held.follows)
        return fail(code::C05::stage, "contest " + held.id.name + " is listed twice");
    const tally::Stage& before = *stage_of_contest(scheme, held.follows->contest);
    if (before.boxes != added.stage.boxes || before.quorum != added.stage.quorum ||
        before.min_ballots != added.stage.min_ballots)
      return fail(code::C05::follows,
                  "boxes, quorum or least number of ballots are not those of stage " + before.id.name);
    if (sealed_width(held) > kMaxSealedWidth) return fail(code::C05::stage, "more candidates than a ballot can seal");
    TUIXUAN_CHECK(check_nominated(held, scheme));
    notice = std::max(notice, notice_of_added(state, held));
  }
  if (added.stage.notice_days != notice)
    return fail(code::C05::follows, "the stage has a notice of " + std::to_string(notice) + " days, not of " +
                                        std::to_string(added.stage.notice_days));
  return {};
}

Result<Action> stage_added_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, StageAddedBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  TUIXUAN_TRY(file, c.objects.load(body.stage));
  auto parsed = scheme::parse_stage(file);
  if (!parsed.added) {
    for (const scheme::Fault& f : parsed.faults)
      if (!f.warning) return fail(code::C05::stage, f.path + ": " + f.en);
    bug("a stage refused without a fault");
  }
  TUIXUAN_CHECK(check_added(*parsed.added, c.state));
  return Action([added = std::move(*parsed.added)](State& state) -> Result<void> {
    tally::Scheme& scheme = *state.plan;
    for (const tally::Contest& held : added.contests) {
      scheme.contests.push_back(held);
      follower(state.settlements[held.follows->contest], held.follows->kind) = held.id;
    }
    scheme.stages.push_back(added.stage);
    state.stages.emplace(added.stage.id, planned_stage(scheme, scheme.stages.size() - 1));
    return {};
  });
}

// --- report and answer -----------------------------------------------------------------------------------------------

// Nothing is open and nobody is voting: what is reported is the end.
static Result<void> check_nothing_open(const State& state) {
  for (const auto& [id, stage] : state.stages)
    if (stage.phase != Phase::counted && stage.phase != Phase::voided)
      return fail(code::C07::open, "stage " + id.name + " is not counted; if it is not held, two supervisors void it");
  if (const auto open = open_matters(state); !open.empty())
    return fail(code::C07::open,
                "contest " + open[0].contest.name + " is not settled: " + std::string(name_of(open[0].code)));
  return {};
}

Result<Action> report_up_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ReportUpBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_chair(e, *c.state.plan));
  if (c.state.reported && !c.state.reported->accepted)
    return fail(code::E07::order, "the report at " + entry_number(c.state.reported->index) + " waits for its answer");
  TUIXUAN_CHECK(check_nothing_open(c.state));
  TUIXUAN_TRY(file, c.objects.load(body.outcome));
  if (file != scheme::write_outcome(outcome_of(c.state)))
    return fail(code::C07::outcome, "the report is not what the results on the log come to");
  return Action([outcome = body.outcome.hash](State& state) -> Result<void> {
    state.reported = ReportedUp{state.tree.size(), outcome, std::nullopt, {}};
    return {};
  });
}

Result<Action> countersign_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, CountersignBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_superior(e, *c.state.plan));
  if (!c.state.reported || c.state.reported->accepted) return fail(code::E07::order, "no report waits for an answer");
  if (body.report != c.state.reported->index)
    return fail(code::C07::report, "the answer is to " + entry_number(body.report) + ", the report is " +
                                       entry_number(c.state.reported->index));
  if (body.accepted ? body.reference.empty() : body.reason.empty())
    return fail(code::C07::report,
                body.accepted ? "an approval needs its reference (文号)" : "sent back without a reason");
  if (body.accepted) {
    TUIXUAN_CHECK(check_nothing_open(c.state));
    if (ObjectRef::of(scheme::write_outcome(outcome_of(c.state))).hash != c.state.reported->outcome)
      return fail(code::C07::outcome, "the results have changed since this report; it is sent back and made again");
  }
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.reported->accepted = body.accepted;
    state.reported->reference = body.reference;
    if (!body.accepted)
      state.incidents.push_back({state.tree.size(), Error{code::C07::report, "sent back: " + body.reason}});
    return {};
  });
}

}  // namespace tuixuan::election
