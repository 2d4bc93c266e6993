#include "kiosk/core/courier.h"

#include "crypto/codes/catalogue.h"
#include "tally/client/congress_card.h"

namespace tuixuan::kiosk {

static constexpr std::chrono::seconds kRest{2};          // between tries while the server is away
static constexpr std::chrono::seconds kRestRefused{30};  // after a refusal, unless somebody asks

Courier::Courier(Journal& journal, const OpenStage& stage, const primitives::SigningKey& key, client::Client& client,
                 Tell tell)
    : journal_(journal), stage_(stage), key_(key), client_(client), tell_(std::move(tell)) {
  thread_ = std::thread([this] { run(); });
}

Courier::~Courier() {
  {
    const Lock lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Courier::wake() {
  {
    const Lock lock(mutex_);
    asked_ = true;
    empty_ = false;
  }
  wakes_.notify_all();
}

std::optional<Error> Courier::trouble() const {
  const Lock lock(mutex_);
  return trouble_;
}

bool Courier::reached() const {
  const Lock lock(mutex_);
  return reached_;
}

Fate Courier::fate(std::uint64_t seq) const {
  const auto found = journal_.find(stage_.id, seq);
  if (found && *found && !(*found)->refused.empty()) return Fate::refused;
  if (found && *found && !(*found)->receipt.empty()) return Fate::on_log;
  const auto why = trouble();
  return why && kind_of(*why) == ErrorKind::never ? Fate::refused : Fate::waiting;
}

Fate Courier::wait_for(std::uint64_t seq, std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    std::uint64_t before = 0;
    bool useless = false;
    {
      const Lock lock(mutex_);
      before = rounds_;
      useless = !reached_ && !asked_;
    }
    const Fate now = fate(seq);
    if (now != Fate::waiting || useless) return now;
    const Lock lock(mutex_);
    while (rounds_ == before)
      if (!rested_.wait_until(mutex_, end)) return Fate::waiting;
  }
}

Result<bool> Courier::round() {
  Delivery told;
  const auto send = [&](ByteView entry) -> Result<std::string> {
    TUIXUAN_TRY(receipt, client_.append(entry));
    return log::format_receipt(receipt);
  };
  auto done = deliver_all(journal_, stage_, key_, client::minutes_now(), send, told);
  const bool late = !done && kind_of(done.error()) == ErrorKind::later;
  const auto counts = journal_.counts(stage_.id);
  if (counts && (told.delivered > 0 || !told.turned.empty())) tell_(told, counts->undelivered);
  const Lock lock(mutex_);
  reached_ = !late;
  if (!done && !late) return tl::unexpected<Error>(done.error());
  if (!counts) return tl::unexpected<Error>(counts.error());
  empty_ = done && counts->undelivered == 0;
  return !late;
}

std::chrono::milliseconds Courier::rest_after(const Result<bool>& done) {
  const bool refused = !done && kind_of(done.error()) == ErrorKind::never;
  return refused ? kRestRefused : kRest;
}

bool Courier::is_told_to_go() {
  const Lock lock(mutex_);
  while (!asked_ && !stopping_) wakes_.wait(mutex_);
  asked_ = false;
  return !stopping_;
}

void Courier::run() {
  while (is_told_to_go()) {
    auto done = round();
    const auto again = std::chrono::steady_clock::now() + rest_after(done);
    const Lock lock(mutex_);
    ++rounds_;
    trouble_ = done ? std::nullopt : std::optional<Error>(done.error());
    rested_.notify_all();
    if (done && *done) continue;
    while (!stopping_ && !asked_ && wakes_.wait_until(mutex_, again)) {
    }
    asked_ = true;
  }
}

Result<std::size_t> Courier::finish(std::chrono::seconds patience) {
  wake();
  const auto end = std::chrono::steady_clock::now() + patience;
  {
    const Lock lock(mutex_);
    const std::uint64_t before = rounds_;
    const auto refused = [&]() TUIXUAN_REQUIRES(mutex_) {
      return rounds_ > before && trouble_ && kind_of(*trouble_) == ErrorKind::never;
    };
    while (!empty_ && !refused() && rested_.wait_until(mutex_, end)) {
    }
    stopping_ = true;
  }
  wakes_.notify_all();
  thread_.join();
  if (const auto why = trouble()) return tl::unexpected<Error>(*why);
  TUIXUAN_TRY(counts, journal_.counts(stage_.id));
  return counts.undelivered;
}

}  // namespace tuixuan::kiosk
