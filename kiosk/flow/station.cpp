#include "kiosk/flow/station.h"

#include <filesystem>

#include "crypto/base/parallel.h"

namespace tuixuan::kiosk {

static constexpr client::TimeLimits kLimits{std::chrono::seconds(2), std::chrono::seconds(10)};

Result<std::unique_ptr<Station>> Station::open(StationOptions options) {
  if (!is_kiosk(options.folder)) {
    const auto made = make_kiosk(options.folder, options.id);
    if (!made) return tl::unexpected<Error>(made.error());
  }
  TUIXUAN_TRY(folder, open_kiosk(options.folder));
  return std::unique_ptr<Station>(new Station(std::move(options), std::move(folder)));
}

Station::Station(StationOptions options, KioskFolder folder)
    : options_(std::move(options)), folder_(std::move(folder)), session_(folder_.id, folder_.key, folder_.journal) {
  flow_ = std::make_unique<Flow>(
      session_,
      Flow::Around{[this] { return open_stage(); },
                   [this](const primitives::VerifyKey& credential) { return slip_check(picture_)(credential); },
                   [] { return client::minutes_now(); },
                   [this] {
                     if (courier_) courier_->wake();
                   }},
      options_.timing);
}

const OpenStage* Station::open_stage() const {
  return picture_->stage && !picture_->trouble && courier_ && !courier_->trouble() ? &*picture_->stage : nullptr;
}

void Station::join() {
  std::error_code ec;
  if (card_ || !std::filesystem::exists(options_.card, ec)) return;
  const auto fail_with = [this](const Error& why) { card_trouble_ = why; };
  auto card = client::load_card(options_.card);
  if (!card) return fail_with(card.error());
  auto follow = client::Congress::join(*card, std::chrono::seconds(0), hardware_threads(), kLimits);
  if (!follow) return fail_with(follow.error());
  if (const auto seen = remember_receipts(**follow, folder_.journal); !seen) return fail_with(seen.error());
  auto witness = LogWitness::open(options_.folder, folder_.id, folder_.key.copy(), (*follow)->client().log());
  if (!witness) return fail_with(witness.error());
  auto deliver = client::Congress::join(*card, std::chrono::seconds(0), 1, kLimits);
  if (!deliver) return fail_with(deliver.error());
  card_trouble_.reset();
  card_ = *card;
  delivery_ = std::move(*deliver);
  auto copy = std::make_unique<LogCopy>(options_.folder, (*follow)->client().log());
  watch_ = std::make_unique<Watch>(folder_.id, std::move(*follow), std::move(*witness), std::move(copy), options_.rest);
}

void Station::tick() {
  join();
  if (!watch_) return;
  picture_ = watch_->picture();
  const bool other_stage = picture_->stage && picture_->stage->id != stage_.id;
  if (other_stage && session_.step() == Step::waiting) {
    courier_.reset();
    stage_ = *picture_->stage;
    courier_ = std::make_unique<Courier>(folder_.journal, stage_, folder_.key, delivery_->client(),
                                         [](const Delivery&, std::size_t) {});
    if (session_.recover(stage_, client::minutes_now())) courier_->wake();
  }
}

MachineState Station::state() const {
  MachineState out;
  out.congress = picture_->congress;
  out.stage = picture_->stage_title;
  out.box = picture_->box_title;
  out.id = folder_.id.name;
  out.public_key = folder_.key.verify_key().hex();
  if (card_) out.board = card_->server;
  out.rehearsal = picture_->rehearsal;
  out.enrolling = !card_ || (picture_->closed && picture_->closed->check == "kiosk.enrolment");
  out.reached = picture_->reached;
  out.entries = picture_->entries;
  out.fingerprint = picture_->fingerprint;
  if (const auto counts = folder_.journal.counts(stage_.id)) out.counts = *counts;
  out.trouble = picture_->trouble ? picture_->trouble : card_trouble_;
  if (courier_ && !out.trouble) out.trouble = courier_->trouble();
  out.supervisors = picture_->supervisors;
  return out;
}

std::optional<std::string> Station::receipt(std::uint64_t seq) const {
  const auto found = folder_.journal.find(stage_.id, seq);
  if (!found || !*found || (*found)->receipt.empty()) return std::nullopt;
  return (*found)->receipt;
}

Result<void> Station::end_voting() {
  TUIXUAN_TRY(entry, final_entry(folder_.journal, stage_, folder_.id, folder_.key, client::minutes_now()));
  if (!card_) return fail("card", "there is no congress card");
  TUIXUAN_TRY(congress, client::Congress::join(*card_, std::chrono::seconds(0), 1, kLimits));
  return congress->append(entry).map([](const log::Receipt&) {});
}

}  // namespace tuixuan::kiosk
