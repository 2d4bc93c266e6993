// From recommendations to a list of candidates: the superior body's recommendation and decision, the shortlist, notices
// and objections. Protocol section "Candidates and notices"; C02 to C04.
#include <algorithm>

#include "crypto/codes/entries.h"
#include "tally/ballot/label.h"
#include "tally/count/combination.h"
#include "tally/election/rules.h"
#include "tally/election/settlement.h"
#include "tally/election/thread_bodies.h"
#include "tally/election/widths.h"
#include "tally/names/names.h"
#include "tally/scheme/proposal.h"

namespace tuixuan::election {

Result<Action> superior_recommendation_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, SuperiorRecommendationBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_superior(e, *c.state.plan));
  const tally::Combination* rule = c.state.plan->combination(body.combination);
  if (rule == nullptr) return fail(code::C02::points, "there is no combination " + body.combination.name);
  if (c.state.proposals.contains(body.combination))
    return fail(code::E07::order, "the shortlist of " + body.combination.name + " is on the log already");
  const std::uint64_t most = tally::most_points(*rule);
  if (most == 0 || body.points.empty())
    return fail(code::C02::points, "this rule has no place for such points, or none are given");
  for (std::size_t i = 0; i < body.points.size(); ++i) {
    const tally::Points& p = body.points[i];
    if (p.points > most)
      return fail(code::C02::points, p.name + " is given " + std::to_string(p.points) + " of " + std::to_string(most));
    if (i > 0 && p.name <= body.points[i - 1].name)
      return fail(code::C02::points, p.name + " is listed twice, or the names do not ascend");
  }
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.recommended[body.combination] = body.points;
    return {};
  });
}

Result<scheme::ProposalFile> combine_results(const State& state, const tally::CombinationId& id) {
  const tally::Combination* rule = state.plan->combination(id);
  if (rule == nullptr) return fail(code::C02::shortlist, "there is no combination " + id.name);
  std::vector<tally::ContestResult> results;
  for (const tally::Source& source : rule->sources) {
    auto result = settled_result_of(state, source.contest);
    if (!result) return fail(code::C02::shortlist, "contest " + source.contest.name + " is not settled yet");
    results.push_back(std::move(*result));
  }
  const auto given = state.recommended.find(id);
  if (rule->superior_weight > 0 && given == state.recommended.end())
    return fail(code::C02::shortlist, "the superior body has not recommended yet");
  const std::vector<tally::Points> none;
  auto result = tally::combine(*rule, results, given == state.recommended.end() ? none : given->second);
  if (!result) return fail(code::C02::shortlist, result.error().what);
  return scheme::ProposalFile{state.plan->congress.id, state.plan->rehearsal, std::move(*result)};
}

Result<Action> shortlist_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ShortlistBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  if (c.state.proposals.contains(body.combination))
    return fail(code::E07::order, "the shortlist of " + body.combination.name + " is on the log already");
  TUIXUAN_TRY(file, c.objects.load(body.proposal));
  TUIXUAN_TRY(right, combine_results(c.state, body.combination));
  if (file != scheme::write_proposal(right))
    return fail(code::C02::shortlist, "the shortlist is not what the recommendations come to by the scheme's rule");
  return Action([id = body.combination, result = std::move(right.result)](State& state) -> Result<void> {
    state.proposals[id] = result;
    return {};
  });
}

// --- candidates ------------------------------------------------------------------------------------------------------

Result<std::optional<std::vector<std::string>>> proposed_for(const State& state, const tally::Contest& contest) {
  std::vector<std::string> names;
  if (contest.follows && contest.follows->kind == tally::FollowKind::repeat)
    return proposed_for(state, *state.plan->contest(contest.follows->contest));
  if (!contest.source) {
    if (contest.follows) return std::optional<std::vector<std::string>>{};  // nominations anew
    for (const tally::Candidate& k : contest.candidates) names.push_back(tally::label(k.name, k.note));
    return std::optional(names);
  }
  if (contest.source->kind == tally::SourceKind::combination) {
    const auto proposal = state.proposals.find(tally::CombinationId{contest.source->id});
    if (proposal == state.proposals.end())
      return fail(code::C03::candidates, "the shortlist " + contest.source->id + " is not on the log yet");
    for (const tally::CombinedPerson& p : proposal->second.persons)
      if (p.proposal == tally::Proposal::proposed) names.push_back(p.name);
    return std::optional(names);
  }
  const Standing standing = standing_of(state, ContestId{contest.source->id});
  if (!standing.open.empty())
    return fail(code::C03::candidates, "contest " + contest.source->id + " is not settled yet");
  for (const scheme::Elected& person : standing.office.elected) names.push_back(person.name);
  return std::optional(names);
}

// Names of people as names on ballots are: the reason of a refusal, under the name of the entry's check.
static Result<void> check_person(const std::string& name, Code check) {
  if (const auto ok = tally::check_name(name, tally::kMaxPersonName); !ok) return fail(check, ok.error().what);
  return {};
}

static Result<void> check_candidates(const CandidatesBody& body, const tally::Contest& contest, const State& state) {
  TUIXUAN_TRY(proposed, proposed_for(state, contest));
  std::vector<std::string> seen;
  for (const DecidedCandidate& k : body.candidates) {
    TUIXUAN_CHECK(check_person(k.name, code::C03::candidates));
    const std::string label = tally::label(k.name, k.note);
    if (std::find(seen.begin(), seen.end(), label) != seen.end())
      return fail(code::C03::candidates, label + " is listed twice; tell people of one name apart by the note");
    seen.push_back(label);
    if (k.note.empty() && std::any_of(state.plan->supervisors.begin(), state.plan->supervisors.end(),
                                      [&](const auto& s) { return s.name == k.name; }))
      return fail(code::C03::candidates, label + " is a supervisor and cannot be a candidate");
    if (!proposed || std::find(proposed->begin(), proposed->end(), label) != proposed->end()) continue;
    const auto& source = state.plan->contest(root_of(*state.plan, contest.id))->source;
    if (source && source->kind == tally::SourceKind::elected)
      return fail(code::C03::candidates, label + " is not among those elected in " + source->id);
    if (k.reason.empty())
      return fail(code::C03::candidates, label + " was not proposed; the decision must give its reason");
  }
  if (body.candidates.size() < std::max<std::size_t>(1, std::size_t{contest.seats} + contest.min_extra))
    return fail(code::C03::candidates, std::to_string(body.candidates.size()) + " candidates for " +
                                           std::to_string(contest.seats) + " seats and " +
                                           std::to_string(contest.min_extra) + " more");
  return {};
}

Result<Action> candidates_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, CandidatesBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_superior(e, *c.state.plan));
  const tally::Contest* contest = c.state.plan->contest(body.contest);
  if (contest == nullptr || !contest->approval)
    return fail(code::C03::candidates,
                "contest " + body.contest.name + " has no list that the superior body decides on");
  if (body.reference.empty()) return fail(code::C03::candidates, "the decision needs its reference (文号)");
  const StageId stage = stage_of_contest(*c.state.plan, body.contest)->id;
  if (c.state.stage(stage)->phase != Phase::planned)
    return fail(code::E07::order, "stage " + stage.name + " has been opened; its candidates stand");
  TUIXUAN_CHECK(check_candidates(body, *contest, c.state));
  tally::Contest decided = *contest;
  decided.candidates.clear();
  for (const DecidedCandidate& k : body.candidates) decided.candidates.push_back({k.name, k.note});
  if (sealed_width(decided) > kMaxSealedWidth)
    return fail(code::C03::candidates, "more candidates than a ballot can seal");
  return Action([decided = std::move(decided), stage](State& state) -> Result<void> {
    const std::size_t at = contest_index(*state.plan, decided.id);
    for (ContestState& slot : state.stage(stage)->contests)
      if (slot.contest == at) slot.width = sealed_width(decided);
    state.plan->contests[at] = decided;
    state.approved[decided.id] = state.tree.size();
    return {};
  });
}

// --- notices ---------------------------------------------------------------------------------------------------------

static constexpr std::uint32_t kDay = 24 * 60;

Result<Action> notice_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, NoticeBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_chair(e, *c.state.plan));
  const tally::Stage* plan = c.state.plan->stage(body.stage);
  if (plan == nullptr) return fail(code::C04::notice, "there is no stage " + body.stage.name);
  if (c.state.stage(body.stage)->phase != Phase::planned)
    return fail(code::E07::order, "stage " + body.stage.name + " has been opened");
  for (const ContestId& id : plan->contests)
    if (c.state.plan->contest(id)->approval && !c.state.approved.contains(id))
      return fail(code::C04::notice, "the candidates of " + id.name + " are not decided yet");
  if (body.address.empty()) return fail(code::C04::notice, "a notice says where objections go");
  if (body.until <= body.from || body.until - body.from < plan->notice_days * kDay)
    return fail(code::C04::period, "the notice is shorter than the " + std::to_string(plan->notice_days) +
                                       " days that the scheme asks for");
  if (e.minutes > std::uint64_t{body.from} + kDay)
    return fail(code::C04::period, "the notice says that it began before it was made");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.notices[state.tree.size()] = {body.stage, body.from, body.until, body.address};
    return {};
  });
}

Result<Action> objection_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ObjectionBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_chair(e, *c.state.plan));
  const auto notice = c.state.notices.find(body.notice);
  if (notice == c.state.notices.end() || body.summary.empty())
    return fail(code::C04::notice, "an objection names the entry of its notice and what it is about");
  if (c.state.stage(notice->second.stage)->phase != Phase::planned)
    return fail(code::E07::order, "stage " + notice->second.stage.name + " has been opened");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.objections[state.tree.size()] = {body.notice, std::nullopt, false};
    return {};
  });
}

Result<Action> objection_answered_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ObjectionAnsweredBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_chair(e, *c.state.plan));
  const auto objection = c.state.objections.find(body.objection);
  if (objection == c.state.objections.end() || body.answer.empty())
    return fail(code::C04::notice, "an answer names the entry of its objection and says what was found");
  if (objection->second.answered) return fail(code::E07::order, "this objection has been answered");
  const StageId& stage = c.state.notices.at(objection->second.notice).stage;
  if (c.state.stage(stage)->phase != Phase::planned)
    return fail(code::E07::order, "stage " + stage.name + " has been opened or voided");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    Objection& now = state.objections.at(body.objection);
    now.answered = state.tree.size();
    now.upheld = body.upheld;
    return {};
  });
}

static Result<void> check_objections(const State& state, const StageId& stage) {
  for (const auto& [index, objection] : state.objections) {
    if (state.notices.at(objection.notice).stage != stage) continue;
    if (!objection.answered)
      return fail(code::C04::objections, "the objection at " + entry_number(index) + " has not been answered");
    if (!objection.upheld) continue;
    bool decided_again = false;
    for (const ContestId& id : state.plan->stage(stage)->contests)
      if (const auto at = state.approved.find(id); at != state.approved.end())
        decided_again = decided_again || at->second > *objection.answered;
    if (!decided_again)
      return fail(code::C04::objections, "the objection at " + entry_number(index) +
                                             " was upheld; the superior body decides on the candidates again");
  }
  return {};
}

Result<void> check_candidates_ready(const State& state, const tally::Stage& plan, std::uint32_t minutes) {
  std::uint64_t decided = 0;
  for (const ContestId& id : plan.contests) {
    if (!state.plan->contest(id)->approval) continue;
    const auto at = state.approved.find(id);
    if (at == state.approved.end())
      return fail(code::C03::approval, "the superior body has not decided on the candidates of " + id.name);
    decided = std::max(decided, at->second);
  }
  TUIXUAN_CHECK(check_objections(state, plan.id));
  if (plan.notice_days == 0) return {};
  const Notice* last = nullptr;
  for (const auto& [index, notice] : state.notices)
    if (notice.stage == plan.id && index > decided) last = &notice;
  if (last == nullptr)
    return fail(code::C04::missing, "the candidates of stage " + plan.id.name + " have had no notice");
  if (minutes < last->until) return fail(code::C04::period, "the notice of stage " + plan.id.name + " is not over");
  return {};
}

}  // namespace tuixuan::election
