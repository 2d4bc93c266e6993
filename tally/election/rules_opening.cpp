// Attendance and the opening of a stage: protocol section "Opening", checks A01, A02, V06.
#include <algorithm>
#include <chrono>

#include "crypto/codes/entries.h"
#include "crypto/proofs/transcript.h"
#include "tally/election/digests.h"
#include "tally/election/rules.h"
#include "tally/election/settlement.h"

namespace tuixuan::election {

static std::string numbers(std::initializer_list<std::pair<std::string_view, std::uint64_t>> items) {
  std::string out;
  for (const auto& [name, value] : items) {
    if (!out.empty()) out += ", ";
    out += std::string(name) + " " + std::to_string(value);
  }
  return out;
}

Result<Action> attendance_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, AttendanceBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  const tally::Stage* plan = c.state.plan->stage(body.there.stage);
  if (plan == nullptr) return fail(code::A01::identity, "there is no stage " + body.there.stage.name);
  if (const auto wrong = tally::roll_imbalances(*c.state.plan, *plan, body.there); !wrong.empty())
    return fail(code::A01::identity, wrong.front().what.en + " (" + wrong.front().what.zh + ")");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    StageState* stage = state.stage(body.there.stage);
    if (stage == nullptr || stage->phase != Phase::planned)
      return fail(code::E07::order, "attendance is taken before the opening of stage " + body.there.stage.name);
    stage->attendance = body.there;
    return {};
  });
}

// The boxes of the opening are those of the stage, each with the logged list of the stage's round.
static Result<void> check_boxes(const OpeningBody& body, const tally::Stage& stage, const State& state) {
  if (body.boxes.size() != stage.boxes.size())
    return fail(code::V06::ctx, "the opening lists other boxes than stage " + stage.id.name);
  for (std::size_t i = 0; i < stage.boxes.size(); ++i) {
    const OpeningBox& box = body.boxes[i];
    if (box.box != stage.boxes[i])
      return fail(code::V06::ctx, "box " + box.box.name + " where " + stage.boxes[i].name + " was expected");
    const auto list = state.slip_lists.find({box.box, stage.round});
    if (list == state.slip_lists.end())
      return fail(code::E07::order, "box " + box.box.name + " has no list of slips yet");
    if (list->second.object != box.slips || list->second.credentials.size() != box.slip_count)
      return fail(code::V06::ctx, "box " + box.box.name + " has another list of slips");
  }
  return {};
}

static StageState open_boxes(StageState stage, const OpeningBody& body, const State& state) {
  const tally::Scheme& scheme = *state.plan;
  const tally::Stage& plan = scheme.stages[stage.stage];
  stage.cast_of_box.assign(plan.boxes.size(), 0);
  stage.voided_of_box.assign(plan.boxes.size(), 0);
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) {
    for (const auto& credential : state.slip_lists.at({plan.boxes[i], plan.round}).credentials)
      stage.slips.emplace(credential, SlipState{i, false, {}});
    for (const tally::Kiosk& kiosk : scheme.kiosks)
      if (kiosk.box == plan.boxes[i]) stage.kiosks.emplace(kiosk.id, KioskState{});
  }
  stage.phase = Phase::proposed;
  stage.opening = body;
  return stage;
}

// Midnight of a day in Beijing (UTC+8), in minutes since 1970-01-01 UTC. The date has the form YYYY-MM-DD.
static std::int64_t beijing_midnight(const std::string& date) {
  const auto number = [&](std::size_t at, std::size_t n) { return std::stoi(date.substr(at, n)); };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  return std::chrono::sys_days(day).time_since_epoch().count() * std::int64_t{24 * 60} - 8 * 60;
}

// C05: the stages before it are settled, and its day has come; of an added stage, also those of the stages of the
// scheme that it goes back to.
static Result<void> check_turn(const State& state, const tally::Stage& plan, std::uint32_t minutes) {
  for (const ContestId& id : plan.contests) {
    const tally::Stage& root = *stage_of_contest(*state.plan, root_of(*state.plan, id));
    if (root.id != plan.id) TUIXUAN_CHECK(check_turn(state, root, minutes));
  }
  for (const StageId& before : plan.after)
    if (!is_settled(state, before))
      return fail(code::C05::after,
                  "stage " + before.name + " is not settled, stage " + plan.id.name + " comes after it");
  if (!plan.not_before.empty() && std::int64_t{minutes} < beijing_midnight(plan.not_before))
    return fail(code::C05::not_before, "stage " + plan.id.name + " opens on " + plan.not_before + " at the earliest");
  return {};
}

Result<Action> opening_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, OpeningBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  const tally::Stage* plan = c.state.plan->stage(body.stage);
  if (plan == nullptr) return fail(code::V06::ctx, "there is no stage " + body.stage.name);
  const StageState* stage = c.state.stage(body.stage);
  if (stage->phase != Phase::planned)
    return fail(code::E07::order, "stage " + body.stage.name + " has been opened before");
  if (!stage->attendance)
    return fail(code::E07::order, "the attendance of stage " + body.stage.name + " has not been taken");
  const tally::Attendance& there = *stage->attendance;
  if (!tally::holds(plan->quorum, there.present, tally::base_of(plan->quorum.base, tally::numbers_of(there), 0)))
    return fail(code::A02::quorum, numbers({{"present", there.present}, {"expected", there.expected}}));
  TUIXUAN_CHECK(check_turn(c.state, *plan, e.minutes));
  TUIXUAN_CHECK(check_candidates_ready(c.state, *plan, e.minutes));
  if (there.present < plan->min_ballots && !stage->small_group)
    return fail(code::A03::small,
                numbers({{"present", there.present}, {"least number of ballots", plan->min_ballots}}) +
                    ": so few ballots could tell who voted how; two supervisors decide to open all the same");
  const CeremonyState& ceremony = c.state.ceremony;
  if (!ceremony.key) return fail(code::E07::order, "the key ceremony is not finished");
  if (body.ceremony != *ceremony.transcript) return fail(code::V06::ctx, "the ceremony's transcript differs");
  if (body.public_key != ceremony.key->public_key) return fail(code::V05::Y, "the opening names another public key");
  if (body.trustee_keys != ceremony.key->trustee_keys) return fail(code::V06::ctx, "the trustees' public keys differ");
  TUIXUAN_CHECK(check_boxes(body, *plan, c.state));
  return Action([body = std::move(body), ctx = opening_digest(c.state.congress, e.body)](State& state) -> Result<void> {
    if (body.log_size != state.tree.size() || body.log_root != state.tree.root())
      return fail(code::E07::order, "the opening was made for a log of " + std::to_string(body.log_size) +
                                        " entries, it has " + std::to_string(state.tree.size()) + "; make it again");
    StageState* now = state.stage(body.stage);
    *now = open_boxes(std::move(*now), body, state);
    now->ctx = ctx;
    return {};
  });
}

Result<Action> opening_agreed_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, AgreementBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_trustee(e, *c.state.plan, body.trustee));
  const StageState* stage = c.state.stage(body.stage);
  if (stage == nullptr || stage->phase != Phase::proposed)
    return fail(code::E07::order,
                "stage " + body.stage.name + " is not waiting for the trustees to agree to its opening");
  if (body.digest != stage->ctx)
    return fail(code::V06::ctx, "trustee " + std::to_string(body.trustee.value) + " agreed to another opening");
  if (stage->opening_agreed.contains(body.trustee))
    return fail(code::V06::sig, "trustee " + std::to_string(body.trustee.value) + " has agreed already");
  if (c.state.lost_trustees.contains(body.trustee)) return fail(code::E05::author, "this trustee was declared lost");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    StageState* now = state.stage(body.stage);
    now->opening_agreed.insert(body.trustee);
    open_if_agreed(state, *now);
    return {};
  });
}

void open_if_agreed(const State& state, StageState& stage) {
  if (stage.phase != Phase::proposed) return;
  for (std::uint32_t t = 1; t <= state.plan->trustees.size(); ++t)
    if (!stage.opening_agreed.contains(TrusteeIndex{t}) && !state.lost_trustees.contains(TrusteeIndex{t})) return;
  stage.phase = Phase::open;
}

}  // namespace tuixuan::election
