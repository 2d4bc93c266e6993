// The body of each kind of entry: its fields, its one byte string, its strict reader (crypto/README.md, "Entries").
// Numbers little-endian, texts and lists behind a u32 length or count, short names as texts of 1 to 32 characters.
// decode() refuses with check "E02.encoding" (sealed ballots: the checks of protocol/ballot.h); meaning is the fold's.
#pragma once

#include <optional>
#include <vector>

#include "crypto/base/ids.h"
#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/primitives/point.h"
#include "crypto/primitives/sign.h"
#include "tally/count/attendance.h"

namespace tuixuan::election {

inline constexpr std::uint64_t kMaxObjectSize = 512ULL << 20U;

// A large value kept beside the log, named by its hash: the scheme, lists of slips, mixes, decryptions, opened ballots.
struct ObjectRef {
  Sha256 hash;
  std::uint64_t length = 0;
  static ObjectRef of(ByteView bytes);
  friend auto operator<=>(const ObjectRef&, const ObjectRef&) = default;
};

struct SchemeBody {
  ObjectRef scheme;
  Bytes encode() const;
  [[nodiscard]] static Result<SchemeBody> decode(ByteView);
};

// One message of the key ceremony (protocol/ceremony.h); attempt counts from 1 and grows when a ceremony is void.
struct CeremonyBody {
  std::uint32_t attempt = 0;
  TrusteeIndex trustee;
  Bytes message;
  Bytes encode() const;
  [[nodiscard]] static Result<CeremonyBody> decode(ByteView);
};

struct ComplaintBody {
  std::uint32_t attempt = 0;
  TrusteeIndex complainer;
  TrusteeIndex dealer;
  primitives::Scalar opened_key;  // e_j of this attempt, by which anyone can judge
  Bytes encode() const;
  [[nodiscard]] static Result<ComplaintBody> decode(ByteView);
};

// The object holds 32-byte public credentials, strictly ascending, so that the order says nothing.
struct SlipsBody {
  BoxId box;
  std::uint8_t round = 0;
  ObjectRef list;
  Bytes encode() const;
  [[nodiscard]] static Result<SlipsBody> decode(ByteView);
};

// Who should attend and who does (tally/count/attendance.h), without the papers of the boxes: those come with the
// close.
struct AttendanceBody {
  tally::Attendance there;
  Bytes encode() const;
  [[nodiscard]] static Result<AttendanceBody> decode(ByteView);
};

// Spellings of one written name, merged by decision of two people (另选他人姓名归并), once the ballots are opened.
struct SpellingsBody {
  StageId stage;
  ContestId contest;
  std::vector<std::pair<std::string, std::string>> names;  // spelling, the name it stands for; ascending by spelling
  Bytes encode() const;
  [[nodiscard]] static Result<SpellingsBody> decode(ByteView);
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
  Bytes encode() const;
  [[nodiscard]] static Result<OpeningBody> decode(ByteView);
};

// A trustee's agreement to an opening (digest = ctx) or a close (digest = tctx).
struct AgreementBody {
  StageId stage;
  TrusteeIndex trustee;
  Hash64 digest;
  Bytes encode() const;
  [[nodiscard]] static Result<AgreementBody> decode(ByteView);
};

// cast, challenge and abandon: the ballot as the kiosk signed it; opening only in a challenge.
struct BallotEntryBody {
  Bytes ballot;  // protocol::BallotBody
  primitives::Signature kiosk_signature;
  Bytes opening;  // protocol::BallotOpening, or empty
  Bytes encode() const;
  [[nodiscard]] static Result<BallotEntryBody> decode(ByteView);
};

struct VoidSlipBody {
  StageId stage;
  primitives::VerifyKey credential;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<VoidSlipBody> decode(ByteView);
};

// kiosk-final by the kiosk, kiosk-lost by supervisors (with a reason): its last sequence number in this stage.
struct KioskEndBody {
  StageId stage;
  KioskId kiosk;
  std::uint64_t last = 0;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<KioskEndBody> decode(ByteView);
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
  Bytes encode() const;
  [[nodiscard]] static Result<CloseBody> decode(ByteView);
};

struct MixBody {
  StageId stage;
  ContestId contest;
  MixPosition position;
  TrusteeIndex mixer;
  ObjectRef record;  // protocol::MixRecord
  Bytes encode() const;
  [[nodiscard]] static Result<MixBody> decode(ByteView);
};

struct DecryptionBody {
  StageId stage;
  ContestId contest;
  TrusteeIndex trustee;
  ObjectRef record;  // protocol::DecryptionRecord
  Bytes encode() const;
  [[nodiscard]] static Result<DecryptionBody> decode(ByteView);
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
  Bytes encode() const;
  [[nodiscard]] static Result<CountBody> decode(ByteView);
};

struct TrusteeLostBody {
  TrusteeIndex trustee;
  std::string reason;
  Bytes encode() const;
  [[nodiscard]] static Result<TrusteeLostBody> decode(ByteView);
};

}  // namespace tuixuan::election
