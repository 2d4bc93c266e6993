#include "tally/election/thread_bodies.h"

#include "tally/election/body_fields.h"

namespace tuixuan::election {

using primitives::VerifyKey;

static VerifyKey read_key(Reader& r) {
  VerifyKey key;
  key.bytes = r.array<32>();
  return key;
}

// --- people ----------------------------------------------------------------------------------------------------------

Bytes EnrolmentBody::encode() const {
  return Writer().text(kiosk.name).text(box.name).fixed(key.view()).text(reason).take();
}
Result<EnrolmentBody> EnrolmentBody::decode(ByteView bytes) {
  return decode_body<EnrolmentBody>(bytes, "enrolment", [](Reader& r, EnrolmentBody& b) {
    b.kiosk = read_name<KioskId>(r);
    b.box = read_name<BoxId>(r);
    b.key = read_key(r);
    b.reason = r.text(kMaxText);
  });
}

Bytes KeyReplacedBody::encode() const {
  return Writer().u8(static_cast<std::uint8_t>(role)).fixed(old_key.view()).fixed(new_key.view()).text(reason).take();
}
Result<KeyReplacedBody> KeyReplacedBody::decode(ByteView bytes) {
  return decode_body<KeyReplacedBody>(bytes, "replaced key", [](Reader& r, KeyReplacedBody& b) {
    const std::uint8_t number = r.u8();
    if (number < 1 || number > 5) r.refuse("an unknown role");
    b.role = static_cast<Role>(number);
    b.old_key = read_key(r);
    b.new_key = read_key(r);
    b.reason = r.text(kMaxText);
  });
}

// --- candidates ------------------------------------------------------------------------------------------------------

Bytes SuperiorRecommendationBody::encode() const {
  Writer w;
  w.text(combination.name).count(points.size());
  for (const tally::Points& p : points) w.text(p.name).u32(static_cast<std::uint32_t>(p.points));
  return w.text(reason).take();
}
Result<SuperiorRecommendationBody> SuperiorRecommendationBody::decode(ByteView bytes) {
  return decode_body<SuperiorRecommendationBody>(bytes, "superior recommendation",
                                                 [](Reader& r, SuperiorRecommendationBody& b) {
                                                   b.combination = read_name<tally::CombinationId>(r);
                                                   b.points.resize(r.count(kMaxItems, 8));
                                                   for (tally::Points& p : b.points) {
                                                     p.name = r.text(kMaxText);
                                                     p.points = r.u32();
                                                   }
                                                   b.reason = r.text(kMaxText);
                                                 });
}

Bytes ShortlistBody::encode() const {
  Writer w;
  write_object(w.text(combination.name), proposal);
  return w.take();
}
Result<ShortlistBody> ShortlistBody::decode(ByteView bytes) {
  return decode_body<ShortlistBody>(bytes, "shortlist", [](Reader& r, ShortlistBody& b) {
    b.combination = read_name<tally::CombinationId>(r);
    b.proposal = read_object(r);
  });
}

Bytes CandidatesBody::encode() const {
  Writer w;
  w.text(contest.name).text(reference).count(candidates.size());
  for (const DecidedCandidate& c : candidates) w.text(c.name).text(c.note).text(c.reason);
  return w.take();
}
Result<CandidatesBody> CandidatesBody::decode(ByteView bytes) {
  return decode_body<CandidatesBody>(bytes, "candidates", [](Reader& r, CandidatesBody& b) {
    b.contest = read_name<ContestId>(r);
    b.reference = r.text(kMaxText);
    b.candidates.resize(r.count(250, 12));
    for (DecidedCandidate& c : b.candidates) {
      c.name = r.text(90);
      c.note = r.text(90);
      c.reason = r.text(kMaxText);
    }
  });
}

Bytes NoticeBody::encode() const { return Writer().text(stage.name).u32(from).u32(until).text(address).take(); }
Result<NoticeBody> NoticeBody::decode(ByteView bytes) {
  return decode_body<NoticeBody>(bytes, "notice", [](Reader& r, NoticeBody& b) {
    b.stage = read_name<StageId>(r);
    b.from = r.u32();
    b.until = r.u32();
    b.address = r.text(kMaxText);
  });
}

Bytes ObjectionBody::encode() const { return Writer().u64(notice).text(summary).take(); }
Result<ObjectionBody> ObjectionBody::decode(ByteView bytes) {
  return decode_body<ObjectionBody>(bytes, "objection", [](Reader& r, ObjectionBody& b) {
    b.notice = r.u64();
    b.summary = r.text(kMaxText);
  });
}

Bytes ObjectionAnsweredBody::encode() const { return Writer().u64(objection).u8(upheld ? 1 : 0).text(answer).take(); }
Result<ObjectionAnsweredBody> ObjectionAnsweredBody::decode(ByteView bytes) {
  return decode_body<ObjectionAnsweredBody>(bytes, "answer to an objection", [](Reader& r, ObjectionAnsweredBody& b) {
    b.objection = r.u64();
    b.upheld = read_bool(r);
    b.answer = r.text(kMaxText);
  });
}

// --- what follows a result -------------------------------------------------------------------------------------------

Bytes ReasonBody::encode() const { return Writer().text(stage.name).text(reason).take(); }
Result<ReasonBody> ReasonBody::decode(ByteView bytes) {
  return decode_body<ReasonBody>(bytes, "decision on a stage", [](Reader& r, ReasonBody& b) {
    b.stage = read_name<StageId>(r);
    b.reason = r.text(kMaxText);
  });
}

Bytes BaseConfirmedBody::encode() const {
  return Writer().text(stage.name).text(contest.name).u8(static_cast<std::uint8_t>(base)).take();
}
Result<BaseConfirmedBody> BaseConfirmedBody::decode(ByteView bytes) {
  return decode_body<BaseConfirmedBody>(bytes, "confirmed base", [](Reader& r, BaseConfirmedBody& b) {
    b.stage = read_name<StageId>(r);
    b.contest = read_name<ContestId>(r);
    const std::uint8_t number = r.u8();
    if (number > static_cast<std::uint8_t>(tally::Base::valid)) r.refuse("an unknown base");
    b.base = static_cast<tally::Base>(number);
  });
}

Bytes StageAddedBody::encode() const {
  Writer w;
  write_object(w, stage);
  return w.take();
}
Result<StageAddedBody> StageAddedBody::decode(ByteView bytes) {
  return decode_body<StageAddedBody>(bytes, "added stage",
                                     [](Reader& r, StageAddedBody& b) { b.stage = read_object(r); });
}

Bytes SeatsReducedBody::encode() const {
  return Writer().text(stage.name).text(contest.name).u32(seats).u32(votes_for).take();
}
Result<SeatsReducedBody> SeatsReducedBody::decode(ByteView bytes) {
  return decode_body<SeatsReducedBody>(bytes, "reduced seats", [](Reader& r, SeatsReducedBody& b) {
    b.stage = read_name<StageId>(r);
    b.contest = read_name<ContestId>(r);
    b.seats = r.u32();
    b.votes_for = r.u32();
  });
}

Bytes TieDecidedBody::encode() const {
  Writer w;
  w.text(stage.name).text(contest.name).count(elected.size());
  for (const std::string& name : elected) w.text(name);
  return w.text(reference).take();
}
Result<TieDecidedBody> TieDecidedBody::decode(ByteView bytes) {
  return decode_body<TieDecidedBody>(bytes, "decided tie", [](Reader& r, TieDecidedBody& b) {
    b.stage = read_name<StageId>(r);
    b.contest = read_name<ContestId>(r);
    b.elected.resize(r.count(kMaxItems, 4));
    for (std::string& name : b.elected) name = r.text(kMaxText);
    b.reference = r.text(kMaxText);
  });
}

// --- report and answer -----------------------------------------------------------------------------------------------

Bytes ReportUpBody::encode() const {
  Writer w;
  write_object(w, outcome);
  return w.take();
}
Result<ReportUpBody> ReportUpBody::decode(ByteView bytes) {
  return decode_body<ReportUpBody>(bytes, "report to the superior body",
                                   [](Reader& r, ReportUpBody& b) { b.outcome = read_object(r); });
}

Bytes CountersignBody::encode() const {
  return Writer().u64(report).u8(accepted ? 1 : 0).text(reference).text(reason).take();
}
Result<CountersignBody> CountersignBody::decode(ByteView bytes) {
  return decode_body<CountersignBody>(bytes, "countersignature", [](Reader& r, CountersignBody& b) {
    b.report = r.u64();
    b.accepted = read_bool(r);
    b.reference = r.text(kMaxText);
    b.reason = r.text(kMaxText);
  });
}

Bytes AuditBody::encode() const {
  return Writer().u64(log_size).fixed(log_root.view()).u8(holds ? 1 : 0).text(findings).take();
}
Result<AuditBody> AuditBody::decode(ByteView bytes) {
  return decode_body<AuditBody>(bytes, "audit", [](Reader& r, AuditBody& b) {
    b.log_size = r.u64();
    b.log_root.bytes = r.array<32>();
    b.holds = read_bool(r);
    b.findings = r.text(kMaxText);
  });
}

}  // namespace tuixuan::election
