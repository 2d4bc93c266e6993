// The bodies of what joins the stages of a congress: people who come in, candidates from recommendations, notices, what
// follows a result, the report to the superior body and its answer. As in bodies.h.
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
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.kiosk)(b.box)(b.key)(b.reason);
  }
  TUIXUAN_BODY(EnrolmentBody, "enrolment")
};

enum class Role : std::uint8_t { organiser = 1, chair = 2, desk = 3, supervisor = 4, auditor = 5 };

struct KeyReplacedBody {
  Role role{};
  primitives::VerifyKey old_key;
  primitives::VerifyKey new_key;
  std::string reason;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io.choice(b.role, Role::organiser, Role::auditor, "an unknown role")(b.old_key)(b.new_key)(b.reason);
  }
  TUIXUAN_BODY(KeyReplacedBody, "replaced key")
};

// --- candidates ------------------------------------------------------------------------------------------------------

struct SuperiorRecommendationBody {  // 上级党组织推荐
  tally::CombinationId combination;
  std::vector<tally::Points> points;
  std::string reason;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.combination).list(b.points, kMaxItems, 8, [&](auto& p) { io(p.name).people(p.points); })(b.reason);
  }
  TUIXUAN_BODY(SuperiorRecommendationBody, "superior recommendation")
};

struct ShortlistBody {  // what the recommendations come to, by the combination's rule
  tally::CombinationId combination;
  ObjectRef proposal;  // tuixuan-proposal/1
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.combination)(b.proposal);
  }
  TUIXUAN_BODY(ShortlistBody, "shortlist")
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
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.contest)(b.reference).list(b.candidates, 250, 12, [&](auto& c) {
      io.text(c.name, 90).text(c.note, 90)(c.reason);
    });
  }
  TUIXUAN_BODY(CandidatesBody, "candidates")
};

struct NoticeBody {  // 公示 of the candidates of a stage
  StageId stage;
  std::uint32_t from = 0;  // minutes since 1970-01-01 UTC
  std::uint32_t until = 0;
  std::string address;  // for objections
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.from)(b.until)(b.address);
  }
  TUIXUAN_BODY(NoticeBody, "notice")
};

struct ObjectionBody {       // received during a notice; who objects is not said
  std::uint64_t notice = 0;  // index of the entry
  std::string summary;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.notice)(b.summary);
  }
  TUIXUAN_BODY(ObjectionBody, "objection")
};

struct ObjectionAnsweredBody {
  std::uint64_t objection = 0;  // index of the entry
  bool upheld = false;
  std::string answer;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.objection)(b.upheld)(b.answer);
  }
  TUIXUAN_BODY(ObjectionAnsweredBody, "answer to an objection")
};

// --- what follows a result -------------------------------------------------------------------------------------------

struct ReasonBody {  // of a whole stage: small-group, stage-voided, result-voided
  StageId stage;
  std::string reason;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.reason);
  }
  TUIXUAN_BODY(ReasonBody, "decision on a stage")
};

struct BaseConfirmedBody {
  StageId stage;
  ContestId contest;
  tally::Base base{};  // the contest's own or its alternative
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.contest).choice(b.base, tally::Base::registered, tally::Base::valid, "an unknown base");
  }
  TUIXUAN_BODY(BaseConfirmedBody, "confirmed base")
};

struct StageAddedBody {
  ObjectRef stage;  // tuixuan-stage/1
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage);
  }
  TUIXUAN_BODY(StageAddedBody, "added stage")
};

struct SeatsReducedBody {  // 减少名额, with the meeting's consent
  StageId stage;
  ContestId contest;
  std::uint32_t seats = 0;      // by so many
  std::uint32_t votes_for = 0;  // of those present
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.contest)(b.seats)(b.votes_for);
  }
  TUIXUAN_BODY(SeatsReducedBody, "reduced seats")
};

struct TieDecidedBody {  // by the superior body, where the scheme says so
  StageId stage;
  ContestId contest;
  std::vector<std::string> elected;  // labels of the tied
  std::string reference;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.contest).list(b.elected, kMaxItems, 4, [&](auto& name) { io(name); })(b.reference);
  }
  TUIXUAN_BODY(TieDecidedBody, "decided tie")
};

// --- report and answer -----------------------------------------------------------------------------------------------

struct ReportUpBody {  // 报批、备案
  ObjectRef outcome;   // tuixuan-outcome/1
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.outcome);
  }
  TUIXUAN_BODY(ReportUpBody, "report to the superior body")
};

struct CountersignBody {     // 批复、备案, or sent back
  std::uint64_t report = 0;  // index of the report-up
  bool accepted = false;
  std::string reference;
  std::string reason;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.report)(b.accepted)(b.reference)(b.reason);
  }
  TUIXUAN_BODY(CountersignBody, "countersignature")
};

struct AuditBody {  // an auditor verified the log up to here, and found this
  std::uint64_t log_size = 0;
  Sha256 log_root;
  bool holds = false;
  std::string findings;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.log_size)(b.log_root)(b.holds)(b.findings);
  }
  TUIXUAN_BODY(AuditBody, "audit")
};

}  // namespace tuixuan::election
