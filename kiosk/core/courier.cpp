#include "kiosk/core/courier.h"

#include "tally/client/congress_card.h"
#include "tally/client/error_kind.h"

namespace tuixuan::kiosk {

static constexpr std::chrono::seconds kRest{2};  // between tries while the server is away

Courier::Courier(Journal& journal, const OpenStage& stage, const primitives::SigningKey& key, client::Client& client,
                 Tell tell)
    : journal_(journal), stage_(stage), key_(key), client_(client), tell_(std::move(tell)) {
  thread_ = std::thread([this] { run(); });
}

Courier::~Courier() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Courier::wake() {
  {
    const std::scoped_lock lock(mutex_);
    asked_ = true;
    empty_ = false;
  }
  wakes_.notify_all();
}

std::optional<Error> Courier::trouble() const {
  const std::scoped_lock lock(mutex_);
  return trouble_;
}

Result<bool> Courier::round() {
  Delivery told;
  bool reached = true;
  const auto send = [&](ByteView entry) -> Result<std::string> {
    TUIXUAN_TRY(receipt, client_.append(entry));
    return log::format_receipt(receipt);
  };
  auto done = deliver_all(journal_, stage_, key_, client::minutes_now(), send, told);
  if (!done && client::kind_of(done.error()) != client::ErrorKind::later) return tl::unexpected<Error>(done.error());
  if (!done) reached = false;
  TUIXUAN_TRY(counts, journal_.counts(stage_.id));
  if (told.delivered > 0 || !told.turned.empty()) tell_(told, counts.undelivered);
  const std::scoped_lock lock(mutex_);
  empty_ = counts.undelivered == 0;
  return reached;
}

void Courier::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!asked_) {
      wakes_.wait(lock, [&] { return asked_ || stopping_; });
      continue;
    }
    asked_ = false;
    lock.unlock();
    auto reached = round();
    lock.lock();
    rested_.notify_all();
    if (!reached) {
      trouble_ = reached.error();
      return;
    }
    if (*reached) continue;
    asked_ = true;
    wakes_.wait_for(lock, kRest, [&] { return stopping_; });
  }
}

Result<std::size_t> Courier::finish(std::chrono::seconds patience) {
  wake();
  {
    std::unique_lock lock(mutex_);
    rested_.wait_for(lock, patience, [&] { return empty_ || trouble_.has_value(); });
    stopping_ = true;
  }
  wakes_.notify_all();
  thread_.join();
  if (trouble_) return tl::unexpected<Error>(*trouble_);
  TUIXUAN_TRY(counts, journal_.counts(stage_.id));
  return counts.undelivered;
}

}  // namespace tuixuan::kiosk
