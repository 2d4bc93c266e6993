// Scheme, key ceremony, lists of slips, lost trustees: protocol sections "Scheme", "Key ceremony", "Slips"; V01 to V05.
#include <algorithm>

#include "crypto/batch/order.h"
#include "crypto/codes/entries.h"
#include "crypto/protocol/ceremony.h"
#include "crypto/protocol/slip.h"
#include "tally/ballot/codec.h"
#include "tally/election/digests.h"
#include "tally/election/rules.h"
#include "tally/election/widths.h"
#include "tally/election/witnesses.h"
#include "tally/scheme/scheme_file.h"

namespace tuixuan::election {

using primitives::VerifyKey;

// --- scheme ----------------------------------------------------------------------------------------------------------

static Result<void> check_anchor(const tally::Scheme& scheme, const Anchor& anchor) {
  if (anchor.organiser && *anchor.organiser != key_of(scheme.organiser_key))
    return fail(code::V01::key, "the scheme names another organiser than this program was told");
  if (anchor.log_key && *anchor.log_key != key_of(scheme.log.key))
    return fail(code::V01::key, "the scheme names another log key than this program was told");
  return {};
}

// One key for each witness: a cosignature does not say under which name it was made.
static Result<void> check_witnesses(const tally::Scheme& scheme) {
  std::vector<log::NoteKey> known;
  for (const std::string& text : scheme.witnesses) {
    auto key = log::parse_vkey(text);
    if (!key || key->type != log::KeyType::kCosignature)
      return fail(code::V01::scheme, "\"" + text + "\" is not the vkey of a witness");
    known.push_back(std::move(*key));
  }
  for (const tally::Kiosk& kiosk : scheme.kiosks) known.push_back({"", log::KeyType::kCosignature, key_of(kiosk.key)});
  for (std::size_t i = 0; i < scheme.witnesses.size(); ++i)
    for (std::size_t j = i + 1; j < known.size(); ++j)
      if (known[i].key == known[j].key)
        return fail(code::V01::scheme, known[i].name + " has the key of another witness");
  return {};
}

StageState planned_stage(const tally::Scheme& scheme, std::size_t index) {
  StageState stage;
  stage.stage = index;
  for (const ContestId& id : scheme.stages[index].contests) {
    ContestState contest;
    contest.contest = contest_index(scheme, id);
    contest.width = sealed_width(scheme.contests[contest.contest]);
    stage.contests.push_back(std::move(contest));
  }
  return stage;
}

static State founded(tally::Scheme scheme, Bytes file, const Hash64& congress) {
  State state;
  for (std::size_t i = 0; i < scheme.stages.size(); ++i)
    state.stages.emplace(scheme.stages[i].id, planned_stage(scheme, i));
  const std::size_t n = scheme.trustees.size();
  state.ceremony.commits.resize(n);
  state.ceremony.shares.resize(n);
  state.ceremony.confirms.resize(n);
  state.plan = std::move(scheme);
  state.scheme_file = std::move(file);
  state.congress = congress;
  return state;
}

Result<Action> scheme_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, SchemeBody::decode(e.body));
  TUIXUAN_TRY(file, c.objects.load(body.scheme));
  TUIXUAN_TRY(scheme, read_scheme(file));
  TUIXUAN_CHECK(check_anchor(scheme, c.anchor));
  TUIXUAN_CHECK(check_witnesses(scheme));
  const Hash64 congress = protocol::draft_digest(file);
  if (e.congress != congress) return fail(code::E03::congress, "the envelope's digest is not that of the scheme file");
  if (e.rehearsal != scheme.rehearsal)
    return fail(code::E03::rehearsal, "the scheme and its entry do not agree on whether this is a rehearsal");
  TUIXUAN_CHECK(signed_by(e, key_of(scheme.organiser_key)));
  return Action([scheme = std::move(scheme), file = std::move(file), congress](State& state) -> Result<void> {
    state = founded(scheme, file, congress);
    return {};
  });
}

// --- key ceremony ----------------------------------------------------------------------------------------------------

static Result<CeremonyBody> ceremony_body(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, CeremonyBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_trustee(e, *c.state.plan, body.trustee));
  const CeremonyState& now = c.state.ceremony;
  if (now.key) return fail(code::E07::order, "the key ceremony is finished");
  if (body.attempt != now.attempt)
    return fail(code::E07::order, "this is attempt " + std::to_string(now.attempt) +
                                      " of the ceremony, the message is of attempt " + std::to_string(body.attempt));
  return std::move(body);
}

static protocol::CeremonyParameters parameters(const State& state) {
  return {state.congress, static_cast<std::uint32_t>(state.plan->trustees.size()), state.plan->threshold};
}

template <class T>
static std::vector<T> all_of(const std::vector<std::optional<T>>& items) {
  std::vector<T> out;
  for (const auto& item : items)
    if (item) out.push_back(*item);
  return out;
}

static std::string trustee(TrusteeIndex t) { return "trustee " + std::to_string(t.value); }

Result<Action> ceremony_commit_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ceremony_body(e, c));
  TUIXUAN_TRY(message, protocol::CeremonyCommit::decode(body.message));
  const std::size_t slot = body.trustee.value - 1;
  if (message.trustee != body.trustee)
    return fail(code::V03::index, trustee(body.trustee) + " sent a message with another index");
  if (c.state.ceremony.commits[slot]) return fail(code::E07::order, trustee(body.trustee) + " has committed already");
  TUIXUAN_CHECK(protocol::verify_commit(parameters(c.state), message));
  for (const auto& other : c.state.ceremony.commits)
    if (other && (other->ephemeral == message.ephemeral || other->commitment == message.commitment))
      return fail(code::V03::dup, trustee(body.trustee) + " repeats what " + trustee(other->trustee) + " sent");
  return Action([message = std::move(message), slot](State& state) -> Result<void> {
    CeremonyState& now = state.ceremony;
    now.commits[slot] = message;
    if (const auto all = all_of(now.commits); all.size() == now.commits.size())
      now.gamma = protocol::ceremony_digest(parameters(state), all);
    return {};
  });
}

Result<Action> ceremony_share_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ceremony_body(e, c));
  TUIXUAN_TRY(message, protocol::CeremonyShare::decode(body.message));
  const CeremonyState& now = c.state.ceremony;
  const std::size_t slot = body.trustee.value - 1;
  if (!now.gamma) return fail(code::E07::order, "not every trustee has committed yet");
  if (message.trustee != body.trustee)
    return fail(code::V03::index, trustee(body.trustee) + " sent a message with another index");
  if (now.shares[slot]) return fail(code::E07::order, trustee(body.trustee) + " has sent its shares already");
  TUIXUAN_CHECK(protocol::verify_share(parameters(c.state), *now.gamma, *now.commits[slot], message));
  return Action([message = std::move(message), slot](State& state) -> Result<void> {
    CeremonyState& then = state.ceremony;
    then.shares[slot] = message;
    if (const auto all = all_of(then.shares); all.size() == then.shares.size())
      then.transcript = protocol::transcript_digest(*then.gamma, all);
    return {};
  });
}

Result<Action> ceremony_confirm_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ceremony_body(e, c));
  TUIXUAN_TRY(message, protocol::CeremonyConfirm::decode(body.message));
  const CeremonyState& now = c.state.ceremony;
  const std::size_t slot = body.trustee.value - 1;
  if (!now.transcript) return fail(code::E07::order, "not every trustee has sent its shares yet");
  if (message.trustee != body.trustee)
    return fail(code::V03::index, trustee(body.trustee) + " sent a message with another index");
  if (now.confirms[slot]) return fail(code::E07::order, trustee(body.trustee) + " has confirmed already");
  TUIXUAN_CHECK(protocol::verify_confirm(parameters(c.state), *now.transcript, all_of(now.shares), message));
  return Action([message = std::move(message), slot](State& state) -> Result<void> {
    CeremonyState& then = state.ceremony;
    then.confirms[slot] = message;
    if (const auto all = all_of(then.confirms); all.size() == then.confirms.size())
      then.key = protocol::election_key(all_of(then.shares), all);
    return {};
  });
}

// Either way the ceremony is void and starts again; who was right goes on the record.
Result<Action> ceremony_complaint_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, ComplaintBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_trustee(e, *c.state.plan, body.complainer));
  const CeremonyState& now = c.state.ceremony;
  if (now.key || body.attempt != now.attempt) return fail(code::E07::order, "that ceremony is over");
  const std::size_t n = now.shares.size();
  if (body.dealer.value < 1 || body.dealer.value > n || body.dealer == body.complainer)
    return fail(code::E02::encoding, "the complaint names no other trustee");
  const auto& dealt = now.shares[body.dealer.value - 1];
  if (!dealt) return fail(code::E07::order, trustee(body.dealer) + " has not sent its shares yet");
  const bool dealer_cheated = protocol::judge_complaint(*now.gamma, *now.commits[body.complainer.value - 1], *dealt,
                                                        body.complainer, body.opened_key);
  const std::string verdict =
      dealer_cheated ? trustee(body.dealer) + " sent a wrong share to " + trustee(body.complainer)
                     : trustee(body.complainer) + " complained without cause about " + trustee(body.dealer);
  return Action([verdict](State& state) -> Result<void> {
    CeremonyState& then = state.ceremony;
    const std::size_t trustees = then.commits.size();
    state.incidents.push_back(
        {state.tree.size(), Error{code::V04::shares, verdict + "; the key ceremony starts again"}});
    CeremonyState fresh;
    fresh.attempt = then.attempt + 1;
    fresh.commits.resize(trustees);
    fresh.shares.resize(trustees);
    fresh.confirms.resize(trustees);
    then = std::move(fresh);
    return {};
  });
}

// --- slips, lost trustees --------------------------------------------------------------------------------------------

static Result<std::vector<VerifyKey>> read_credentials(ByteView list, const Context& c) {
  if (list.size() % 32 != 0) return fail(code::E02::encoding, "a list of slips is a whole number of 32-byte keys");
  std::vector<VerifyKey> out(list.size() / 32);
  for (std::size_t i = 0; i < out.size(); ++i) std::memcpy(out[i].bytes.data(), list.data() + 32 * i, 32);
  const bool all_valid = c.checking == batch::Checking::merged && batch::all_verify_keys(out, c.threads);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i > 0 && out[i] == out[i - 1]) return fail(code::V02::dup, "slip " + out[i].hex().substr(0, 16) + "…");
    if (i > 0 && out[i] < out[i - 1]) return fail(code::V02::order, "slip number " + std::to_string(i));
    if (!all_valid && !primitives::is_verify_key(out[i]))
      return fail(code::V02::key, "slip number " + std::to_string(i));
  }
  return out;
}

Result<Action> slips_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, SlipsBody::decode(e.body));
  const tally::Scheme& scheme = *c.state.plan;
  TUIXUAN_CHECK(signed_by(e, key_of(scheme.desk_key)));
  if (scheme.box(body.box) == nullptr) return fail(code::V02::box, "there is no box " + body.box.name);
  if (c.state.slip_lists.contains({body.box, body.round}))
    return fail(code::E07::order,
                "box " + body.box.name + " has its slips of round " + std::to_string(body.round) + " already");
  TUIXUAN_TRY(bytes, c.objects.load(body.list));
  TUIXUAN_TRY(credentials, read_credentials(bytes, c));
  for (const auto& [where, list] : c.state.slip_lists)
    for (const VerifyKey& key : credentials)
      if (std::binary_search(list.credentials.begin(), list.credentials.end(), key))
        return fail(code::V02::dup, "slip " + key.hex().substr(0, 16) + "… is in box " + where.first.name + " too");
  SlipList list{body.list.hash, std::move(credentials)};
  return Action([body = std::move(body), list = std::move(list)](State& state) -> Result<void> {
    state.slip_lists.emplace(std::make_pair(body.box, body.round), list);
    return {};
  });
}

Result<Action> trustee_lost_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, TrusteeLostBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  if (body.trustee.value < 1 || body.trustee.value > c.state.plan->trustees.size() || body.reason.empty())
    return fail(code::E02::encoding, "name a trustee of the scheme and a reason");
  if (c.state.lost_trustees.contains(body.trustee))
    return fail(code::E07::order, trustee(body.trustee) + " is lost already");
  if (!c.state.ceremony.key)
    return fail(code::E07::order, "before the key ceremony is finished, start a new congress without the trustee");
  if (c.state.present_trustees() <= c.state.plan->threshold)
    return fail(code::E07::order,
                "with fewer than " + std::to_string(c.state.plan->threshold) +
                    " trustees nothing can be decrypted: the vote must be held again under a new scheme");
  return Action([body = std::move(body)](State& state) -> Result<void> {
    state.lost_trustees.emplace(body.trustee, body.reason);
    state.incidents.push_back(
        {state.tree.size(), Error{code::V06::sig, trustee(body.trustee) + " was lost: " + body.reason}});
    for (auto& [id, stage] : state.stages) open_if_agreed(state, stage);
    return {};
  });
}

}  // namespace tuixuan::election
