// The alarms of cosigners.h: what was signed with this log's key and is not this log.
#include "crypto/codes/server.h"
#include "hardware/devices/durable_file.h"
#include "server/service/cosigners.h"
#include "server/service/service.h"

namespace tuixuan::service {

namespace fs = std::filesystem;
static constexpr std::size_t kMaxAlarms = 100;  // what comes after these is refused as well, and not kept

static std::string name_of(std::size_t number) { return "alarm-" + std::to_string(number) + ".txt"; }

static Result<std::string> read_small(const fs::path& path) {
  TUIXUAN_TRY(bytes, devices::read_all(path, log::kMaxForkSize, true, code::server::unknown));
  return std::string(as_text(bytes));
}

void Cosigners::load_evidence() {
  for (std::size_t i = 1; i <= kMaxAlarms; ++i) {
    const auto text = read_small(folder_ / name_of(i));
    const auto fork = text ? log::parse_fork(*text) : tl::unexpected<Error>(text.error());
    const auto judged = fork ? log::judge_fork(*fork, service_.key()) : tl::unexpected<Error>(fork.error());
    const Lock lock(mutex_);
    if (judged) alarms_[name_of(i)] = judged->shown;
  }
}

Result<std::string> Cosigners::evidence(const std::string& name) const {
  {
    const Lock lock(mutex_);
    if (!alarms_.contains(name)) return fail(code::server::unknown, name);
  }
  return read_small(folder_ / name);
}

// Kept once for each checkpoint that was shown. What cannot be written is still refused and said.
tl::unexpected<Error> Cosigners::raise(const log::OpenedCheckpoint& shown, const std::string& note, Error why) {
  const ledger::Ledger& ledger = service_.ledger();
  const auto own = ledger.size() == 0 ? fail(code::ledger::range, "the ledger is empty")
                   : shown.checkpoint.size == 0 || shown.checkpoint.size > ledger.size()
                       ? Result<std::string>(ledger.latest_checkpoint().value_or(""))
                       : ledger.checkpoint_covering(shown.checkpoint.size - 1);
  {
    const Lock lock(mutex_);
    for (const auto& [name, before] : alarms_)
      if (before == shown.checkpoint) return tl::unexpected<Error>(std::move(why));
    for (std::size_t i = 1; own && i <= kMaxAlarms; ++i) {
      std::error_code ec;
      if (alarms_.contains(name_of(i)) || fs::exists(folder_ / name_of(i), ec)) continue;
      if (devices::write_new(folder_ / name_of(i), as_bytes(log::format_fork({*own, note})), code::server::storage))
        alarms_[name_of(i)] = shown.checkpoint;
      break;
    }
  }
  ++changes_;
  say("警报：" + why.text() + " / ALARM: " + why.text());
  return tl::unexpected<Error>(std::move(why));
}

}  // namespace tuixuan::service
