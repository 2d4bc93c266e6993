// The bodies of what joins the stages of a congress: people who come in, candidates from recommendations, notices, what
// follows a result, the report to the superior body and its answer. As in bodies.h: fields, one byte string, strict
// reader (crypto/README.md, "Entries"); decode() refuses with "E02.encoding".
#pragma once

#include "tally/count/combination.h"
#include "tally/election/bodies.h"

namespace tuixuan::election {

// --- people ----------------------------------------------------------------------------------------------------------

struct EnrolmentBody {  // a kiosk that the scheme did not know
  KioskId kiosk;
  BoxId box;
  primitives::VerifyKey key;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<EnrolmentBody> decode(ByteView);
};

enum class Role : std::uint8_t { organiser = 1, chair = 2, desk = 3, supervisor = 4, auditor = 5 };

struct KeyReplacedBody {
  Role role{};
  primitives::VerifyKey old_key;
  primitives::VerifyKey new_key;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<KeyReplacedBody> decode(ByteView);
};

// --- candidates ------------------------------------------------------------------------------------------------------

struct SuperiorRecommendationBody {  // 上级党组织推荐
  tally::CombinationId combination;
  std::vector<tally::Points> points;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<SuperiorRecommendationBody> decode(ByteView);
};

struct ShortlistBody {  // what the recommendations come to, by the combination's rule
  tally::CombinationId combination;
  ObjectRef proposal;  // tuixuan-proposal/1
  Bytes encode() const;
  [[nodiscard]] static Result<ShortlistBody> decode(ByteView);
};

struct DecidedCandidate {
  std::string name;
  std::string note;
  std::string reason;  // needed where the result before did not propose the person
};
struct CandidatesBody {  // 上级批复的候选人名单, in the order of the ballot
  ContestId contest;
  std::string reference;  // of the decision 文号
  std::vector<DecidedCandidate> candidates;
  Bytes encode() const;
  [[nodiscard]] static Result<CandidatesBody> decode(ByteView);
};

struct NoticeBody {  // 公示 of the candidates of a stage
  StageId stage;
  std::uint32_t from = 0;  // minutes since 1970-01-01 UTC
  std::uint32_t until = 0;
  std::string address;  // for objections
  Bytes encode() const;
  [[nodiscard]] static Result<NoticeBody> decode(ByteView);
};

struct ObjectionBody {       // received during a notice; who objects is not said
  std::uint64_t notice = 0;  // index of the entry
  std::string summary;
  Bytes encode() const;
  [[nodiscard]] static Result<ObjectionBody> decode(ByteView);
};

struct ObjectionAnsweredBody {
  std::uint64_t objection = 0;  // index of the entry
  bool upheld = false;
  std::string answer;
  Bytes encode() const;
  [[nodiscard]] static Result<ObjectionAnsweredBody> decode(ByteView);
};

// --- what follows a result -------------------------------------------------------------------------------------------

struct ReasonBody {  // of a whole stage: small-group, stage-voided, result-voided
  StageId stage;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<ReasonBody> decode(ByteView);
};

struct BaseConfirmedBody {
  StageId stage;
  ContestId contest;
  tally::Base base{};  // the contest's own or its alternative
  Bytes encode() const;
  [[nodiscard]] static Result<BaseConfirmedBody> decode(ByteView);
};

struct StageAddedBody {
  ObjectRef stage;  // tuixuan-stage/1
  Bytes encode() const;
  [[nodiscard]] static Result<StageAddedBody> decode(ByteView);
};

struct SeatsReducedBody {  // 减少名额, with the meeting's consent
  StageId stage;
  ContestId contest;
  std::uint32_t seats = 0;      // by so many
  std::uint32_t votes_for = 0;  // of those present
  Bytes encode() const;
  [[nodiscard]] static Result<SeatsReducedBody> decode(ByteView);
};

struct TieDecidedBody {  // by the superior body, where the scheme says so
  StageId stage;
  ContestId contest;
  std::vector<std::string> elected;  // labels of the tied
  std::string reference;
  Bytes encode() const;
  [[nodiscard]] static Result<TieDecidedBody> decode(ByteView);
};

// --- report and answer -----------------------------------------------------------------------------------------------

struct ReportUpBody {  // 报批、备案
  ObjectRef outcome;   // tuixuan-outcome/1
  Bytes encode() const;
  [[nodiscard]] static Result<ReportUpBody> decode(ByteView);
};

struct CountersignBody {     // 批复、备案, or sent back
  std::uint64_t report = 0;  // index of the report-up
  bool accepted = false;
  std::string reference;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<CountersignBody> decode(ByteView);
};

struct AuditBody {  // an auditor verified the log up to here, and found this
  std::uint64_t log_size = 0;
  Sha256 log_root;
  bool holds = false;
  std::string findings;
  Bytes encode() const;
  [[nodiscard]] static Result<AuditBody> decode(ByteView);
};

}  // namespace tuixuan::election
