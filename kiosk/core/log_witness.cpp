#include "kiosk/core/log_witness.h"

#include <thread>

#include "crypto/base/parallel.h"
#include "crypto/codes/catalogue.h"
#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/kiosk.h"
#include "crypto/codes/server.h"
#include "crypto/log/fork.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/durable_file.h"
#include "kiosk/core/folder.h"
#include "kiosk/core/log_copy.h"
#include "tally/election/witnesses.h"

namespace tuixuan::kiosk {

namespace fs = std::filesystem;
static constexpr std::size_t kMaxAlarms = 20;

LogWitness::LogWitness(fs::path folder, KioskId kiosk, primitives::SigningKey key, log::NoteKey log)
    : folder_(std::move(folder)), kiosk_(std::move(kiosk)), key_(std::move(key)), log_(std::move(log)) {}

fs::path seen_file(const fs::path& folder, const log::NoteKey& log) {
  const std::string name = primitives::sha256(as_bytes(log::format_vkey(log))).hex().substr(0, 16);
  return folder / ("seen-" + name + ".checkpoint");
}

Result<LogWitness> LogWitness::open(const std::string& folder, KioskId kiosk, primitives::SigningKey key,
                                    log::NoteKey log) {
  LogWitness out(folder, std::move(kiosk), std::move(key), std::move(log));
  TUIXUAN_TRY(bytes, devices::read_if_there(out.file(), log::kMaxNoteSize, false, code::kiosk::witness));
  if (!bytes) return out;
  const auto opened = log::open_checkpoint(as_text(*bytes), out.log_);
  if (!opened) return fail(code::kiosk::witness, out.file().string() + " is damaged: " + opened.error().text());
  out.note_ = std::string(as_text(*bytes));
  out.held_ = opened->checkpoint;
  return out;
}

void LogWitness::remember(client::Congress& congress) const {
  if (held_) congress.remember(*held_);
}

Result<void> LogWitness::keep(const log::OpenedCheckpoint& opened, const std::string& name) {
  const std::uint64_t seconds = client::seconds_now();
  TUIXUAN_TRY(by_log, log::verify_note(opened.note, std::span(&log_, 1)));
  std::string note =
      log::format_note({opened.note.text, {by_log.front(), log::cosign(opened.note.text, seconds, name, key_)}});
  TUIXUAN_CHECK(devices::replace(file(), as_bytes(note), code::kiosk::witness));
  note_ = std::move(note);
  held_ = opened.checkpoint;
  sent_ = false;
  return {};
}

Result<void> LogWitness::send(client::Client& client) {
  TUIXUAN_CHECK(client.cosign(note_));
  sent_ = true;
  return {};
}

Result<std::uint64_t> LogWitness::cosign(client::Congress& congress) {
  const election::State& state = congress.state();
  if (!state.plan) return 0;
  const auto bytes = congress.client().get("/v1/cosign", log::kMaxNoteSize);
  if (!bytes && bytes.error().check == code::server::unknown) return 0;  // it asks for nothing yet
  if (!bytes) return tl::unexpected<Error>(bytes.error());
  TUIXUAN_TRY(opened, log::open_checkpoint(as_text(*bytes), log_));
  const log::Checkpoint& asked = opened.checkpoint;
  if (asked.size > state.tree.size()) return 0;  // entries that are not followed yet
  if (state.tree.root_at(asked.size) != asked.root)
    return fail(code::log::fork, "the server asks to cosign another log of " + std::to_string(asked.size) +
                                     " entries than the one it shows here");
  if (held_ && asked.size < held_->size) return 0;
  const bool fresh = !held_ || asked.size > held_->size;
  if (fresh) TUIXUAN_CHECK(keep(opened, election::kiosk_witness_name(state.plan->congress.id, kiosk_)));
  if (!sent_) TUIXUAN_CHECK(send(congress.client()));
  return asked.size;
}

void LogWitness::saw(std::string_view note) {
  const auto opened = log::open_checkpoint(note, log_);
  if (!opened || (seen_ && seen_->size >= opened->checkpoint.size)) return;
  seen_ = opened->checkpoint;
  seen_note_ = std::string(note);
}

std::string LogWitness::accuse(client::Congress& congress) const {
  const bool by_sight = seen_ && (!held_ || seen_->size > held_->size);
  const std::string& mine = by_sight ? seen_note_ : note_;
  if (mine.empty()) return {};
  std::string evidence;
  if (const auto shown = congress.client().checkpoint_note()) {
    const log::Fork fork{mine, *shown};
    for (std::size_t i = 1; evidence.empty() && log::judge_fork(fork, log_) && i <= kMaxAlarms; ++i) {
      const fs::path file = folder_ / ("alarm-" + std::to_string(i) + ".txt");
      if (devices::write_new(file, as_bytes(log::format_fork(fork)), code::kiosk::witness)) evidence = file.string();
    }
  }
  // It answers with its own alarm, which its board then shows; what it answers changes nothing here.
  [[maybe_unused]] const auto handed = congress.client().cosign(mine);
  return evidence;
}

static Result<log::Checkpoint> cosign_once(LogWitness& witness, client::Congress& congress) {
  TUIXUAN_CHECK(congress.sync());
  TUIXUAN_TRY(size, witness.cosign(congress));
  if (size == 0 || size != congress.state().tree.size())
    return fail(code::net::later, "the newest checkpoint is not to be cosigned yet");
  return *witness.held();
}

Result<log::Checkpoint> cosign_newest(const std::string& folder, const std::string& card_file,
                                      std::chrono::seconds patience) {
  TUIXUAN_TRY(kiosk, open_kiosk(folder));
  TUIXUAN_TRY(card, client::load_card(card_file));
  card.epoch_file = epoch_file(folder);
  TUIXUAN_TRY(congress, client::Congress::join(card, std::chrono::seconds(0), hardware_threads()));
  congress->client().introduce_as(kiosk.key.copy());
  go_on_from_verified(*congress, folder);
  TUIXUAN_TRY(witness, LogWitness::open(folder, kiosk.id, kiosk.key.copy(), congress->client().log()));
  witness.remember(*congress);
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    auto done = cosign_once(witness, *congress);
    if (done) return done;
    if (done.error().check == code::log::fork || done.error().check == code::log::rollback) witness.accuse(*congress);
    if (kind_of(done.error()) != ErrorKind::later || std::chrono::steady_clock::now() > end) return done;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

}  // namespace tuixuan::kiosk
