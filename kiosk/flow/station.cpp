#include "kiosk/flow/station.h"

#include <filesystem>

#include "crypto/base/parallel.h"
#include "crypto/codes/base.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/kiosk.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::kiosk {

static constexpr std::size_t kMaxCard = 65536;
static constexpr std::size_t kMostMissing = 1000;
static constexpr unsigned kTicksBetweenCards = 10;
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
                   },
                   [this] { return standing(); }, [this](std::uint64_t seq) { return word(seq); }},
      options_.timing);
}

// --- whether voters are taken ----------------------------------------------------------------------------------------

std::optional<Error> Station::stop() const {
  if (picture_->standing) return picture_->standing;
  if (ended_) return Error{code::kiosk::ended, "voting has ended at this kiosk"};
  if (courier_)
    if (auto why = courier_->trouble()) return why;
  if (picture_->trouble || !card_trouble_) return picture_->trouble;
  return picture_->followed ? std::nullopt : card_trouble_;
}

Result<void> Station::standing() const {
  if (const auto why = stop()) return tl::unexpected<Error>(*why);
  return {};
}

const OpenStage* Station::open_stage() const {
  return picture_->stage && courier_ && !stop() ? &*picture_->stage : nullptr;
}

std::optional<Flow::Around::Word> Station::word(std::uint64_t seq) const {
  if (!courier_) return std::nullopt;
  const Fate fate = courier_->fate(seq);
  if (fate == Fate::refused) {
    const auto why = courier_->trouble();
    const Error elsewhere{code::slip::used, "a ballot has been cast with this slip elsewhere, or it was voided"};
    return Flow::Around::Word{fate, why ? *why : elsewhere};
  }
  if (fate == Fate::waiting && (!picture_->reached || !courier_->reached())) return std::nullopt;
  return Flow::Around::Word{fate, {}};
}

// --- the log ---------------------------------------------------------------------------------------------------------

Result<void> Station::join(client::CongressCard card) {
  card.epoch_file = epoch_file(options_.folder);
  TUIXUAN_TRY(follow, client::Congress::join(card, std::chrono::seconds(0), hardware_threads(), kLimits));
  follow->client().introduce_as(folder_.key.copy());
  const log::NoteKey& log = follow->client().log();
  TUIXUAN_CHECK(join_log(folder_, options_.folder, log).map([](const std::string&) {}));
  set_aside_ = journals_set_aside(options_.folder);
  TUIXUAN_CHECK(remember_receipts(*follow, folder_.journal));
  TUIXUAN_TRY(witness, LogWitness::open(options_.folder, folder_.id, folder_.key.copy(), log));
  TUIXUAN_TRY(deliver, client::Congress::join(card, std::chrono::seconds(0), 1, kLimits));
  deliver->client().introduce_as(folder_.key.copy());
  deliver->client().follow(follow->client().way());  // what is heard of a new server is checked by who follows
  auto copy = std::make_unique<LogCopy>(options_.folder, log);
  go_on_from_verified(*follow, options_.folder);
  seen_ = std::max(witness.held() ? witness.held()->size : 0, copy->followed() ? copy->followed()->size : 0);
  card_ = card;
  delivery_ = std::move(deliver);
  watch_ = std::make_unique<Watch>(folder_.id, std::move(follow), std::move(witness), std::move(copy),
                                   Standing(folder_.id, folder_.key.verify_key(), folder_.journal), folder_.journal,
                                   options_.rest);
  return {};
}

void Station::part() {
  courier_.reset();
  watch_.reset();
  delivery_.reset();
  card_.reset();
  picture_ = std::make_shared<Picture>();
  stage_ = {};
  ended_ = false;
}

// A new card is taken between two voters. One that cannot be read leaves the kiosk with the one it has.
void Station::look_at_card() {
  std::error_code ec;
  if (session_.step() != Step::waiting || flow_->ballot() != BallotState::none) return;
  if (!std::filesystem::exists(options_.card, ec)) return;
  const auto told = [this](const Result<void>& done) {
    card_trouble_ = done ? std::nullopt : std::optional<Error>(done.error());
  };
  const auto file = devices::read_all(options_.card, kMaxCard, false, code::plain::card);
  if (!file) return told(tl::unexpected(file.error()));
  if (card_ && card_file_ == *file) return;
  const auto card = client::parse_card(*file);
  if (!card) return told(tl::unexpected(card.error()));
  card_file_ = *file;
  if (card_ && client::write_card(*card) == client::write_card(*card_)) return told({});
  part();
  told(join(*card));
}

void Station::follow_stage() {
  if (!picture_->stage || picture_->stage->id == stage_.id || session_.step() != Step::waiting ||
      flow_->ballot() != BallotState::none)
    return;
  const auto end = folder_.journal.ended(picture_->stage->id);
  if (!end) return;
  courier_.reset();
  stage_ = *picture_->stage;
  ended_ = end->has_value();
  const auto recovered = session_.recover(stage_, client::minutes_now());
  courier_ = std::make_unique<Courier>(folder_.journal, stage_, folder_.key, delivery_->client(),
                                       [](const Delivery&, std::size_t) {});
  if (recovered) courier_->wake();
}

void Station::tick() {
  if (ticks_++ % kTicksBetweenCards == 0) look_at_card();
  if (!watch_) return;
  picture_ = watch_->picture();
  follow_stage();
}

void Station::retry() {
  ticks_ = 0;
  if (courier_) courier_->wake();
}

// --- what is shown ---------------------------------------------------------------------------------------------------

void Station::count() const {
  const std::uint64_t now = folder_.journal.changes();
  if (counted_ == now && counted_stage_ == stage_.id) return;
  counted_ = now;
  counted_stage_ = stage_.id;
  counts_ = stage_.id.name.empty() ? JournalCounts{} : folder_.journal.counts(stage_.id).value_or(counts_);
  all_ = folder_.journal.counts().value_or(all_);
  end_ = folder_.journal.ended(stage_.id).value_or(end_);
  unsent_ = folder_.journal.casts_without_receipt(kMostMissing).value_or(unsent_);
}

MachineState Station::state() const {
  count();
  MachineState out;
  out.congress = picture_->congress;
  out.stage = picture_->stage_title;
  out.stage_id = picture_->stage ? picture_->stage->id.name : stage_.id.name;
  out.box = picture_->box_title;
  out.id = folder_.id.name;
  out.public_key = folder_.key.verify_key().hex();
  if (card_) out.board = card_->server;
  out.rehearsal = picture_->rehearsal;
  out.enrolling = (!card_ && !card_trouble_) || (picture_->closed && picture_->closed->check == code::kiosk::enrolment);
  out.reached = picture_->reached;
  out.entries = picture_->entries;
  out.fingerprint = picture_->fingerprint;
  out.counts = counts_;
  out.all = all_;
  if (picture_->trouble && picture_->trouble->check.area() == Area::log) out.trouble = picture_->trouble;
  out.stop = stop();
  if (!out.stop && watch_ && !picture_->followed) out.stop = Error{code::kiosk::unreached, "the server is not reached"};
  out.late = picture_->late;
  out.missing = picture_->missing;
  // What waits for a log that refuses it, or does not agree with this kiosk, waits in vain.
  if (out.stop && kind_of(*out.stop) == ErrorKind::never && out.stop->check != code::kiosk::ended)
    for (const MissingBallot& ballot : unsent_)
      if (ballot.stage == stage_.id || !picture_->stage) out.missing.push_back(ballot);
  out.ended = ended_;
  out.end_logged = end_ && (end_->entry.empty() || !end_->receipt.empty());
  out.seen = seen_;
  out.set_aside = set_aside_;
  out.supervisors = picture_->supervisors;
  return out;
}

std::optional<std::string> Station::receipt(std::uint64_t seq) const {
  const auto found = folder_.journal.find(stage_.id, seq);
  if (!found || !*found || (*found)->receipt.empty()) return std::nullopt;
  return (*found)->receipt;
}

Result<void> Station::end_voting() {
  if (!picture_->stage || session_.step() != Step::waiting) return fail(code::kiosk::closed, "no stage is open here");
  TUIXUAN_CHECK(kiosk::end_voting(folder_.journal, stage_, folder_.id, folder_.key, client::minutes_now()));
  ended_ = true;
  if (courier_) courier_->wake();
  return {};
}

}  // namespace tuixuan::kiosk
