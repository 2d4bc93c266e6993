// Entries of the log: the envelope, and in it (or by itself, after a byte that names the kind) the body of each kind.
#include "tally/election/envelope.h"
#include "tally/election/thread_bodies.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

namespace {

template <class Body>
void attempt(ByteView bytes) {
  fuzz::require_canonical(bytes, Body::decode(bytes), "body");
}

void body(std::uint8_t number, ByteView bytes) {
  using election::Kind;
  const election::KindInfo* known = election::find_kind(number);
  if (known == nullptr) return;
  switch (known->kind) {
    case Kind::scheme:
      return attempt<election::SchemeBody>(bytes);
    case Kind::ceremony_commit:
    case Kind::ceremony_share:
    case Kind::ceremony_confirm:
      return attempt<election::CeremonyBody>(bytes);
    case Kind::ceremony_complaint:
      return attempt<election::ComplaintBody>(bytes);
    case Kind::slips:
      return attempt<election::SlipsBody>(bytes);
    case Kind::attendance:
      return attempt<election::AttendanceBody>(bytes);
    case Kind::opening:
      return attempt<election::OpeningBody>(bytes);
    case Kind::opening_agreed:
    case Kind::close_agreed:
      return attempt<election::AgreementBody>(bytes);
    case Kind::cast:
    case Kind::challenge:
    case Kind::abandon:
      return attempt<election::BallotEntryBody>(bytes);
    case Kind::void_slip:
      return attempt<election::VoidSlipBody>(bytes);
    case Kind::kiosk_final:
    case Kind::kiosk_lost:
      return attempt<election::KioskEndBody>(bytes);
    case Kind::close:
      return attempt<election::CloseBody>(bytes);
    case Kind::mix:
      return attempt<election::MixBody>(bytes);
    case Kind::decryption:
      return attempt<election::DecryptionBody>(bytes);
    case Kind::count:
      return attempt<election::CountBody>(bytes);
    case Kind::trustee_lost:
      return attempt<election::TrusteeLostBody>(bytes);
    case Kind::spellings:
      return attempt<election::SpellingsBody>(bytes);
    case Kind::small_group:
    case Kind::stage_voided:
    case Kind::result_voided:
      return attempt<election::ReasonBody>(bytes);
    case Kind::enrolment:
      return attempt<election::EnrolmentBody>(bytes);
    case Kind::key_replaced:
      return attempt<election::KeyReplacedBody>(bytes);
    case Kind::base_confirmed:
      return attempt<election::BaseConfirmedBody>(bytes);
    case Kind::superior_recommendation:
      return attempt<election::SuperiorRecommendationBody>(bytes);
    case Kind::shortlist:
      return attempt<election::ShortlistBody>(bytes);
    case Kind::candidates:
      return attempt<election::CandidatesBody>(bytes);
    case Kind::notice:
      return attempt<election::NoticeBody>(bytes);
    case Kind::objection:
      return attempt<election::ObjectionBody>(bytes);
    case Kind::objection_answered:
      return attempt<election::ObjectionAnsweredBody>(bytes);
    case Kind::stage_added:
      return attempt<election::StageAddedBody>(bytes);
    case Kind::seats_reduced:
      return attempt<election::SeatsReducedBody>(bytes);
    case Kind::tie_decided:
      return attempt<election::TieDecidedBody>(bytes);
    case Kind::report_up:
      return attempt<election::ReportUpBody>(bytes);
    case Kind::countersign:
      return attempt<election::CountersignBody>(bytes);
    case Kind::audit:
      return attempt<election::AuditBody>(bytes);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  const auto envelope = election::Envelope::decode(bytes);
  fuzz::require_canonical(bytes, envelope, "envelope");
  if (envelope) body(static_cast<std::uint8_t>(envelope->kind), envelope->body);
  if (size > 0) body(data[0], bytes.subspan(1));
  return 0;
}
