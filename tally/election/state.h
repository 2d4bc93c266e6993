// The state of a congress: what the entries so far mean. Plain data, read by everyone, changed only by the fold's
// rules.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "crypto/log/merkle.h"
#include "crypto/protocol/ballot.h"
#include "crypto/protocol/ceremony.h"
#include "crypto/protocol/elgamal.h"
#include "tally/count/combination.h"
#include "tally/election/bodies.h"
#include "tally/election/envelope.h"
#include "tally/election/kinds.h"

namespace tuixuan::election {

using Alpha = ByteId<struct AlphaTag, 32>;

struct CeremonyState {
  std::uint32_t attempt = 1;                                     // the one under way, or done
  std::vector<std::optional<protocol::CeremonyCommit>> commits;  // by trustee
  std::vector<std::optional<protocol::CeremonyShare>> shares;
  std::vector<std::optional<protocol::CeremonyConfirm>> confirms;
  std::optional<Hash64> gamma;               // when all commits are there
  std::optional<Hash64> transcript;          // T1, when all shares are there
  std::optional<protocol::ElectionKey> key;  // when all confirmations are there
};

struct SlipList {
  Sha256 object;
  std::vector<primitives::VerifyKey> credentials;  // ascending
};

struct SlipState {
  std::size_t box = 0;  // index in the stage
  bool voided = false;
  std::optional<std::uint64_t> cast;  // index of the entry
};

struct KioskState {
  std::uint64_t next = 1;             // sequence number of its next ballot
  std::optional<std::uint64_t> last;  // signed final, or declared lost
  bool lost = false;
};

struct ContestState {
  std::size_t contest = 0;           // index in the scheme
  std::size_t width = 0;             // points a sealed selection has
  std::vector<protocol::Row> list;   // cast rows in log order; after a mix, its output
  std::vector<TrusteeIndex> mixers;  // in order
  std::map<TrusteeIndex, std::vector<primitives::Point>> decryptions;  // row by row
  std::map<std::string, std::string> spellings;  // of write-ins: spelling -> the name it stands for
  std::optional<CountedContest> counted;
};

enum class Phase { planned, proposed, open, closing, tallying, counted, voided };
// planned: before the opening; proposed: trustees are agreeing to it; open: ballots; closing: the close is on the log,
// trustees are agreeing; tallying: mixes, decryptions; counted: the result is signed; voided: declared void, everything
// is kept.

struct StageState {
  std::size_t stage = 0;  // index in the scheme
  Phase phase = Phase::planned;
  std::optional<tally::Attendance> attendance;
  std::optional<OpeningBody> opening;
  Hash64 ctx;
  std::set<TrusteeIndex> opening_agreed;
  std::unordered_map<primitives::VerifyKey, SlipState, ByteIdHash> slips;
  std::map<KioskId, KioskState> kiosks;
  std::unordered_map<Hash64, std::uint64_t, ByteIdHash> ballots;  // ballot hash -> index of the entry
  std::unordered_set<Alpha, ByteIdHash> alphas;
  std::uint64_t cast = 0;
  std::uint64_t challenged = 0;
  std::uint64_t abandoned = 0;
  std::uint64_t voided = 0;
  std::vector<std::uint64_t> cast_of_box;
  std::vector<std::uint64_t> voided_of_box;
  std::map<std::uint64_t, Error> struck;
  std::optional<CloseBody> close;
  Hash64 tctx;
  std::set<TrusteeIndex> close_agreed;
  std::vector<ContestState> contests;
  std::optional<CountBody> count;
  Bytes report;                               // the report file, once counted
  std::vector<tally::ContestResult> results;  // of the report, in the order of contests
  std::optional<std::string> small_group;     // decided: it is opened although it is small, and why
  std::string voided_because;
};

// What people decided about the result of a contest.
struct Settlement {
  std::optional<tally::Base> base;       // that was confirmed
  std::uint64_t reduced = 0;             // seats cut with the meeting's consent
  std::vector<std::string> tie_decided;  // labels, by the superior body
  std::optional<ContestId> run_off;      // the contests that were held because of it
  std::optional<ContestId> new_round;    // or nominations anew
  std::optional<ContestId> repeat;
};

struct Notice {
  StageId stage;
  std::uint32_t from = 0;  // minutes since 1970-01-01 UTC
  std::uint32_t until = 0;
  std::string address;  // for objections
};

struct Objection {
  std::uint64_t notice = 0;  // index of the entry
  std::optional<std::uint64_t> answered;
  bool upheld = false;
};

struct ReportedUp {
  std::uint64_t index = 0;
  Sha256 outcome;                // of the object
  std::optional<bool> accepted;  // the superior body's answer
  std::string reference;
};

struct Incident {
  std::uint64_t index = 0;
  Error what;
};

// What an auditor found when verifying the log up to an entry.
struct Audit {
  std::uint64_t index = 0;  // of the report's own entry
  std::uint32_t minutes = 0;
  std::string name;
  std::uint64_t log_size = 0;  // verified up to here
  bool holds = false;
  std::string findings;
};

struct State {
  Bytes
      scheme_file;  // the scheme as it was frozen: entry 0 names it, the congress is its digest, and no rule changes it
  Hash64 congress;
  // What holds now: that scheme with what entries have changed since (kiosks enrolled, keys replaced, candidates
  // decided, stages added). None before entry 0.
  std::optional<tally::Scheme> plan;
  CeremonyState ceremony;
  std::map<std::pair<BoxId, std::uint8_t>, SlipList> slip_lists;  // by box and round
  std::map<TrusteeIndex, std::string> lost_trustees;
  std::map<StageId, StageState> stages;
  std::map<tally::CombinationId, std::vector<tally::Points>> recommended;  // by the superior body
  std::map<tally::CombinationId, tally::CombinedResult> proposals;
  std::map<ContestId, std::uint64_t> approved;    // candidates by the superior's decision: index of the last one
  std::map<std::uint64_t, Notice> notices;        // by index of the entry
  std::map<std::uint64_t, Objection> objections;  // likewise
  std::map<ContestId, Settlement> settlements;
  std::optional<ReportedUp> reported;
  std::vector<Incident> incidents;
  std::map<std::string, Audit> audits;  // by the auditor's id, the last of each
  std::map<Kind, std::uint64_t> entries_of_kind;
  log::Tree tree;
  std::uint64_t epoch = 0;  // grows with every entry but ballots: what prepare() relied on

  CongressMark mark() const { return {congress, plan && plan->rehearsal}; }
  const StageState* stage(const StageId& id) const;
  StageState* stage(const StageId& id);
  std::size_t present_trustees() const;  // not declared lost
  std::size_t mixers_needed() const;     // of each contest: min_mixers, or all that are left where they are fewer
};

}  // namespace tuixuan::election
