#include "tally/client/way.h"

#include "crypto/codes/client.h"
#include "crypto/codes/entries.h"
#include "crypto/log/merkle.h"
#include "hardware/devices/durable_file.h"

namespace tuixuan::client {

namespace fs = std::filesystem;
static constexpr std::size_t kMaxRefused = 64;

Way::Way(Place card, log::NoteKey log, fs::path kept)
    : card_(std::move(card)), log_(std::move(log)), file_(std::move(kept)) {
  look();
}

Way::Place Way::place() const {
  const Lock lock(mutex_);
  const auto& now = tried_ ? tried_ : kept_;
  if (!now) return card_;
  const auto address = Address::parse(now->epoch.address);
  return address ? Place{*address, now->epoch.pin, now->epoch.number} : card_;
}

std::optional<log::OpenedEpoch> Way::epoch() const {
  const Lock lock(mutex_);
  return kept_;
}

Result<void> Way::offer(std::string_view note) {
  TUIXUAN_TRY(opened, log::open_epoch(note, log_));
  TUIXUAN_CHECK(Address::parse(opened.epoch.address).map([](const Address&) {}));
  const Lock lock(mutex_);
  if (refused_.contains(opened.note.text)) return {};
  if (!supervisors_.empty()) TUIXUAN_CHECK(log::check_supervisors(opened, supervisors_));
  const auto& now = tried_ ? tried_ : kept_;
  const std::uint64_t number = now ? now->epoch.number : 0;
  if (opened.epoch.number > number) {
    tried_ = std::move(opened);
  } else if (now && opened.epoch.number == number && opened.note.text != now->note.text) {
    another_ = std::move(opened);
  }
  return {};
}

// That of another log, kept beside a card that was replaced, is as good as none; put_epoch() tells who puts one there.
void Way::read_file() {
  if (file_.empty()) return;
  const auto bytes = devices::read_if_there(file_, log::kMaxEpochSize, false, code::epoch::file);
  std::string note;
  {
    const Lock lock(mutex_);
    unread_ = bytes ? std::nullopt : std::optional(bytes.error());
    if (!bytes || !*bytes || as_text(**bytes) == seen_in_file_) return;
    seen_in_file_ = note = std::string(as_text(**bytes));
  }
  [[maybe_unused]] const auto offered = offer(note);
}

void Way::look() {
  read_file();
  std::vector<std::string> heard;
  {
    const Lock lock(mutex_);
    heard = network_.heard();
  }
  for (const std::string& note : heard)
    [[maybe_unused]] const auto offered = offer(note);  // of other logs, or no epochs: others use this port as well
}

Result<void> Way::judge(const log::OpenedEpoch& opened, const election::State& state) const {
  if (!state.plan) return fail(code::net::epoch, "the log has no scheme yet");
  TUIXUAN_CHECK(log::check_supervisors(opened, supervisors_));
  if (opened.epoch.size > state.tree.size())
    return fail(code::log::rollback, "epoch " + std::to_string(opened.epoch.number) + " began with " +
                                         std::to_string(opened.epoch.size) + " entries, and its log shows " +
                                         std::to_string(state.tree.size()));
  if (state.tree.root_at(opened.epoch.size) != opened.epoch.root)
    return fail(code::log::fork,
                "epoch " + std::to_string(opened.epoch.number) + " began with other entries than these");
  return {};
}

Result<void> Way::confirm(const election::State& state) {
  const Lock lock(mutex_);
  if (unread_) return tl::unexpected<Error>(*unread_);
  supervisors_.clear();
  if (state.plan)
    for (const tally::Supervisor& s : state.plan->supervisors) supervisors_.push_back(primitives::VerifyKey{s.key});
  if (another_) {
    const std::uint64_t now = tried_ ? tried_->epoch.number : kept_ ? kept_->epoch.number : 0;
    const auto good = judge(*another_, state);
    const bool signed_too = good || good.error().check != code::epoch::supervisors;
    if (another_->epoch.number >= now && signed_too)
      return fail(code::epoch::conflict, "two statements of epoch " + std::to_string(now) +
                                             ", both signed by supervisors: " + another_->epoch.address +
                                             " and another");
    another_.reset();
  }
  if (!tried_) return {};
  if (auto good = judge(*tried_, state); !good) {
    if (refused_.size() < kMaxRefused) refused_.insert(tried_->note.text);
    const bool forged = good.error().check == code::epoch::supervisors;
    tried_.reset();
    return forged ? fail(code::net::epoch, good.error().text()) : tl::unexpected<Error>(std::move(good.error()));
  }
  const std::string note = log::format_note(tried_->note);
  if (!file_.empty() && note != seen_in_file_) {
    // Not being able to keep it is no reason not to follow it.
    if (devices::replace(file_, as_bytes(note), code::epoch::file)) seen_in_file_ = note;
  }
  kept_ = std::move(tried_);
  tried_.reset();
  return {};
}

Result<log::Epoch> put_epoch(const std::string& file, const std::string& kept, const log::NoteKey& log) {
  TUIXUAN_TRY(bytes, devices::read_all(file, log::kMaxEpochSize, false, code::epoch::file));
  TUIXUAN_TRY(opened, log::open_epoch(as_text(bytes), log));
  TUIXUAN_CHECK(Address::parse(opened.epoch.address).map([](const Address&) {}));
  std::error_code ec;
  if (fs::exists(kept, ec)) {
    TUIXUAN_TRY(before, devices::read_all(kept, log::kMaxEpochSize, false, code::epoch::file));
    const auto held = log::open_epoch(as_text(before), log);
    if (held && held->epoch.number >= opened.epoch.number && held->note.text != opened.note.text)
      return fail(code::epoch::lower, "epoch " + std::to_string(held->epoch.number) + " is kept here, and " + file +
                                          " is epoch " + std::to_string(opened.epoch.number));
  }
  TUIXUAN_CHECK(devices::replace(kept, bytes, code::epoch::file));
  return opened.epoch;
}

}  // namespace tuixuan::client
