#include "server/service/epochs.h"

#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::service {

namespace fs = std::filesystem;

Epochs::Epochs(EpochFiles files, log::NoteKey log, Sha256 pin)
    : files_(std::move(files)), log_(std::move(log)), pin_(pin) {
  look();
}

static constexpr Code kUnread = code::server::epoch;

Result<std::optional<log::OpenedEpoch>> Epochs::read(const fs::path& file) const {
  if (file.empty()) return std::nullopt;
  TUIXUAN_TRY(bytes, devices::read_if_there(file, log::kMaxEpochSize, false, kUnread));
  if (!bytes) return std::nullopt;
  auto opened = log::open_epoch(as_text(*bytes), log_);
  if (!opened) return fail(kUnread, file.string() + " is damaged: " + opened.error().text());
  return std::move(*opened);
}

// A file that is there and cannot be read is not taken for none: nothing is signed until it can be read.
void Epochs::look() {
  auto other = read(files_.superseded);
  auto found = read(files_.own);
  const Lock lock(mutex_);
  held_.erase(kUnread);
  for (const auto* result : {&other, &found})
    if (!*result) held_.insert_or_assign(kUnread, result->error());
  if (!other || !found) return;
  const std::uint64_t own = *found ? (*found)->epoch.number : 0;
  if (*other && !superseded_ && (*other)->epoch.number > own) superseded_ = std::move(*other);
  if (!*found || (*found)->epoch.pin != pin_ || (own_ && own <= own_->epoch.number)) return;
  own_ = std::move(*found);
  ++changes_;
  if (superseded_ && superseded_->epoch.number < own_->epoch.number) superseded_.reset();
  held_.erase(code::epoch::conflict);
}

std::uint64_t Epochs::number() const {
  const Lock lock(mutex_);
  return own_ ? own_->epoch.number : 0;
}

std::optional<log::Epoch> Epochs::own() const {
  const Lock lock(mutex_);
  return own_ ? std::optional(own_->epoch) : std::nullopt;
}

std::string Epochs::note() const {
  const Lock lock(mutex_);
  const auto& highest = superseded_ ? superseded_ : own_;
  return highest ? log::format_note(highest->note) : std::string();
}

Result<void> Epochs::learn(std::string_view note, std::span<const primitives::VerifyKey> supervisors) {
  TUIXUAN_TRY(opened, log::open_epoch(note, log_));
  TUIXUAN_CHECK(log::check_supervisors(opened, supervisors));
  const Lock lock(mutex_);
  const std::uint64_t known = superseded_ ? superseded_->epoch.number : own_ ? own_->epoch.number : 0;
  const auto& highest = superseded_ ? superseded_ : own_;
  if (opened.epoch.number < known || (highest && highest->note.text == opened.note.text)) return {};
  if (opened.epoch.number == known) {
    Error why{code::epoch::conflict, "the supervisors signed two statements of epoch " + std::to_string(known) + ": " +
                                         opened.epoch.address + " and " + highest->epoch.address +
                                         "; they must sign a higher one"};
    held_.insert_or_assign(why.check, why);
    return tl::unexpected<Error>(std::move(why));
  }
  if (opened.epoch.pin == pin_) {
    TUIXUAN_CHECK(devices::replace(files_.own, as_bytes(note), code::server::storage));
    own_ = std::move(opened);
    ++changes_;
    held_.erase(code::epoch::conflict);
    return {};
  }
  // It signs nothing more even where this cannot be written; written, it does not after a restart either.
  const auto kept = devices::replace(files_.superseded, as_bytes(note), code::server::storage);
  superseded_ = std::move(opened);
  ++changes_;
  return kept;
}

void Epochs::hold(Error why) {
  const Lock lock(mutex_);
  const Code check = why.check;
  held_.insert_or_assign(check, std::move(why));
}

void Epochs::release(Code check) {
  const Lock lock(mutex_);
  held_.erase(check);
}

std::optional<Error> Epochs::refusal() const {
  const Lock lock(mutex_);
  if (superseded_)
    return Error{code::server::superseded, "since epoch " + std::to_string(superseded_->epoch.number) +
                                               " the log is served at " + superseded_->epoch.address};
  for (const Code check : {Code(code::epoch::conflict), Code(code::log::rollback)})
    if (const auto found = held_.find(check); found != held_.end()) return found->second;
  return held_.empty() ? std::nullopt : std::optional(held_.begin()->second);
}

}  // namespace tuixuan::service
