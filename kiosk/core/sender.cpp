#include "kiosk/core/sender.h"

#include "crypto/codes/entries.h"
#include "tally/election/envelope.h"

namespace tuixuan::kiosk {

using election::Kind;

bool is_final_refusal(const Error& why) { return why.check == code::V09::second || why.check == code::V09::voided; }

static Result<std::string> deliver_as_abandon(Journal& journal, const OpenStage& stage, const JournalBallot& ballot,
                                              const primitives::SigningKey& key, std::uint32_t minutes,
                                              const Error& why, const Deliver& deliver) {
  const Bytes entry = election::sign_entry(Kind::abandon, {stage.congress, stage.rehearsal}, whole_hour(minutes),
                                           ballot.ballot, {&key});
  TUIXUAN_CHECK(journal.turn_into_abandon(stage.id, ballot.seq, entry, why.text()));
  return deliver(entry);
}

static Result<void> deliver_end(Journal& journal, const OpenStage& stage, const Deliver& deliver) {
  TUIXUAN_TRY(end, journal.ended(stage.id));
  if (!end || end->entry.empty() || !end->receipt.empty()) return {};
  auto receipt = deliver(end->entry);
  if (!receipt) return fail_at("the end of voting here", receipt.error());
  return journal.end_delivered(stage.id, *receipt);
}

Result<void> deliver_all(Journal& journal, const OpenStage& stage, const primitives::SigningKey& key,
                         std::uint32_t minutes, const Deliver& deliver, Delivery& done) {
  TUIXUAN_TRY(waiting, journal.undelivered(stage.id));
  for (const JournalBallot& ballot : waiting) {
    auto receipt = deliver(ballot.entry);
    if (!receipt && ballot.fate != Kind::abandon && is_final_refusal(receipt.error())) {
      done.turned.push_back({ballot.seq, receipt.error()});
      receipt = deliver_as_abandon(journal, stage, ballot, key, minutes, done.turned.back().why, deliver);
    }
    if (!receipt) return fail_at("ballot number " + std::to_string(ballot.seq), receipt.error());
    TUIXUAN_CHECK(journal.delivered(stage.id, ballot.seq, *receipt));
    ++done.delivered;
  }
  TUIXUAN_TRY(counts, journal.counts(stage.id));
  if (counts.undelivered > 0) return {};
  return deliver_end(journal, stage, deliver);
}

Result<void> end_voting(Journal& journal, const OpenStage& stage, const KioskId& kiosk,
                        const primitives::SigningKey& key, std::uint32_t minutes) {
  TUIXUAN_TRY(next, journal.next_seq(stage.id));
  const election::KioskEndBody body{stage.id, kiosk, next - 1, {}};
  const Bytes entry =
      election::sign_entry(Kind::kiosk_final, {stage.congress, stage.rehearsal}, minutes, body.encode(), {&key});
  return journal.end(stage.id, next - 1, entry);
}

}  // namespace tuixuan::kiosk
