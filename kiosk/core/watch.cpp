#include "kiosk/core/watch.h"

#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "crypto/log/proof.h"

namespace tuixuan::kiosk {

Picture picture_of(const election::State& state, const KioskId& kiosk) {
  Picture out;
  out.entries = state.tree.size();
  if (state.plan) out.fingerprint = log::fingerprint({state.plan->log.origin, out.entries, state.tree.root()});
  if (state.plan) {
    out.congress = state.plan->congress.title;
    out.body = state.plan->congress.body;
    out.rehearsal = state.plan->rehearsal;
    out.supervisors = state.plan->supervisors;
  }
  auto open = open_stage_for(state, kiosk);
  if (!open) {
    out.closed = open.error();
    return out;
  }
  const election::StageState* stage = state.stage(open->id);
  out.stage_title = state.plan->stages[stage->stage].title;
  if (const tally::Box* box = state.plan->box(open->box)) out.box_title = box->title;
  out.slips.stage = stage->stage;
  out.slips.slips = stage->slips;
  out.boxes = state.plan->stages[stage->stage].boxes;
  out.stage = std::move(*open);
  return out;
}

SlipCheck slip_check(std::shared_ptr<const Picture> picture) {
  return [picture = std::move(picture)](const primitives::VerifyKey& credential) -> Result<void> {
    if (!picture->stage) return fail(code::slip::unknown, "this slip is not for this vote; please ask at the desk");
    return check_slip(picture->slips, picture->boxes, picture->stage->box, credential);
  };
}

Result<void> remember_receipts(client::Congress& congress, const Journal& journal) {
  TUIXUAN_TRY(text, journal.last_receipt());
  if (text.empty()) return {};
  TUIXUAN_TRY(receipt, log::parse_receipt(text));
  TUIXUAN_TRY(opened, log::open_checkpoint(receipt.checkpoint, congress.client().log()));
  congress.remember(opened.checkpoint);
  return {};
}

Watch::Watch(KioskId kiosk, std::unique_ptr<client::Congress> congress, LogWitness witness,
             std::unique_ptr<LogCopy> copy, Standing standing, const Journal& journal, std::chrono::milliseconds rest)
    : kiosk_(std::move(kiosk)),
      congress_(std::move(congress)),
      witness_(std::move(witness)),
      copy_(std::move(copy)),
      standing_(std::move(standing)),
      journal_(journal),
      rest_(rest) {
  witness_.remember(*congress_);
  if (copy_->followed()) congress_->remember(*copy_->followed());
  congress_->keep_in(copy_.get());
  thread_ = std::thread([this] { run(); });
}

Watch::~Watch() {
  {
    const Lock lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<const Picture> Watch::picture() const {
  const Lock lock(mutex_);
  return picture_;
}

void Watch::look() {
  auto synced = congress_->sync();
  // That the server refuses or has no place for a cosignature is no reason to stop voting; another log is.
  if (synced)
    if (const auto cosigned = witness_.cosign(*congress_); !cosigned && cosigned.error().check.area() == Area::log)
      synced = tl::unexpected<Error>(cosigned.error());
  const bool reached = synced.has_value();
  const auto before = picture();
  const bool passing = reached || kind_of(synced.error()) != ErrorKind::never;
  const bool known = before->stage || before->closed;
  const bool healed = before->standing && kind_of(*before->standing) == ErrorKind::mine;
  if (known && passing && !healed && reached == before->reached && before->entries == congress_->state().tree.size())
    return;
  // Between two votes an entry changes no more than one slip, but the fold's map is copied whole: a few thousand slips.
  auto now = reached || before->entries == 0 ? std::make_shared<Picture>(picture_of(congress_->state(), kiosk_))
                                             : std::make_shared<Picture>(*before);
  now->reached = reached;
  now->followed = reached || before->followed;
  if (reached) {
    const auto agrees = standing_.check(congress_->state(), now->stage ? now->stage->id : StageId{});
    if (!agrees) now->standing = agrees.error();
    now->missing = missing_casts(congress_->state(), journal_, now->stage ? now->stage->id : StageId{});
  } else {
    now->late = synced.error();
  }
  if (!passing) {
    now->trouble = synced.error();
    if (synced.error().check.area() == Area::log) witness_.accuse(*congress_);
  }
  const Lock lock(mutex_);
  picture_ = std::move(now);
}

void Watch::run() {
  for (bool stop = false; !stop;) {
    look();
    const auto again = std::chrono::steady_clock::now() + rest_;
    const Lock lock(mutex_);
    if (picture_->trouble) return;
    while (!stopping_ && wakes_.wait_until(mutex_, again)) {
    }
    stop = stopping_;
  }
}

}  // namespace tuixuan::kiosk
