// What the service knows of its disk, says of it, and does to know it in time.
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "server/service/service.h"

namespace tuixuan::service {

static constexpr std::chrono::milliseconds kLook{500};
static constexpr std::chrono::seconds kQuiet{1};      // since the last write, before the write-ahead file is moved
static constexpr std::chrono::seconds kHangs{20};     // beyond the time of a probe: the disk does not answer
static constexpr std::uint64_t kProbesUnmoved = 200;  // small writes that may stay in the write-ahead file
static constexpr std::uint64_t kEntryWeight = kProbesUnmoved;

static std::uint64_t seconds_of(std::chrono::steady_clock::duration d) {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(d).count());
}

void Service::say(const std::string& line) const {
  if (settings_.tell) settings_.tell(line);
}

Storage Service::storage() const {
  const Lock lock(storage_mutex_);
  const auto now = Clock::now();
  Storage out;
  out.proven = seconds_of(now - proven_at_);
  out.ok = healthy_ || held_;
  if (!healthy_ && held_) return out;  // the disk is not asked meanwhile
  if (!out.ok) {
    out.what = trouble_.text();
    out.failed = seconds_of(now - failed_at_);
  } else if (now - proven_at_ > settings_.probe + kHangs) {
    out.ok = false;
    out.what = "a write to the disk does not come back";
    out.failed = out.proven;
  }
  return out;
}

bool Service::is_held(const Error& why) const {
  const auto refusal = epochs_.refusal();
  return why.check == code::server::standby || why.check == code::log::fork || (refusal && refusal->check == why.check);
}

void Service::stopped_by(const Error& why) {
  {
    const Lock lock(storage_mutex_);
    const bool again = !healthy_;
    trouble_ = why;
    held_ = true;
    healthy_ = false;
    if (again) return;
    failed_at_ = Clock::now();
  }
  say("警报：现在不收选票和任何内容；已收下的都在 / ALARM: nothing is taken now, nothing that was taken is lost: " +
      why.text());
  const Lock lock(queue_mutex_);
  prepared_wakes_.notify_all();
}

void Service::storage_failed(const Error& why) {
  {
    const Lock lock(storage_mutex_);
    const bool again = !healthy_;
    trouble_ = why;
    held_ = false;
    healthy_ = false;
    if (again) return;
    failed_at_ = Clock::now();
  }
  say("警报：服务器的磁盘出了故障，现在不收选票和任何内容；已收下的都在 / ALARM: the disk of the server failed, "
      "nothing "
      "is taken now, nothing that was taken is lost: " +
      why.text());
  const Lock lock(queue_mutex_);  // so that the sequencer, just about to wait, does not miss it
  prepared_wakes_.notify_all();
}

// Only a recovery ends a failure: until then the fold may be ahead of the disk.
void Service::storage_works() {
  const Lock lock(storage_mutex_);
  if (!healthy_) return;
  proven_at_ = Clock::now();
  unmoved_ += kEntryWeight;
}

void Service::storage_recovered() {
  std::uint64_t seconds = 0;
  bool held = false;
  {
    const Lock lock(storage_mutex_);
    proven_at_ = Clock::now();
    held = std::exchange(held_, false);
    seconds = seconds_of(proven_at_ - failed_at_);
    healthy_ = true;
  }
  if (held)
    return say("备用服务器已跟上，继续收件（停了 " + std::to_string(seconds) +
               " 秒）/ the standby is level again after " + std::to_string(seconds) + " seconds: entries are taken, " +
               std::to_string(ledger_->size()) + " on the log");
  say("磁盘恢复正常，继续收件（故障 " + std::to_string(seconds) + " 秒）/ the disk works again after " +
      std::to_string(seconds) + " seconds: entries are taken, " + std::to_string(ledger_->size()) + " on the log");
}

void Service::noticed(const Error& why) {
  const auto& c = why.check;
  if (c == code::ledger::io || c == code::ledger::open || c == code::ledger::damaged || c == code::ledger::leaf ||
      c == code::ledger::readonly || c == code::ledger::sqlite || c == code::ledger::checkpoint)
    storage_failed(why);
}

void Service::keep() {
  for (;;) {
    bool probe = false;
    bool move = false;
    {
      const Lock lock(storage_mutex_);
      const auto age = Clock::now() - proven_at_;
      probe = healthy_ && age >= settings_.probe;
      move = healthy_ && unmoved_ >= kProbesUnmoved && age >= kQuiet;
    }
    if (probe || move) {
      const auto done = probe ? ledger_->probe() : ledger_->checkpoint();
      if (!done && done.error().check != code::ledger::broken) storage_failed(done.error());
      const Lock lock(storage_mutex_);
      if (done && probe) {
        proven_at_ = Clock::now();
        ++unmoved_;
      } else if (done) {
        unmoved_ = 0;
      }
    }
    const auto next = Clock::now() + std::min<std::chrono::milliseconds>(kLook, settings_.probe);
    const Lock lock(storage_mutex_);
    while (!keeper_stops_ && keeper_wakes_.wait_until(storage_mutex_, next)) {
    }
    if (keeper_stops_) return;
  }
}

}  // namespace tuixuan::service
