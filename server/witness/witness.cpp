#include "server/witness/witness.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>

#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"

namespace tuixuan::witness {

namespace fs = std::filesystem;

static constexpr const char* kHeld = "cosigned.checkpoint";
static constexpr const char* kEpoch = "epoch.note";
static constexpr std::size_t kMaxAlarms = 100;  // what comes after these is refused as well, and not kept

Witness::Witness(fs::path folder, std::string name, primitives::SigningKey key, log::NoteKey log, int lock)
    : folder_(std::move(folder)), name_(std::move(name)), key_(std::move(key)), log_(std::move(log)), lock_(lock) {}

Result<std::unique_ptr<Witness>> Witness::open(const fs::path& folder, std::string name, primitives::SigningKey key,
                                               log::NoteKey log) {
  if (!log::is_key_name(name)) return fail(code::witness::folder, "\"" + name + "\" is no name of a witness");
  const fs::path lock = folder / "lock";
  const int fd = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return devices::system_error(code::witness::folder, lock);
  std::unique_ptr<Witness> out(new Witness(folder, std::move(name), std::move(key), std::move(log), fd));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0)
    return fail(code::witness::folder, folder.string() + " is in use by another witness");
  const Lock held(out->mutex_);
  TUIXUAN_CHECK(out->load());
  return out;
}

static std::string alarm_name(std::size_t number) { return "alarm-" + std::to_string(number) + ".txt"; }

Result<void> Witness::load() {
  TUIXUAN_TRY(kept, devices::read_if_there(folder_ / kHeld, log::kMaxNoteSize, false, code::witness::folder));
  if (kept) {
    const auto opened = log::open_checkpoint(as_text(*kept), log_);
    if (!opened)
      return fail(code::witness::folder, std::string(kHeld) + " is of another log: " + opened.error().text());
    const log::NoteKey self = vkey();
    const auto own = log::cosignatures(opened->note, std::span(&self, 1));
    if (!own || own->empty())
      return fail(code::witness::folder, std::string(kHeld) + " was not cosigned with this key");
    note_ = std::string(as_text(*kept));
    standing_.held = opened->checkpoint;
    standing_.seconds = own->front().seconds;
  }
  TUIXUAN_TRY(epoch, devices::read_if_there(folder_ / kEpoch, log::kMaxEpochSize, false, code::witness::folder));
  if (epoch) {
    auto opened = log::open_epoch(as_text(*epoch), log_);
    if (!opened) return fail(code::witness::folder, std::string(kEpoch) + ": " + opened.error().text());
    epoch_ = std::move(*opened);
  }
  for (std::size_t i = 1; i <= kMaxAlarms; ++i) {
    TUIXUAN_TRY(bytes,
                devices::read_if_there(folder_ / alarm_name(i), log::kMaxForkSize, false, code::witness::folder));
    if (!bytes) continue;
    TUIXUAN_TRY(fork, log::parse_fork(as_text(*bytes)));
    TUIXUAN_TRY(judged, log::judge_fork(fork, log_));
    standing_.alarms.push_back({alarm_name(i), std::move(fork), std::move(judged)});
  }
  if (standing_.held) settle(*standing_.held);
  return {};
}

Result<void> Witness::raise(std::string_view body) {
  TUIXUAN_TRY(request, log::parse_add_checkpoint(body));
  if (!standing_.held) return {};  // nothing is held that it could contradict
  log::Fork fork{note_, request.checkpoint};
  auto judged = log::judge_fork(fork, log_);
  if (!judged) return {};  // the empty log with a root that is not its own: malformed rather than forked
  const auto same = [&](const Alarm& a) { return a.judged.shown == judged->shown; };
  if (std::any_of(standing_.alarms.begin(), standing_.alarms.end(), same)) return {};
  for (std::size_t i = 1; i <= kMaxAlarms; ++i) {
    TUIXUAN_TRY(there, devices::is_there(folder_ / alarm_name(i), code::witness::storage));
    if (there) continue;
    TUIXUAN_CHECK(
        devices::write_new(folder_ / alarm_name(i), as_bytes(log::format_fork(fork)), code::witness::storage));
    standing_.alarms.push_back({alarm_name(i), std::move(fork), std::move(*judged)});
    return {};
  }
  return {};
}

// What was shown without a proof and is proven now was no other log. The file stays on the disk under another name.
void Witness::settle(const log::Checkpoint& proven) {
  const auto settled = [&](const Alarm& a) {
    if (a.judged.proven || a.judged.shown != proven) return false;
    std::error_code ec;
    fs::rename(folder_ / a.file, folder_ / ("settled-" + a.file), ec);
    return true;
  };
  std::erase_if(standing_.alarms, settled);
}

Result<void> Witness::take_epoch(std::string_view note) {
  TUIXUAN_TRY(opened, log::open_epoch(note, log_));
  const log::Epoch& epoch = opened.epoch;
  const Lock lock(mutex_);
  if (epoch_ && epoch_->note.text == opened.note.text) return {};
  if (epoch_ && epoch_->epoch.number >= epoch.number)
    return fail(code::epoch::conflict, "epoch " + std::to_string(epoch_->epoch.number) + " is held here");
  if (const auto& held = standing_.held;
      held && (held->size > epoch.size || (held->size == epoch.size && held->root != epoch.root)))
    return fail(code::log::rollback, "this witness cosigned " + std::to_string(held->size) + " entries, and epoch " +
                                         std::to_string(epoch.number) + " goes on after " + std::to_string(epoch.size) +
                                         (held->size == epoch.size ? " others" : ""));
  TUIXUAN_CHECK(devices::replace(folder_ / kEpoch, as_bytes(note), code::witness::storage));
  epoch_ = std::move(opened);
  return {};
}

std::string Witness::epoch_note() const {
  const Lock lock(mutex_);
  return epoch_ ? log::format_note(epoch_->note) : std::string();
}

Result<std::string> Witness::add(std::string_view body, std::uint64_t seconds, std::uint64_t epoch) {
  const Lock lock(mutex_);
  if (epoch_ && epoch < epoch_->epoch.number)
    return fail(code::witness::epoch, "the log is served in epoch " + std::to_string(epoch_->epoch.number) + " now");
  auto opened = log::judge(body, standing_.held, log_);
  if (!opened) {
    if (opened.error().check == code::witness::fork || opened.error().check == code::witness::proof)
      TUIXUAN_CHECK(raise(body));
    return tl::unexpected<Error>(std::move(opened.error()));
  }
  const log::NoteSignature cosignature = log::cosign(opened->note.text, seconds, name_, key_);
  // Of the note's lines only the log's is kept: what others wrote into it is not this witness's word.
  TUIXUAN_TRY(by_log, log::verify_note(opened->note, std::span(&log_, 1)));
  const std::string note = log::format_note({opened->note.text, {by_log.front(), cosignature}});
  TUIXUAN_CHECK(devices::replace(folder_ / kHeld, as_bytes(note), code::witness::storage));
  note_ = note;
  standing_.held = opened->checkpoint;
  standing_.seconds = seconds;
  settle(opened->checkpoint);
  return log::format_signature_line(cosignature);
}

Standing Witness::standing() const {
  const Lock lock(mutex_);
  return standing_;
}

std::string Witness::held_note() const {
  const Lock lock(mutex_);
  return note_;
}

}  // namespace tuixuan::witness
