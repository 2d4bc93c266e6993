#include "kiosk/core/session.h"

#include "crypto/codes/kiosk.h"
#include "tally/ballot/codec.h"
#include "tally/election/envelope.h"
#include "tally/election/rules.h"
#include "tally/election/slips.h"
#include "tally/election/widths.h"

namespace tuixuan::kiosk {

using election::Kind;
using primitives::SigningKey;
using primitives::VerifyKey;

std::uint32_t whole_hour(std::uint32_t minutes) { return minutes - minutes % 60; }

Result<OpenStage> open_stage_for(const election::State& state, const KioskId& kiosk) {
  if (!state.plan) return fail(code::kiosk::closed, "the log has no scheme yet");
  const tally::Scheme& scheme = *state.plan;
  const tally::Kiosk* enrolled = scheme.kiosk(kiosk);
  if (enrolled == nullptr) return fail(code::kiosk::enrolment, "kiosk " + kiosk.name + " is not in the scheme");
  for (const auto& [id, stage] : state.stages) {
    if (stage.phase != election::Phase::open || !stage.kiosks.contains(kiosk)) continue;
    OpenStage out{id,
                  enrolled->box,
                  state.congress,
                  scheme.rehearsal,
                  stage.ctx,
                  stage.opening->public_key,
                  scheme.stages[stage.stage].round,
                  {},
                  {}};
    for (const election::ContestState& contest : stage.contests) {
      out.contests.push_back(scheme.contests[contest.contest]);
      out.widths.push_back(contest.width);
    }
    return out;
  }
  return fail(code::kiosk::closed, "no stage of box " + enrolled->box.name + " is open");
}

Result<void> check_slip(const election::StageState& stage, std::span<const BoxId> boxes, const BoxId& box,
                        const VerifyKey& credential) {
  switch (election::slip_standing(stage, boxes, box, credential)) {
    case election::SlipStanding::fits:
      return {};
    case election::SlipStanding::unknown:
      return fail(code::slip::unknown, "this slip is not for this vote; please ask at the desk");
    case election::SlipStanding::other_box:
      return fail(code::slip::box, "this slip is for box " + election::box_of_slip(stage, boxes, credential).name +
                                       "; please vote there");
    case election::SlipStanding::voided:
      return fail(code::slip::voided, "this slip has been voided; please ask at the desk");
    case election::SlipStanding::used:
      return fail(code::slip::used, "a ballot has been cast with this slip already");
  }
  bug("a slip without a standing");
}

SlipCheck slip_check(const election::State& state, const StageId& id, const BoxId& box) {
  return [&state, id, box](const VerifyKey& credential) -> Result<void> {
    const election::StageState* stage = state.stage(id);
    if (stage == nullptr) return fail(code::slip::unknown, "this slip is not for this vote; please ask at the desk");
    return check_slip(*stage, state.plan->stages[stage->stage].boxes, box, credential);
  };
}

Session::Session(KioskId kiosk, const SigningKey& key, Journal& journal)
    : kiosk_(std::move(kiosk)), key_(key), journal_(journal) {}

static tl::unexpected<Error> not_now(std::string_view what) {
  return fail(code::session::step, "it is not the moment to " + std::string(what));
}

static Bytes abandon_entry(const OpenStage& stage, const Bytes& ballot_entry_body, const SigningKey& key,
                           std::uint32_t minutes) {
  return election::sign_entry(Kind::abandon, {stage.congress, stage.rehearsal}, whole_hour(minutes), ballot_entry_body,
                              {&key});
}

Result<std::size_t> Session::recover(const OpenStage& stage, std::uint32_t minutes) {
  if (step_ != Step::waiting) return not_now("recover");
  TUIXUAN_TRY(open, journal_.undecided(stage.id));
  for (const JournalBallot& b : open)
    TUIXUAN_CHECK(journal_.decide(stage.id, b.seq, Kind::abandon, abandon_entry(stage, b.ballot, key_, minutes)));
  return open.size();
}

Result<void> Session::scan(const OpenStage& stage, std::string_view slip_text, const SlipCheck& check) {
  if (step_ != Step::waiting) return not_now("scan a slip");
  TUIXUAN_TRY(ended, journal_.ended(stage.id));
  if (ended) return fail(code::kiosk::ended, "voting has ended at this kiosk; the slip stays good");
  TUIXUAN_TRY(slip, protocol::Slip::parse(slip_text));
  SigningKey credential = slip.credential(stage.congress, stage.round);
  TUIXUAN_CHECK(check(credential.verify_key()));
  TUIXUAN_TRY(cast_here, journal_.has_cast(stage.id, credential.verify_key()));
  if (cast_here) return fail(code::slip::used, "a ballot has been cast here with this slip already");
  stage_ = stage;
  credential_ = std::move(credential);
  selections_.clear();
  for (const tally::Contest& contest : stage.contests) selections_.push_back(tally::blank(contest));
  step_ = Step::marking;
  return {};
}

Result<void> Session::mark(std::size_t contest, tally::Selection selection) {
  if (step_ != Step::marking) return not_now("mark");
  if (contest >= selections_.size())
    return fail(code::session::step, "there is no contest " + std::to_string(contest + 1));
  TUIXUAN_TRY(content, tally::encode(stage_.contests[contest], selection));
  primitives::wipe(content);
  tally::wipe(selections_[contest]);
  selections_[contest] = std::move(selection);
  return {};
}

Result<SealedBallot> Session::seal() {
  if (step_ != Step::marking) return not_now("seal");
  TUIXUAN_TRY(seq, journal_.next_seq(stage_.id));
  protocol::BallotBody ballot{stage_.ctx, stage_.box, credential_->verify_key(), kiosk_, seq, {}};
  std::vector<protocol::ContestSecret> secrets;
  for (std::size_t i = 0; i < stage_.contests.size(); ++i) {
    const tally::Contest& contest = stage_.contests[i];
    if (const auto problems = tally::check(contest, selections_[i]); !problems.empty())
      return fail(problems[0].check, "contest " + contest.id.name + ": " + problems[0].what);
    TUIXUAN_TRY(content, tally::encode(contest, selections_[i]));
    protocol::Sealed sealed = protocol::seal_contest(ballot, contest.id, stage_.public_key, content, stage_.widths[i]);
    primitives::wipe(content);
    ballot.contests.push_back(std::move(sealed.contest));
    secrets.push_back(std::move(sealed.secret));
  }
  const Hash64 hash = ballot.hash();
  const primitives::Signature signature = key_.sign(protocol::kiosk_statement(hash).view());
  const Bytes body = election::BallotEntryBody{ballot.encode(), signature, {}}.encode();
  TUIXUAN_CHECK(journal_.prepare(stage_.id, seq, hash, ballot.credential, body));
  ballot_ = ballot.encode();
  kiosk_signature_ = signature;
  secrets_ = std::move(secrets);
  sealed_ = {seq, hash, protocol::tracker(hash)};
  step_ = Step::sealed;
  return sealed_;
}

Result<void> Session::decide(Kind fate, std::uint32_t minutes) {
  election::BallotEntryBody body{ballot_, kiosk_signature_, {}};
  if (fate == Kind::challenge) body.opening = protocol::publish(secrets_).encode();
  const SigningKey& signer = fate == Kind::abandon ? key_ : *credential_;
  const Bytes entry =
      election::sign_entry(fate, {stage_.congress, stage_.rehearsal}, whole_hour(minutes), body.encode(), {&signer});
  return journal_.decide(stage_.id, sealed_.seq, fate, entry);
}

Result<SealedBallot> Session::cast(std::uint32_t minutes) {
  if (step_ != Step::sealed) return not_now("cast");
  TUIXUAN_CHECK(decide(Kind::cast, minutes));
  const SealedBallot done = sealed_;
  forget();
  return done;
}

Result<SealedBallot> Session::challenge(std::uint32_t minutes) {
  if (step_ != Step::sealed) return not_now("check the machine");
  TUIXUAN_CHECK(decide(Kind::challenge, minutes));
  const SealedBallot done = sealed_;
  secrets_.clear();
  sealed_ = {};
  ballot_.clear();
  for (std::size_t i = 0; i < selections_.size(); ++i) {
    tally::wipe(selections_[i]);
    selections_[i] = tally::blank(stage_.contests[i]);
  }
  step_ = Step::marking;
  return done;
}

Result<void> Session::leave(std::uint32_t minutes) {
  const auto decided = step_ == Step::sealed ? decide(Kind::abandon, minutes) : Result<void>();
  forget();
  return decided;
}

void Session::forget() {
  for (tally::Selection& s : selections_) tally::wipe(s);
  selections_.clear();
  secrets_.clear();
  credential_.reset();
  ballot_.clear();
  sealed_ = {};
  step_ = Step::waiting;
}

}  // namespace tuixuan::kiosk
