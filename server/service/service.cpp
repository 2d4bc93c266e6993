#include "server/service/service.h"

#include "crypto/codes/server.h"
#include "server/service/ledger_objects.h"
#include "tally/election/digests.h"
#include "tally/election/replay.h"

namespace tuixuan::service {

Service::Service(Settings settings, primitives::SigningKey log_key, std::unique_ptr<ledger::Ledger> ledger)
    : settings_(std::move(settings)),
      key_(ledger->key()),
      log_key_(std::move(log_key)),
      ledger_(std::move(ledger)),
      epochs_(settings_.epochs, key_, settings_.pin) {}

Result<std::unique_ptr<Service>> Service::start(Settings settings, primitives::SigningKey log_key, bool create) {
  const log::NoteKey key{settings.origin, log::KeyType::kEd25519, log_key.verify_key()};
  settings.anchor.log_key = log_key.verify_key();
  TUIXUAN_TRY(ledger,
              create ? ledger::Ledger::create(settings.ledger, key) : ledger::Ledger::open(settings.ledger, key));
  std::unique_ptr<Service> service(new Service(std::move(settings), std::move(log_key), std::move(ledger)));
  if (service->settings_.replica != nullptr)
    if (const auto level = service->settings_.replica->level(*service->ledger_); !level) {
      service->epochs_.hold(level.error());
      service->stopped_by(level.error());  // it is read meanwhile; the sequencer goes on trying
    }
  TUIXUAN_CHECK(service->replay());
  service->storage_works();
  // A disk that only reads is told at once, not by the first voter; what is there can be read all the same.
  if (const auto writes = service->ledger_->probe(); !writes) service->storage_failed(writes.error());
  for (unsigned i = 0; i < std::max(1U, service->settings_.workers); ++i)
    service->workers_.emplace_back([s = service.get()] { s->work(); });
  service->sequencer_ = std::thread([s = service.get()] { s->sequence(); });
  service->keeper_ = std::thread([s = service.get()] { s->keep(); });
  service->cosigners_ =
      std::make_unique<Cosigners>(*service, std::filesystem::absolute(service->settings_.ledger).parent_path(),
                                  service->settings_.cosign_times, service->settings_.tell);
  return service;
}

Service::~Service() { stop(); }

// A fresh fold over what the ledger holds; the old one stays if this fails.
Result<void> Service::replay() {
  const ledger::Ledger* ledger = ledger_.get();
  auto fold = std::make_unique<election::Fold>(settings_.anchor, settings_.workers);
  const LedgerObjects objects(*ledger);
  for (std::uint64_t from = 0; from < ledger->size(); from = fold->size()) {
    TUIXUAN_TRY(entries, ledger->entries(from, std::min(ledger->size(), from + 4096)));
    const auto done = election::replay_all(*fold, entries, objects, settings_.workers, election::Reading::strict);
    if (const auto trouble = objects.trouble(); !done && trouble) return tl::unexpected<Error>(*trouble);
    if (!done) return fail(code::server::record, "the ledger holds what the rules refuse: " + done.error().text());
  }
  if (fold->size() != ledger->size() || fold->state().tree.root() != ledger->root_at(ledger->size()))
    return fail(code::server::record, "the replayed log has another root than the ledger");
  const Lock lock(fold_mutex_);
  fold_ = std::move(fold);
  return {};
}

void Service::stop() {
  if (cosigners_) cosigners_->stop();
  {
    const Lock lock(queue_mutex_);
    stopping_ = true;
  }
  unprepared_wakes_.notify_all();
  prepared_wakes_.notify_all();
  for (std::thread& worker : workers_)
    if (worker.joinable()) worker.join();
  prepared_wakes_.notify_all();
  if (sequencer_.joinable()) sequencer_.join();
  {
    const Lock lock(storage_mutex_);
    keeper_stops_ = true;
  }
  keeper_wakes_.notify_all();
  if (keeper_.joinable()) keeper_.join();
}

// --- questions -------------------------------------------------------------------------------------------------------

static Result<std::string> receipt_at(const ledger::Ledger& ledger, std::uint64_t index) {
  TUIXUAN_TRY(receipt, ledger.receipt(index));
  return log::format_receipt(receipt);
}

Result<std::string> Service::receipt(const Sha256& leaf) const {
  const auto index = ledger_->find(leaf);
  if (!index) return fail(code::server::unknown, "no entry with leaf hash " + leaf.hex() + " is on the log");
  return receipt_at(*ledger_, *index);
}

Result<std::string> Service::receipt_of_ballot(const Hash64& ballot) const {
  std::optional<std::uint64_t> index;
  {
    const SharedLock lock(fold_mutex_);
    for (const auto& [id, stage] : fold_->state().stages)
      if (const auto it = stage.ballots.find(ballot); it != stage.ballots.end()) index = it->second;
  }
  if (!index || *index >= ledger_->size())
    return fail(code::server::unknown, "no ballot with this tracker is on the log");
  return receipt_at(*ledger_, *index);
}

void Service::read_state(const std::function<void(const election::State&)>& reader) const {
  const SharedLock lock(fold_mutex_);
  reader(fold_->state());
}

static const char* name_of(election::Phase phase) {
  switch (phase) {
    case election::Phase::planned:
      return "planned";
    case election::Phase::proposed:
      return "proposed";
    case election::Phase::open:
      return "open";
    case election::Phase::closing:
      return "closing";
    case election::Phase::tallying:
      return "tallying";
    case election::Phase::counted:
      return "counted";
    case election::Phase::voided:
      return "voided";
  }
  bug("a phase without a name");
}

Status Service::status() const {
  Status out;
  out.size = ledger_->size();
  const SharedLock lock(fold_mutex_);
  const election::State& state = fold_->state();
  if (!state.plan) return out;
  out.congress = state.congress.hex();
  out.title_zh = state.plan->congress.title.zh;
  out.title_en = state.plan->congress.title.in("en");
  out.rehearsal = state.plan->rehearsal;
  for (const tally::Stage& planned : state.plan->stages) {
    const election::StageState& s = *state.stage(planned.id);
    out.stages.push_back({planned.id, name_of(s.phase), s.slips.size(), s.cast, s.challenged, s.abandoned, s.voided});
  }
  return out;
}

bool Service::is_kiosk(const primitives::VerifyKey& key) const {
  const SharedLock lock(fold_mutex_);
  const auto& scheme = fold_->state().plan;
  return scheme && std::any_of(scheme->kiosks.begin(), scheme->kiosks.end(),
                               [&](const tally::Kiosk& kiosk) { return kiosk.key == key.bytes; });
}

Metrics Service::metrics() const {
  const Lock lock(metrics_mutex_);
  return metrics_;
}

// --- objects ---------------------------------------------------------------------------------------------------------

static bool is_role_key(const tally::Scheme& s, const tally::Key& key) {
  const auto is = [&](const auto& person) { return person.key == key; };
  return s.organiser_key == key || s.desk_key == key || (s.superior_key && *s.superior_key == key) ||
         (s.chair && s.chair->key == key) || std::any_of(s.auditors.begin(), s.auditors.end(), is) ||
         std::any_of(s.supervisors.begin(), s.supervisors.end(), is) ||
         std::any_of(s.trustees.begin(), s.trustees.end(), is);
}

Result<void> Service::may_upload(const Sha256& object, std::uint64_t length, const UploadPermit& permit) const {
  if (length > ledger::kMaxObjectSize)
    return fail(code::server::upload, "an object of " + std::to_string(length) + " bytes is too large");
  Hash64 congress;
  {
    const SharedLock lock(fold_mutex_);
    const election::State& state = fold_->state();
    congress = state.congress;
    const bool known = state.plan ? is_role_key(*state.plan, permit.key.bytes)
                                  : settings_.anchor.organiser && *settings_.anchor.organiser == permit.key;
    if (!known) return fail(code::server::upload, "the key " + permit.key.hex().substr(0, 16) + "… has no role here");
  }
  if (!primitives::verify(permit.key, election::object_upload_statement(congress, object, length), permit.signature))
    return fail(code::server::upload, "the signature of the upload is wrong");
  return {};
}

Result<void> Service::put_object(const Sha256& object, ByteView bytes) {
  if (settings_.replica != nullptr) TUIXUAN_CHECK(settings_.replica->store_object(object, bytes));
  auto done = ledger_->put_object(object, bytes);
  if (done || done.error().check == code::ledger::object || done.error().check == code::ledger::large) return done;
  return written(std::move(done), "the object");
}

Result<void> Service::put_cosignatures(std::span<const ledger::StoredCosignature> cosignatures) {
  return written(ledger_->put_cosignatures(cosignatures), "the cosignatures");
}

std::optional<Replica::Standing> Service::standby() const {
  return settings_.replica == nullptr ? std::nullopt : std::optional(settings_.replica->standing());
}

Result<void> Service::learn_epoch(std::string_view note) {
  std::vector<primitives::VerifyKey> supervisors;
  read_state([&](const election::State& state) {
    if (state.plan)
      for (const tally::Supervisor& s : state.plan->supervisors) supervisors.push_back(primitives::VerifyKey{s.key});
  });
  const auto before = epochs_.refusal();
  auto learned = epochs_.learn(note, supervisors);
  if (const auto now = epochs_.refusal(); now && now != before && settings_.tell)
    settings_.tell("不再签署日志 / nothing more is signed here: " + now->text());
  return learned;
}

// A write of which nobody knows what became of it: the sequencer gets the ledger back.
Result<void> Service::written(Result<void> done, const std::string& what) {
  if (done) {
    storage_works();
    return done;
  }
  if (done.error().check != code::ledger::broken) storage_failed(done.error());
  if (done.error().check == code::ledger::uncertain)
    return fail(code::server::uncertain, "it is not known whether " + what + " is stored: " + done.error().text());
  return fail(code::server::storage, what + " could not be stored: " + done.error().text());
}

}  // namespace tuixuan::service
