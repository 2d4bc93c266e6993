// The rules of the fold, one function for each kind of entry: checks the form, the signers and the proofs of an
// envelope against the state, and gives the action that checks the rest and changes the state. Each names the check
// that refuses. Grouped by what happens at a congress: setup, opening, voting, closing, tally (rules_*.cpp).
#pragma once

#include "tally/election/envelope.h"
#include "tally/election/fold.h"
#include "tally/scheme/proposal.h"

namespace tuixuan::election {

struct Context {
  const State& state;
  const Objects& objects;
  const Anchor& anchor;
  unsigned threads;
  batch::Checking checking = batch::Checking::merged;
  // For a run of ballots that are checked together (Fold::prepare_run): signatures and proofs of knowledge are claimed
  // here instead of checked, and points are found decoded.
  batch::Claims* claims = nullptr;
  const protocol::DecodedPoints* points = nullptr;
};

using Rule = Result<Action> (*)(const Envelope&, const Context&);

#define TUIXUAN_KIND(number, id, name, signers, check, body, rule, zh, en) \
  Result<Action> rule(const Envelope&, const Context&);
#include "tally/election/kinds.def"
#undef TUIXUAN_KIND

// --- who may sign ----------------------------------------------------------------------------------------------------
// Each checks that the envelope's signers are exactly those, and their signatures. Errors: the kind's signature check.

Result<void> signed_by(const Envelope&, const primitives::VerifyKey& key);
// The same, but the signature itself is claimed where claims are taken.
Result<void> signed_by(const Envelope&, const primitives::VerifyKey& key, batch::Claims* claims);
Result<void> signed_by_two_supervisors(const Envelope&, const tally::Scheme&);
Result<void> signed_by_chair(const Envelope&, const tally::Scheme&);
Result<void> signed_by_superior(const Envelope&, const tally::Scheme&);
Result<tally::Officer> signed_by_auditor(const Envelope&, const tally::Scheme&);  // which one
Result<void> signed_by_trustee(const Envelope&, const tally::Scheme&, TrusteeIndex);

// --- small helpers of several rules ----------------------------------------------------------------------------------

// A proposed stage opens once every trustee that is not lost has agreed.
void open_if_agreed(const State&, StageState&);

// What the recommendations of a combination come to. Error "C02.shortlist": something is missing.
Result<scheme::ProposalFile> combine_results(const State&, const tally::CombinationId&);
// Who the result before proposes for this contest, as names with notes; of a repeat, who was proposed for the first.
// None for nominations anew. Error "C03.candidates": that result is not there yet.
Result<std::optional<std::vector<std::string>>> proposed_for(const State&, const tally::Contest&);
// The contest that may follow, with this id. Errors: "C05.follows", "C06.base", "E07.order".
Result<tally::Contest> draft_contest(const State&, const ContestId& of, tally::FollowKind, ContestId id);

// Days of notice that a stage has because of this added contest.
std::uint32_t notice_of_added(const State&, const tally::Contest& held);

// A stage of the scheme before anything has happened in it.
StageState planned_stage(const tally::Scheme&, std::size_t index);

// Whether a stage may open as far as its candidates go: decided, their notice over, objections answered (C03, C04).
Result<void> check_candidates_ready(const State&, const tally::Stage&, std::uint32_t minutes);

primitives::VerifyKey key_of(const ByteArray<32>& raw);
std::string entry_number(std::uint64_t index);

}  // namespace tuixuan::election
