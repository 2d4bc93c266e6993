// The end of voting: protocol section "Closing", check V12.
#include <algorithm>

#include "crypto/codes/entries.h"
#include "tally/election/digests.h"
#include "tally/election/rules.h"

namespace tuixuan::election {

static Action end_kiosk(KioskEndBody body, bool lost) {
  return [body = std::move(body), lost](State& state) -> Result<void> {
    StageState* stage = state.stage(body.stage);
    if (stage == nullptr || stage->phase != Phase::open)
      return fail(code::E07::order, "stage " + body.stage.name + " is not open");
    const auto kiosk = stage->kiosks.find(body.kiosk);
    if (kiosk == stage->kiosks.end())
      return fail(code::V12::kiosks, "kiosk " + body.kiosk.name + " does not serve this stage");
    if (kiosk->second.last) return fail(code::V12::kiosk_final, "kiosk " + body.kiosk.name + " has ended already");
    if (body.last != kiosk->second.next - 1)
      return fail(code::V12::kiosk_final, "kiosk " + body.kiosk.name + " says " + std::to_string(body.last) +
                                              " ballots, the log has " + std::to_string(kiosk->second.next - 1));
    kiosk->second.last = body.last;
    kiosk->second.lost = lost;
    if (lost)
      state.incidents.push_back(
          {state.tree.size(), Error{code::V12::kiosk_final, "kiosk " + body.kiosk.name + " was lost: " + body.reason}});
    return {};
  };
}

Result<Action> kiosk_final_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, KioskEndBody::decode(e.body));
  const tally::Kiosk* kiosk = c.state.plan->kiosk(body.kiosk);
  if (kiosk == nullptr) return fail(code::V12::kiosks, "there is no kiosk " + body.kiosk.name);
  TUIXUAN_CHECK(signed_by(e, key_of(kiosk->key)));
  return end_kiosk(std::move(body), false);
}

Result<Action> kiosk_lost_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, KioskEndBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  if (body.reason.empty()) return fail(code::E02::encoding, "a lost kiosk needs a reason");
  return end_kiosk(std::move(body), true);
}

static std::string versus(std::string_view what, std::uint64_t said, std::uint64_t found) {
  return std::string(what) + ": the close says " + std::to_string(said) + ", the log has " + std::to_string(found);
}

static Result<void> check_counts(const CloseBody& close, const StageState& stage) {
  const std::pair<std::string_view, std::pair<std::uint64_t, std::uint64_t>> counts[] = {
      {"ballots cast", {close.cast, stage.cast}},
      {"ballots challenged", {close.challenged, stage.challenged}},
      {"ballots abandoned", {close.abandoned, stage.abandoned}},
      {"slips voided", {close.voided, stage.voided}}};
  for (const auto& [what, numbers] : counts)
    if (numbers.first != numbers.second) return fail(code::V12::cast, versus(what, numbers.first, numbers.second));
  return {};
}

static Result<void> check_box(const BoxAccount& box, std::size_t i, const StageState& stage) {
  if (box.cast != stage.cast_of_box[i])
    return fail(code::V12::cast, versus("box " + box.box.name, box.cast, stage.cast_of_box[i]));
  if (box.voided != stage.voided_of_box[i])
    return fail(code::V12::slips, versus("slips voided in box " + box.box.name, box.voided, stage.voided_of_box[i]));
  if (box.cast > box.issued || box.issued > box.checked_in)
    return fail(code::V12::turnout, "box " + box.box.name + ": " + std::to_string(box.cast) + " cast, " +
                                        std::to_string(box.issued) + " slips issued, " +
                                        std::to_string(box.checked_in) + " voters came");
  const std::uint64_t slips = stage.opening->boxes[i].slip_count;
  if (box.issued > slips || box.unused > slips || box.issued + box.unused + box.voided != slips)
    return fail(code::V12::slips, "box " + box.box.name + ": issued " + std::to_string(box.issued) + " + unused " +
                                      std::to_string(box.unused) + " + voided " + std::to_string(box.voided) +
                                      " is not " + std::to_string(slips));
  return {};
}

static Result<void> check_kiosks(const CloseBody& close, const StageState& stage, const tally::Scheme& scheme) {
  std::vector<KioskAccount> expected;
  for (const tally::Kiosk& kiosk : scheme.kiosks)
    if (const auto it = stage.kiosks.find(kiosk.id); it != stage.kiosks.end()) {
      if (!it->second.last)
        return fail(code::V12::kiosk_final,
                    "kiosk " + kiosk.id.name +
                        " has not delivered its last ballot; wait for it, or two supervisors declare it lost");
      expected.push_back({kiosk.id, *it->second.last});
    }
  if (close.kiosks != expected) return fail(code::V12::kiosks, "the kiosks' last numbers are not those of the log");
  return {};
}

static Result<void> check_struck(const CloseBody& close, const StageState& stage) {
  for (const auto& [index, why] : stage.struck)
    if (std::find(close.struck.begin(), close.struck.end(), index) == close.struck.end())
      return fail(why.check, entry_number(index) + " breaks a rule and the close does not strike it: " + why.what);
  if (close.struck.size() != stage.struck.size() || !std::is_sorted(close.struck.begin(), close.struck.end()))
    return fail(code::V12::struck, "the close strikes entries that break no rule");
  return {};
}

static Result<void> check_close(const CloseBody& close, const StageState& stage, const State& state) {
  if (close.log_size != state.tree.size() || close.log_root != state.tree.root())
    return fail(code::V12::root, versus("entries of the log", close.log_size, state.tree.size()));
  TUIXUAN_CHECK(check_struck(close, stage));
  TUIXUAN_CHECK(check_counts(close, stage));
  const tally::Stage& plan = state.plan->stages[stage.stage];
  if (close.boxes.size() != plan.boxes.size()) return fail(code::V12::boxes, "stage " + close.stage.name);
  std::uint64_t checked_in = 0;
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) {
    if (close.boxes[i].box != plan.boxes[i]) return fail(code::V12::boxes, "box " + close.boxes[i].box.name);
    TUIXUAN_CHECK(check_box(close.boxes[i], i, stage));
    checked_in += close.boxes[i].checked_in;
  }
  if (checked_in > stage.attendance->present)
    return fail(code::V12::turnout, std::to_string(checked_in) + " voters came to the boxes, " +
                                        std::to_string(stage.attendance->present) + " are present");
  return check_kiosks(close, stage, *state.plan);
}

Result<Action> close_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, CloseBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  return Action([body = std::move(body), bytes = e.body](State& state) -> Result<void> {
    StageState* stage = state.stage(body.stage);
    if (stage == nullptr || stage->phase != Phase::open)
      return fail(code::E07::order, "stage " + body.stage.name + " is not open");
    TUIXUAN_CHECK(check_close(body, *stage, state));
    stage->phase = Phase::closing;
    stage->tctx = close_digest(stage->ctx, bytes);
    stage->close = body;
    return {};
  });
}

Result<Action> close_agreed_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, AgreementBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_trustee(e, *c.state.plan, body.trustee));
  const StageState* stage = c.state.stage(body.stage);
  const bool closed = stage != nullptr && (stage->phase == Phase::closing || stage->phase == Phase::tallying);
  if (!closed)
    return fail(code::E07::order,
                "stage " + body.stage.name + " is not waiting for the trustees to agree to its close");
  if (body.digest != stage->tctx)
    return fail(code::V12::tctx, "trustee " + std::to_string(body.trustee.value) + " agreed to another close");
  if (stage->close_agreed.contains(body.trustee))
    return fail(code::V12::sigs, "trustee " + std::to_string(body.trustee.value) + " has agreed already");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    StageState* now = state.stage(body.stage);
    now->close_agreed.insert(body.trustee);
    if (now->close_agreed.size() >= state.plan->threshold) now->phase = Phase::tallying;
    return {};
  });
}

}  // namespace tuixuan::election
