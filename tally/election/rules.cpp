#include "tally/election/rules.h"

#include <algorithm>

namespace tuixuan::election {

using primitives::VerifyKey;

VerifyKey key_of(const ByteArray<32>& raw) { return VerifyKey{raw}; }

std::string entry_number(std::uint64_t index) { return "entry " + std::to_string(index); }

static Result<void> exactly_one(const Envelope& e) {
  if (e.signatures.size() != 1)
    return fail(info(e.kind).signature_check, "expected one signature, found " + std::to_string(e.signatures.size()));
  return {};
}

Result<void> signed_by(const Envelope& e, const VerifyKey& key) { return signed_by(e, key, nullptr); }

Result<void> signed_by(const Envelope& e, const VerifyKey& key, batch::Claims* claims) {
  TUIXUAN_CHECK(exactly_one(e));
  if (e.signatures[0].key != key)
    return fail(info(e.kind).signature_check, "signed by key " + e.signatures[0].key.hex().substr(0, 16) +
                                                  "…, which may not make this entry (expected " +
                                                  key.hex().substr(0, 16) + "…)");
  if (claims == nullptr) return e.verify_signatures();
  e.claim_signatures(*claims);
  return {};
}

Result<void> signed_by_two_supervisors(const Envelope& e, const tally::Scheme& scheme) {
  for (const Signed& s : e.signatures) {
    const auto is_signer = [&](const auto& supervisor) { return key_of(supervisor.key) == s.key; };
    if (std::none_of(scheme.supervisors.begin(), scheme.supervisors.end(), is_signer))
      return fail(info(e.kind).signature_check, "key " + s.key.hex().substr(0, 16) + "… is no supervisor's");
  }
  if (e.signatures.size() < 2) return fail(info(e.kind).signature_check, "two supervisors must sign, one did");
  return e.verify_signatures();
}

Result<void> signed_by_chair(const Envelope& e, const tally::Scheme& scheme) {
  if (!scheme.chair) return fail(info(e.kind).signature_check, "the scheme names no chair");
  return signed_by(e, key_of(scheme.chair->key));
}

Result<void> signed_by_superior(const Envelope& e, const tally::Scheme& scheme) {
  if (!scheme.superior_key) return fail(info(e.kind).signature_check, "the scheme names no superior body");
  return signed_by(e, key_of(*scheme.superior_key));
}

Result<tally::Officer> signed_by_auditor(const Envelope& e, const tally::Scheme& scheme) {
  for (const tally::Officer& auditor : scheme.auditors) {
    if (e.signatures.size() != 1 || e.signatures[0].key != key_of(auditor.key)) continue;
    TUIXUAN_CHECK(e.verify_signatures());
    return auditor;
  }
  return fail(info(e.kind).signature_check, "the signer is no auditor of the scheme");
}

Result<void> signed_by_trustee(const Envelope& e, const tally::Scheme& scheme, TrusteeIndex trustee) {
  if (trustee.value < 1 || trustee.value > scheme.trustees.size())
    return fail(info(e.kind).signature_check, "there is no trustee " + std::to_string(trustee.value));
  return signed_by(e, key_of(scheme.trustees[trustee.value - 1].key));
}

const StageState* State::stage(const StageId& id) const {
  const auto it = stages.find(id);
  return it == stages.end() ? nullptr : &it->second;
}

StageState* State::stage(const StageId& id) {
  const auto it = stages.find(id);
  return it == stages.end() ? nullptr : &it->second;
}

std::size_t State::mixers_needed() const {
  return plan ? std::min<std::size_t>(plan->min_mixers, present_trustees()) : 0;
}

std::size_t State::present_trustees() const { return plan ? plan->trustees.size() - lost_trustees.size() : 0; }

}  // namespace tuixuan::election
