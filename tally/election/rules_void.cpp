// Small groups, and stages declared void with all that came of them. Protocol section "The thread"; A03.small,
// C06.void.
#include <algorithm>

#include "crypto/codes/entries.h"
#include "tally/election/rules.h"
#include "tally/election/settlement.h"
#include "tally/election/thread_bodies.h"

namespace tuixuan::election {

template <class List, class Item>
static bool holds_item(const List& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

Result<Action> small_group_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ReasonBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  const StageState* stage = c.state.stage(body.stage);
  if (stage == nullptr || stage->phase >= Phase::counted || body.reason.empty())
    return fail(code::A03::small, "name a stage that is not counted, and why its few ballots are opened all the same");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.stage(body.stage)->small_group = body.reason;
    return {};
  });
}

// --- what rests on a stage -------------------------------------------------------------------------------------------

// The contests of the scheme that those of the stage go back to.
static std::vector<ContestId> roots_of(const tally::Scheme& scheme, const tally::Stage& stage) {
  std::vector<ContestId> out;
  for (const ContestId& id : stage.contests) out.push_back(root_of(scheme, id));
  return out;
}

static bool goes_back_to(const tally::Scheme& scheme, const ContestId& id, const tally::Stage& stage) {
  for (const tally::Contest* c = scheme.contest(id); c->follows; c = scheme.contest(c->follows->contest))
    if (holds_item(stage.contests, c->follows->contest)) return true;
  return false;
}

// It follows from one of its results over any number of rounds, or from a stage that comes after it.
static bool rests_on(const tally::Scheme& scheme, const tally::Stage& other, const tally::Stage& voided) {
  for (const ContestId& id : other.contests) {
    if (goes_back_to(scheme, id, voided)) return true;
    const tally::Stage& own = *stage_of_contest(scheme, root_of(scheme, id));
    for (const ContestId& root : roots_of(scheme, voided))
      if (holds_item(own.after, stage_of_contest(scheme, root)->id)) return true;
  }
  return false;
}

// --- voided ----------------------------------------------------------------------------------------------------------

static Result<void> check_void(const ReasonBody& body, const State& state, bool counted) {
  const StageState* stage = state.stage(body.stage);
  if (stage == nullptr || body.reason.empty()) return fail(code::C06::void_, "name a stage of the congress, and why");
  if (stage->phase == Phase::voided) return fail(code::E07::order, "stage " + body.stage.name + " was voided before");
  if (counted != (stage->phase == Phase::counted))
    return fail(code::C06::void_, counted
                                      ? "stage " + body.stage.name + " has no result; two supervisors void it"
                                      : "stage " + body.stage.name + " has a result; only the superior body voids it");
  const tally::Scheme& scheme = *state.plan;
  for (const tally::Stage& other : scheme.stages) {
    const Phase phase = state.stage(other.id)->phase;
    if (phase == Phase::planned || phase == Phase::voided) continue;
    if (rests_on(scheme, other, scheme.stages[stage->stage]))
      return fail(code::C06::void_, "stage " + other.id.name + " rests on it; that one is voided first");
  }
  return {};
}

// What was decided with the contests of the stage, and decisions on candidates that came of it, stand no more.
static void withdraw_decisions(State& state, const tally::Stage& voided) {
  const tally::Scheme& scheme = *state.plan;
  const std::vector<ContestId> roots = roots_of(scheme, voided);
  std::vector<std::string> gone;
  for (const ContestId& root : roots) gone.push_back(root.name);
  for (const tally::Combination& k : scheme.combinations)
    if (std::any_of(k.sources.begin(), k.sources.end(), [&](const auto& s) { return holds_item(roots, s.contest); })) {
      state.proposals.erase(k.id);
      gone.push_back("combination " + k.id.name);
    }
  for (const tally::Contest& c : scheme.contests) {
    const auto& source = scheme.contest(root_of(scheme, c.id))->source;
    const bool combined = source && source->kind == tally::SourceKind::combination;
    if (source && holds_item(gone, (combined ? "combination " : "") + source->id)) state.approved.erase(c.id);
  }
}

static void void_one(State& state, StageState& stage, const std::string& reason) {
  const tally::Stage& plan = state.plan->stages[stage.stage];
  if (stage.phase == Phase::planned)
    for (const ContestId& id : plan.contests) state.approved.erase(id);  // nobody saw these candidates on a ballot
  stage.phase = Phase::voided;
  stage.voided_because = reason;
  withdraw_decisions(state, plan);
}

static Action void_stage(ReasonBody body) {
  return [body = std::move(body)](State& state) -> Result<void> {
    const tally::Scheme& scheme = *state.plan;
    StageState& now = *state.stage(body.stage);
    void_one(state, now, body.reason);
    for (auto& [id, other] : state.stages) {
      const tally::Stage& plan = scheme.stages[other.stage];
      const bool added = scheme.contest(plan.contests.front())->follows.has_value();
      if (other.phase == Phase::planned && added && rests_on(scheme, plan, scheme.stages[now.stage]))
        void_one(state, other, body.reason);
    }
    state.incidents.push_back(
        {state.tree.size(), Error{code::C06::void_, "stage " + body.stage.name + " was voided: " + body.reason}});
    return {};
  };
}

Result<Action> stage_voided_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ReasonBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  TUIXUAN_CHECK(check_void(body, c.state, false));
  return void_stage(std::move(body));
}

Result<Action> result_voided_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ReasonBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_superior(e, *c.state.plan));
  TUIXUAN_CHECK(check_void(body, c.state, true));
  return void_stage(std::move(body));
}

}  // namespace tuixuan::election
