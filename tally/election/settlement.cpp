#include "tally/election/settlement.h"

#include <algorithm>

#include "tally/count/outcome.h"
#include "tally/election/rules.h"

namespace tuixuan::election {

using tally::ContestResult;

const tally::Stage* stage_of_contest(const tally::Scheme& scheme, const ContestId& id) {
  for (const tally::Stage& s : scheme.stages)
    if (std::find(s.contests.begin(), s.contests.end(), id) != s.contests.end()) return &s;
  return nullptr;
}

const ContestId& root_of(const tally::Scheme& scheme, const ContestId& id) {
  const tally::Contest* c = scheme.contest(id);
  while (c->follows) c = scheme.contest(c->follows->contest);
  return c->id;
}

bool candidates_stand(const State& state, const tally::Contest& contest) {
  if (contest.approval) return state.approved.contains(contest.id);
  if (!contest.follows || contest.follows->kind != tally::FollowKind::repeat) return true;
  return candidates_stand(state, *state.plan->contest(contest.follows->contest));
}

// A ballot in the box is a voter: the electronic box takes one from each slip, so 投票人数 and 收回 are the ballots
// cast.
tally::Numbers numbers_of(const StageState& stage) {
  tally::Numbers n;
  n.registered = stage.attendance->registered;
  n.expected = stage.attendance->expected;
  n.present = stage.attendance->present;
  for (const BoxAccount& box : stage.close->boxes) n.issued += box.issued;
  n.voters = stage.cast;
  n.returned = stage.cast;
  return n;
}

static const Settlement& settlement_of(const State& state, const ContestId& id) {
  static const Settlement kNone;
  const auto it = state.settlements.find(id);
  return it == state.settlements.end() ? kNone : it->second;
}

std::optional<ContestResult> result_of(const State& state, const ContestId& id) {
  const tally::Stage* plan = stage_of_contest(*state.plan, id);
  const StageState* stage = plan == nullptr ? nullptr : state.stage(plan->id);
  if (stage == nullptr || stage->phase != Phase::counted) return std::nullopt;
  const auto at = std::find_if(stage->results.begin(), stage->results.end(),
                               [&](const ContestResult& r) { return r.contest == id; });
  if (at == stage->results.end()) return std::nullopt;
  ContestResult result = *at;
  const Settlement& settled = settlement_of(state, id);
  const tally::Contest& rules = *state.plan->contest(id);
  if (settled.base && *settled.base != rules.majority.base) {
    tally::Contest adopted = rules;
    adopted.majority.base = *settled.base;
    adopted.alternative.reset();
    tally::decide(adopted, numbers_of(*stage), result);
  }
  return result;
}

// --- all the rounds of one office ------------------------------------------------------------------------------------

namespace {

class Rounds {
 public:
  Rounds(const State& state, Standing& out) : state_(state), out_(out) {}

  void walk(const ContestId& id) {
    const tally::Stage& plan = *stage_of_contest(*state_.plan, id);
    const Settlement& settled = settlement_of(state_, id);
    out_.office.contests.push_back(id);
    if (settled.repeat) return walk(*settled.repeat);
    if (state_.stage(plan.id)->phase == Phase::voided) return open(code::matter::repeat, plan.id, id, 0);
    const auto result = result_of(state_, id);
    if (!result) return open(code::matter::count, plan.id, id, 0);
    const auto again = std::find_if(result->next.begin(), result->next.end(),
                                    [](const auto& n) { return n.kind == tally::NextKind::vote_again; });
    if (again != result->next.end()) return open(code::matter::repeat, plan.id, id, again->seats);
    if (!result->must_confirm.empty() && !settled.base) return open(code::matter::confirm_base, plan.id, id, 0);
    for (const tally::PersonResult& p : result->persons)
      if (p.outcome == tally::Outcome::elected) elected(id, tally::label(p.name, p.note));
    tied(*result, settled, plan.id);
    vacant(*result, settled, plan.id);
  }

 private:
  void open(code::matter code, const StageId& stage, const ContestId& contest, std::uint64_t seats) {
    out_.open.push_back({code, stage, contest, seats});
  }
  void elected(const ContestId& id, const std::string& name) { out_.office.elected.push_back({name, id}); }

  void tied(const ContestResult& r, const Settlement& settled, const StageId& stage) {
    if (r.tied_seats == 0) return;
    if (!settled.tie_decided.empty()) {
      for (const std::string& name : settled.tie_decided) elected(r.contest, name);
    } else if (settled.run_off) {
      walk(*settled.run_off);
    } else {
      const bool superior = state_.plan->contest(r.contest)->tie == tally::TieRule::superior;
      open(superior ? code::matter::tie : code::matter::run_off, stage, r.contest, r.tied_seats);
    }
  }

  void vacant(const ContestResult& r, const Settlement& settled, const StageId& stage) {
    if (r.vacant == 0) return;
    const std::uint64_t left = r.vacant - std::min(r.vacant, settled.reduced);
    out_.office.reduced += settled.reduced;
    if (settled.new_round) return walk(*settled.new_round);
    if (left == 0) return;
    const tally::ShortageRule rule = state_.plan->contest(r.contest)->shortage;
    if (rule == tally::ShortageRule::leave_vacant) {
      out_.office.vacant += left;
    } else {
      open(rule == tally::ShortageRule::new_round ? code::matter::new_round : code::matter::renominate, stage,
           r.contest, left);
    }
  }

  const State& state_;
  Standing& out_;
};

bool is_election(const tally::Contest& c) {
  return c.kind == tally::Kind::election || c.kind == tally::Kind::preelection;
}

}  // namespace

Standing standing_of(const State& state, const ContestId& id) {
  Standing out;
  out.office.contest = id;
  out.office.seats = state.plan->contest(id)->seats;
  Rounds(state, out).walk(id);
  return out;
}

std::optional<ContestResult> settled_result_of(const State& state, const ContestId& id) {
  const Standing standing = standing_of(state, id);
  if (!standing.open.empty()) return std::nullopt;
  ContestId last = id;
  while (const auto& repeat = settlement_of(state, last).repeat) last = *repeat;
  return result_of(state, last);
}

bool is_settled(const State& state, const StageId& id) {
  const tally::Stage* plan = state.plan->stage(id);
  return plan != nullptr && std::all_of(plan->contests.begin(), plan->contests.end(), [&](const ContestId& contest) {
           return standing_of(state, contest).open.empty();
         });
}

std::vector<OpenMatter> open_matters(const State& state) {
  std::vector<OpenMatter> out;
  for (const tally::Contest& c : state.plan->contests) {
    if (!is_election(c) || c.follows) continue;
    const Standing standing = standing_of(state, c.id);
    out.insert(out.end(), standing.open.begin(), standing.open.end());
  }
  return out;
}

bool is_over(const State& state) {
  if (!state.plan) return false;
  for (const auto& [id, stage] : state.stages)
    if (stage.phase != Phase::counted && stage.phase != Phase::voided) return false;
  if (!open_matters(state).empty()) return false;
  const bool reports = state.plan->chair && state.plan->superior_key;
  return !reports || (state.reported && state.reported->accepted.value_or(false));
}

scheme::Outcome outcome_of(const State& state) {
  scheme::Outcome out{state.plan->congress.id, state.plan->rehearsal, {}};
  for (const tally::Contest& c : state.plan->contests)
    if (c.kind == tally::Kind::election && !c.follows) out.offices.push_back(standing_of(state, c.id).office);
  return out;
}

}  // namespace tuixuan::election
