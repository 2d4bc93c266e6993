// Who comes in while the congress is under way: kiosks enrolled, keys replaced; and auditors' findings. C01, C07.audit.
#include <algorithm>

#include "crypto/codes/entries.h"
#include "tally/election/rules.h"
#include "tally/election/thread_bodies.h"

namespace tuixuan::election {

using primitives::VerifyKey;

// Every key that the scheme knows, but the trustees' and kiosks' too: one key serves one role.
static bool is_taken(const tally::Scheme& s, const VerifyKey& key) {
  const auto same = [&](const auto& holder) { return holder.key == key.bytes; };
  return s.log.key == key.bytes || s.organiser_key == key.bytes || s.desk_key == key.bytes ||
         (s.superior_key && *s.superior_key == key.bytes) || (s.chair && s.chair->key == key.bytes) ||
         std::any_of(s.supervisors.begin(), s.supervisors.end(), same) ||
         std::any_of(s.auditors.begin(), s.auditors.end(), same) ||
         std::any_of(s.kiosks.begin(), s.kiosks.end(), same) || std::any_of(s.trustees.begin(), s.trustees.end(), same);
}

static Result<void> check_new_key(const tally::Scheme& scheme, const VerifyKey& key, Code check) {
  if (!primitives::is_verify_key(key)) return fail(check, "the new key is not a valid key");
  if (is_taken(scheme, key)) return fail(check, "the new key serves another role already");
  return {};
}

Result<Action> enrolment_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, EnrolmentBody::decode(e.body));
  const tally::Scheme& scheme = *c.state.plan;
  TUIXUAN_CHECK(signed_by_two_supervisors(e, scheme));
  if (scheme.kiosk(body.kiosk) != nullptr)
    return fail(code::C01::enrolment,
                "there is a kiosk " + body.kiosk.name + " already; give the new one another name");
  if (scheme.box(body.box) == nullptr) return fail(code::C01::enrolment, "there is no box " + body.box.name);
  TUIXUAN_CHECK(check_new_key(scheme, body.key, code::C01::enrolment));
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.plan->kiosks.push_back({body.kiosk, body.key.bytes, body.box});
    for (auto& [id, stage] : state.stages) {
      const auto& boxes = state.plan->stages[stage.stage].boxes;
      const bool serves = std::find(boxes.begin(), boxes.end(), body.box) != boxes.end();
      if (serves && (stage.phase == Phase::proposed || stage.phase == Phase::open))
        stage.kiosks.emplace(body.kiosk, KioskState{});
    }
    return {};
  });
}

// The place where the scheme keeps that key of that role; null if the role has no such key.
static tally::Key* place_of(tally::Scheme& s, Role role, const VerifyKey& key) {
  const auto in = [&](auto& list) -> tally::Key* {
    for (auto& holder : list)
      if (holder.key == key.bytes) return &holder.key;
    return nullptr;
  };
  switch (role) {
    case Role::organiser:
      return s.organiser_key == key.bytes ? &s.organiser_key : nullptr;
    case Role::chair:
      return s.chair && s.chair->key == key.bytes ? &s.chair->key : nullptr;
    case Role::desk:
      return s.desk_key == key.bytes ? &s.desk_key : nullptr;
    case Role::supervisor:
      return in(s.supervisors);
    case Role::auditor:
      return in(s.auditors);
  }
  return nullptr;
}

Result<Action> key_replaced_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, KeyReplacedBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  tally::Scheme copy = *c.state.plan;
  if (place_of(copy, body.role, body.old_key) == nullptr || body.reason.empty())
    return fail(code::C01::key, "the old key is not one of this role, or no reason is given");
  if (std::any_of(e.signatures.begin(), e.signatures.end(), [&](const Signed& s) { return s.key == body.old_key; }))
    return fail(code::C01::key, "a lost key cannot sign for its own replacement");
  TUIXUAN_CHECK(check_new_key(copy, body.new_key, code::C01::key));
  return Action([body = std::move(body)](State& state) -> Result<void> {
    *place_of(*state.plan, body.role, body.old_key) = body.new_key.bytes;
    state.incidents.push_back({state.tree.size(), Error{code::C01::key, "a key was replaced: " + body.reason}});
    return {};
  });
}

Result<Action> audit_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, AuditBody::decode(e.body));
  TUIXUAN_TRY(auditor, signed_by_auditor(e, *c.state.plan));
  return Action([body = std::move(body), auditor = std::move(auditor),
                 minutes = e.minutes](State& state) -> Result<void> {
    if (body.log_size > state.tree.size() || state.tree.root_at(body.log_size) != body.log_root)
      return fail(code::C07::audit, "the audit is of another log than this");
    state.audits[auditor.id] = {state.tree.size(), minutes, auditor.name, body.log_size, body.holds, body.findings};
    if (!body.holds)
      state.incidents.push_back({state.tree.size(), Error{code::C07::audit, "an auditor objects: " + body.findings}});
    return {};
  });
}

}  // namespace tuixuan::election
