// The body of each kind of entry (crypto/README.md, "Entries"): its fields, and their order on the log, from which come
// its one byte string and its strict reader (body_fields.h). decode() refuses with "E02.encoding" (sealed ballots: the
// checks of protocol/ballot.h); meaning is the fold's.
#pragma once

#include "crypto/primitives/sign.h"
#include "tally/count/attendance.h"
#include "tally/election/body_fields.h"

namespace tuixuan::election {

// A large value kept beside the log, named by its hash: the scheme, lists of slips, mixes, decryptions, opened ballots.
struct ObjectRef {
  Sha256 hash;
  std::uint64_t length = 0;
  static ObjectRef of(ByteView bytes);
  friend auto operator<=>(const ObjectRef&, const ObjectRef&) = default;
};

struct SchemeBody {
  ObjectRef scheme;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.scheme);
  }
  TUIXUAN_BODY(SchemeBody, "scheme entry")
};

// One message of the key ceremony (protocol/ceremony.h); attempt counts from 1 and grows when a ceremony is void.
struct CeremonyBody {
  std::uint32_t attempt = 0;
  TrusteeIndex trustee;
  Bytes message;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.attempt)(b.trustee).blob(b.message, 60000);
  }
  TUIXUAN_BODY(CeremonyBody, "ceremony entry")
};

struct ComplaintBody {
  std::uint32_t attempt = 0;
  TrusteeIndex complainer;
  TrusteeIndex dealer;
  primitives::Scalar opened_key;  // e_j of this attempt, by which anyone can judge
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.attempt)(b.complainer)(b.dealer)(b.opened_key);
  }
  TUIXUAN_BODY(ComplaintBody, "complaint")
};

// The object holds 32-byte public credentials, strictly ascending, so that the order says nothing.
struct SlipsBody {
  BoxId box;
  std::uint8_t round = 0;
  ObjectRef list;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.box)(b.round)(b.list);
  }
  TUIXUAN_BODY(SlipsBody, "list of slips")
};

// Who should attend and who does (tally/count/attendance.h), without the papers of the boxes: those come with the
// close.
struct AttendanceBody {
  tally::Attendance there;
  template <class Io>
  static void fields(Io& io, auto& b) {
    auto& a = b.there;
    io(a.stage).people(a.registered).people(a.probationary).people(a.on_probation).people(a.suspended);
    io.people(a.with_vote).list(a.excluded, kMaxItems, 16, [&](auto& x) {
      io(x.ground).people(x.persons)(x.consent).people(x.votes_for);
    });
    io.people(a.expected).people(a.present);
    io.list(a.absent, kMaxItems, 8, [&](auto& x) { io(x.reason).people(x.persons); });
    io.list(a.written, kMaxItems, 17, [&](auto& x) { io(x.contest)(x.subject).people(x.approve).people(x.oppose); });
  }
  TUIXUAN_BODY(AttendanceBody, "attendance")
};

// Spellings of one written name, merged by decision of two people (另选他人姓名归并), once the ballots are opened.
struct SpellingsBody {
  StageId stage;
  ContestId contest;
  std::vector<std::pair<std::string, std::string>> names;  // spelling, the name it stands for; ascending by spelling
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.contest).list(b.names, kMaxItems, 8, [&](auto& n) { io(n.first)(n.second); });
  }
  TUIXUAN_BODY(SpellingsBody, "spellings")
};

struct OpeningBox {
  BoxId box;
  Sha256 slips;  // hash of the list object
  std::uint64_t slip_count = 0;
};

// Everything that defines the vote of one stage; its digest ctx is in every later hash of the stage.
struct OpeningBody {
  StageId stage;
  std::vector<OpeningBox> boxes;
  std::uint64_t log_size = 0;  // entries before this one: all that was decided so far
  Sha256 log_root;
  Hash64 ceremony;  // T1
  primitives::Point public_key;
  std::vector<primitives::Point> trustee_keys;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage).list(b.boxes, kMaxItems, 45, [&](auto& x) { io(x.box)(x.slips)(x.slip_count); });
    io(b.log_size)(b.log_root)(b.ceremony)(b.public_key);
    io.list(b.trustee_keys, kMaxItems, 32, [&](auto& p) { io(p); });
  }
  TUIXUAN_BODY(OpeningBody, "opening")
};

// A trustee's agreement to an opening (digest = ctx) or a close (digest = tctx).
struct AgreementBody {
  StageId stage;
  TrusteeIndex trustee;
  Hash64 digest;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.trustee)(b.digest);
  }
  TUIXUAN_BODY(AgreementBody, "agreement")
};

// cast, challenge and abandon: the ballot as the kiosk signed it; opening only in a challenge.
struct BallotEntryBody {
  Bytes ballot;  // protocol::BallotBody
  primitives::Signature kiosk_signature;
  Bytes opening;  // protocol::BallotOpening, or empty
  template <class Io>
  static void fields(Io& io, auto& b) {
    io.blob(b.ballot, 65535)(b.kiosk_signature).blob(b.opening, 65535);
  }
  TUIXUAN_BODY(BallotEntryBody, "ballot entry")
};

struct VoidSlipBody {
  StageId stage;
  primitives::VerifyKey credential;
  std::string reason;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.credential)(b.reason);
  }
  TUIXUAN_BODY(VoidSlipBody, "voided slip")
};

// kiosk-final by the kiosk, kiosk-lost by supervisors (with a reason): its last sequence number in this stage.
struct KioskEndBody {
  StageId stage;
  KioskId kiosk;
  std::uint64_t last = 0;
  std::string reason;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.kiosk)(b.last)(b.reason);
  }
  TUIXUAN_BODY(KioskEndBody, "kiosk's last number")
};

struct BoxAccount {  // papers of one box, in slips
  BoxId box;
  std::uint64_t checked_in = 0;  // voters who came to the desk
  std::uint64_t issued = 0;      // 发出
  std::uint64_t unused = 0;      // 剩余
  std::uint64_t voided = 0;      // spoiled or used to check a machine
  std::uint64_t cast = 0;        // 收回
  friend auto operator<=>(const BoxAccount&, const BoxAccount&) = default;
};

struct KioskAccount {
  KioskId kiosk;
  std::uint64_t last = 0;
  friend auto operator<=>(const KioskAccount&, const KioskAccount&) = default;
};

struct CloseBody {
  StageId stage;
  std::uint64_t log_size = 0;
  Sha256 log_root;
  std::uint64_t cast = 0;
  std::uint64_t challenged = 0;
  std::uint64_t abandoned = 0;
  std::uint64_t voided = 0;
  std::vector<BoxAccount> boxes;      // in the order of the stage
  std::vector<KioskAccount> kiosks;   // in the order of the scheme, those of the stage's boxes
  std::vector<std::uint64_t> struck;  // indices of voting entries without effect, ascending
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.log_size)(b.log_root)(b.cast)(b.challenged)(b.abandoned)(b.voided);
    io.list(b.boxes, kMaxItems, 45, [&](auto& x) { io(x.box)(x.checked_in)(x.issued)(x.unused)(x.voided)(x.cast); });
    io.list(b.kiosks, kMaxItems, 13, [&](auto& k) { io(k.kiosk)(k.last); });
    io.list(b.struck, 8000, 8, [&](auto& index) { io(index); });
  }
  TUIXUAN_BODY(CloseBody, "close")
};

struct MixBody {
  StageId stage;
  ContestId contest;
  MixPosition position;
  TrusteeIndex mixer;
  ObjectRef record;  // protocol::MixRecord
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.contest)(b.position)(b.mixer)(b.record);
  }
  TUIXUAN_BODY(MixBody, "mix")
};

struct DecryptionBody {
  StageId stage;
  ContestId contest;
  TrusteeIndex trustee;
  ObjectRef record;  // protocol::DecryptionRecord
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage)(b.contest)(b.trustee)(b.record);
  }
  TUIXUAN_BODY(DecryptionBody, "partial decryption")
};

struct CountedContest {
  ContestId contest;
  std::vector<TrusteeIndex> trustees;  // exactly k, ascending; none if nobody voted
  ObjectRef opened;                    // the list of decrypted points
};

struct CountBody {
  StageId stage;
  std::vector<CountedContest> contests;  // in the order of the stage
  ObjectRef report;                      // the report file (tally/scheme/report.h)
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.stage).list(b.contests, kMaxItems, 49, [&](auto& c) {
      io(c.contest).list(c.trustees, kMaxItems, 4, [&](auto& t) { io(t); })(c.opened);
    })(b.report);
  }
  TUIXUAN_BODY(CountBody, "count")
};

struct TrusteeLostBody {
  TrusteeIndex trustee;
  std::string reason;
  template <class Io>
  static void fields(Io& io, auto& b) {
    io(b.trustee)(b.reason);
  }
  TUIXUAN_BODY(TrusteeLostBody, "lost trustee")
};

}  // namespace tuixuan::election
