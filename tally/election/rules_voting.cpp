// Ballots and voided slips: protocol section "Casting", checks V08 to V11.
#include "crypto/codes/entries.h"
#include "crypto/protocol/ballot.h"
#include "tally/election/rules.h"
#include "tally/election/slips.h"

namespace tuixuan::election {

using protocol::BallotBody;

static constexpr std::uint32_t kHour = 60;

// The stage that a ballot's context names, if it is open.
static Result<const StageState*> open_stage_of(const State& state, const Hash64& ctx) {
  for (const auto& [id, stage] : state.stages) {
    if (stage.phase == Phase::planned || stage.ctx != ctx) continue;
    if (stage.phase == Phase::open) return &stage;
    if (stage.phase == Phase::proposed)
      return fail(code::V06::sig, "stage " + id.name + ": not every trustee has agreed to the opening yet");
    return fail(code::E07::order, "stage " + id.name + " is closed");
  }
  return fail(code::V08::ctx, "no open stage has the context " + ctx.hex().substr(0, 16) + "…");
}

// V08: everything about a ballot that does not depend on other ballots.
static Result<void> check_ballot(const BallotBody& ballot, const BallotEntryBody& body, const StageState& stage,
                                 const Context& c) {
  const tally::Scheme& scheme = *c.state.plan;
  const std::vector<BoxId>& boxes = scheme.stages[stage.stage].boxes;
  const SlipStanding slip = slip_standing(stage, boxes, ballot.box, ballot.credential);
  if (slip == SlipStanding::unknown)
    return fail(code::V08::cred, "slip " + ballot.credential.hex().substr(0, 16) + "… is not on the list");
  if (slip == SlipStanding::other_box)
    return fail(code::V08::style, "the ballot says box " + ballot.box.name + ", its slip is of box " +
                                      box_of_slip(stage, boxes, ballot.credential).name);
  const tally::Kiosk* kiosk = scheme.kiosk(ballot.kiosk);
  if (kiosk == nullptr || kiosk->box != ballot.box || !stage.kiosks.contains(ballot.kiosk))
    return fail(code::V08::kiosk, "kiosk " + ballot.kiosk.name + " does not serve box " + ballot.box.name);
  if (ballot.contests.size() != stage.contests.size())
    return fail(code::V08::contests, "the ballot has " + std::to_string(ballot.contests.size()) +
                                         " contests, the stage " + std::to_string(stage.contests.size()));
  for (std::size_t i = 0; i < stage.contests.size(); ++i) {
    const ContestId& id = scheme.contests[stage.contests[i].contest].id;
    if (ballot.contests[i].contest != id)
      return fail(code::V08::contests,
                  "contest " + ballot.contests[i].contest.name + " where " + id.name + " was expected");
    if (ballot.contests[i].row.size() != stage.contests[i].width) return fail(code::V08::width, "contest " + id.name);
  }
  // Kiosks' keys and credentials have been taken by primitives::is_verify_key() when they came on the log.
  const Hash64 statement = protocol::kiosk_statement(ballot.hash());
  if (c.claims != nullptr) {
    c.claims->signature(key_of(kiosk->key), statement.view(), body.kiosk_signature);
    protocol::claim_possession(ballot, stage.opening->public_key, *c.claims);
    return {};
  }
  if (!primitives::verify(key_of(kiosk->key), statement.view(), body.kiosk_signature))
    return fail(code::V08::ksig, "kiosk " + ballot.kiosk.name + ", number " + std::to_string(ballot.seq));
  return protocol::verify_possession(ballot, stage.opening->public_key);
}

// V09: one fate for each ballot and slip, nothing copied, no number missing.
static Result<void> check_fate(const BallotBody& ballot, Kind kind, const StageState& stage,
                               std::span<const BoxId> boxes) {
  const std::string which = "kiosk " + ballot.kiosk.name + ", number " + std::to_string(ballot.seq);
  if (const auto same = stage.ballots.find(ballot.hash()); same != stage.ballots.end())
    return fail(code::V09::twice, which + " stands already at " + entry_number(same->second));
  std::unordered_set<Alpha, ByteIdHash> own;
  for (const auto& contest : ballot.contests)
    for (const auto& ct : contest.row)
      if (const Alpha alpha{ct.alpha.bytes()}; stage.alphas.contains(alpha) || !own.insert(alpha).second)
        return fail(code::V09::replay, which + ", contest " + contest.contest.name);
  const KioskState& kiosk = stage.kiosks.at(ballot.kiosk);
  if (kiosk.last) return fail(code::V09::seq, which + ": this kiosk has delivered its last ballot already");
  if (ballot.seq != kiosk.next)
    return fail(code::V09::seq, which + " where " + std::to_string(kiosk.next) + " was expected");
  if (kind == Kind::abandon) return {};  // says nothing about the slip
  const SlipStanding slip = slip_standing(stage, boxes, ballot.box, ballot.credential);
  if (slip == SlipStanding::voided)
    return fail(code::V09::voided, "slip " + ballot.credential.hex().substr(0, 16) + "…");
  if (slip == SlipStanding::used)
    return fail(code::V09::second, "slip " + ballot.credential.hex().substr(0, 16) + "… at " +
                                       entry_number(*stage.slips.at(ballot.credential).cast));
  return {};
}

static void record_ballot(const BallotBody& ballot, Kind kind, std::uint64_t index, StageState& stage) {
  stage.ballots.emplace(ballot.hash(), index);
  for (const auto& contest : ballot.contests)
    for (const auto& ct : contest.row) stage.alphas.insert(Alpha{ct.alpha.bytes()});
  stage.kiosks.at(ballot.kiosk).next = ballot.seq + 1;
  if (kind == Kind::challenge) ++stage.challenged;
  if (kind == Kind::abandon) ++stage.abandoned;
  if (kind != Kind::cast) return;
  SlipState& slip = stage.slips.at(ballot.credential);
  slip.cast = index;
  ++stage.cast;
  ++stage.cast_of_box[slip.box];
  for (std::size_t i = 0; i < stage.contests.size(); ++i) stage.contests[i].list.push_back(ballot.contests[i].row);
}

Result<Action> ballot_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, BallotEntryBody::decode(e.body));
  TUIXUAN_TRY(ballot,
              c.points != nullptr ? BallotBody::decode(body.ballot, *c.points) : BallotBody::decode(body.ballot));
  if (e.minutes % kHour != 0) return fail(code::E06::time, std::to_string(e.minutes) + " minutes");
  TUIXUAN_TRY(stage, open_stage_of(c.state, ballot.ctx));
  TUIXUAN_CHECK(check_ballot(ballot, body, *stage, c));
  if (e.kind == Kind::abandon) {
    TUIXUAN_CHECK(signed_by(e, key_of(c.state.plan->kiosk(ballot.kiosk)->key), c.claims));
  } else {
    TUIXUAN_CHECK(signed_by(e, ballot.credential, c.claims));
  }
  if (e.kind == Kind::challenge) {
    TUIXUAN_TRY(opening, protocol::BallotOpening::decode(body.opening));
    TUIXUAN_CHECK(protocol::verify_opening(ballot, opening, stage->opening->public_key));
  } else if (!body.opening.empty()) {
    return fail(code::V11::open, "an opening where none belongs");
  }
  const StageId id = c.state.plan->stages[stage->stage].id;
  return Action([id, kind = e.kind, ballot = std::move(ballot)](State& state) -> Result<void> {
    StageState* now = state.stage(id);
    if (now->phase != Phase::open) return fail(code::E07::order, "stage " + id.name + " is not open");
    TUIXUAN_CHECK(check_fate(ballot, kind, *now, state.plan->stages[now->stage].boxes));
    record_ballot(ballot, kind, state.tree.size(), *now);
    return {};
  });
}

Result<Action> void_slip_rule(const Envelope& e, const Context& c) {
  TUIXUAN_TRY(body, VoidSlipBody::decode(e.body));
  TUIXUAN_CHECK(signed_by_two_supervisors(e, *c.state.plan));
  return Action([body = std::move(body)](State& state) -> Result<void> {
    StageState* stage = state.stage(body.stage);
    if (stage == nullptr || stage->phase != Phase::open)
      return fail(code::E07::order, "stage " + body.stage.name + " is not open");
    const auto slip = stage->slips.find(body.credential);
    const std::string which = "slip " + body.credential.hex().substr(0, 16) + "…";
    if (slip == stage->slips.end()) return fail(code::V10::known, which + " is not on the list");
    if (slip->second.voided) return fail(code::V10::known, which + " has been voided before");
    if (slip->second.cast)
      return fail(code::V10::used, which + " cast its ballot at " + entry_number(*slip->second.cast));
    slip->second.voided = true;
    ++stage->voided;
    ++stage->voided_of_box[slip->second.box];
    return {};
  });
}

}  // namespace tuixuan::election
