#include "server/standby/remote_replica.h"

#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/log/epoch.h"
#include "hardware/devices/durable_file.h"
#include "tally/election/digests.h"

namespace tuixuan::standby {

static constexpr client::TimeLimits kLimits{std::chrono::seconds(2), std::chrono::seconds(10)};
static constexpr std::size_t kMaxSmall = 65536;

RemoteReplica::RemoteReplica(client::Address address, Sha256 pin, primitives::SigningKey log_key, log::NoteKey log,
                             Files files, Tell tell)
    : log_(std::move(log)), files_(std::move(files)), tell_(std::move(tell)), https_(std::move(address), pin, kLimits) {
  const auto key = std::make_shared<const primitives::SigningKey>(std::move(log_key));
  https_.introduce([key](const ByteArray<32>& secret) {
    return "Tuixuan-Kiosk " + key->verify_key().hex() + " " + key->sign(election::connection_statement(secret)).hex();
  });
}

RemoteReplica::Standing RemoteReplica::standing() const { return standing_; }

void RemoteReplica::stand(Standing now, const std::string& why) {
  if (now == standing_) return;
  standing_ = now;
  if (now == Standing::paired)
    tell_("备用服务器已就绪，每一条都在两块磁盘上 / the standby is there, every entry is on two disks");
  if (now == Standing::lost)
    tell_("备用服务器没有确认，暂不收条目 / the standby does not confirm, nothing is acknowledged: " + why);
  if (now == Standing::alone)
    tell_(
        "监票人决定单机继续，条目只在一块磁盘上 / the supervisors decided to go on alone, entries are on one disk "
        "only");
}

Result<Bytes> RemoteReplica::ask(const client::Https::Question& question) {
  const auto answer = https_.ask(question, kMaxBatch);
  if (answer && answer->status == 200) {
    stand(Standing::paired, {});
    return answer->body;
  }
  const std::string why =
      answer ? "the standby answered: " + std::string(as_text(answer->body)).substr(0, 200) : answer.error().text();
  stand(Standing::lost, why);
  return fail(code::server::standby, why);
}

std::uint64_t RemoteReplica::decided_alone() const {
  const auto bytes = devices::read_all(files_.epoch, log::kMaxEpochSize, false, code::server::standby);
  const auto opened = bytes ? log::open_epoch(as_text(*bytes), log_) : tl::unexpected<Error>(bytes.error());
  return opened && opened->epoch.cause == log::EpochCause::alone ? opened->epoch.number : 0;
}

Result<void> RemoteReplica::store(std::uint64_t first, std::span<const Bytes> entries, const std::string& checkpoint) {
  const Lock lock(mutex_);
  if (standing_ == Standing::alone) return {};
  unsure_ = Batch{first, checkpoint, {entries.begin(), entries.end()}};
  TUIXUAN_TRY(body, ask({"POST", "/v1/replica", {}, encode(first, checkpoint, entries)}));
  TUIXUAN_TRY(stand, parse_stand(as_text(body)));
  if (stand.size != first + entries.size())
    return fail(code::server::standby, "the standby has " + std::to_string(stand.size) + " entries");
  unsure_.reset();
  return {};
}

Result<void> RemoteReplica::store_object(const Sha256& hash, ByteView bytes) {
  const Lock lock(mutex_);
  if (standing_ == Standing::alone) return {};
  return ask({"PUT", "/v1/replica/object/" + hash.hex(), {}, bytes}).map([](const Bytes&) {});
}

Result<void> RemoteReplica::level(ledger::Ledger& ledger) {
  const Lock lock(mutex_);
  const auto caught_up = catch_up(ledger);
  const std::uint64_t decided = decided_alone();
  if (caught_up) {
    rejoined_ = decided;
    unsure_.reset();
    return {};
  }
  if (caught_up.error().check != code::server::standby || decided <= rejoined_) return caught_up;
  stand(Standing::alone, {});
  if (!unsure_ || unsure_->first != ledger.size()) return {};
  const auto given = [&](const log::Checkpoint&) -> Result<std::string> { return unsure_->note; };
  TUIXUAN_CHECK(ledger.append(unsure_->entries, given).map([](const ledger::Appended&) {}));
  unsure_.reset();
  return {};
}

Result<void> RemoteReplica::give_small_files() {
  for (const auto& [file, name] : {std::pair(files_.sealed_key, "sealed"), std::pair(files_.epoch, "epoch")})
    if (const auto bytes = devices::read_all(file, kMaxSmall, false, code::server::standby))
      TUIXUAN_CHECK(ask({"PUT", std::string("/v1/replica/") + name, {}, *bytes}).map([](const Bytes&) {}));
  return {};
}

Result<void> RemoteReplica::catch_up(ledger::Ledger& ledger) {
  TUIXUAN_TRY(text, ask({"GET", "/v1/replica", {}, {}}));
  TUIXUAN_TRY(there, parse_stand(as_text(text)));
  // Only what this key has signed: the ledger checks each note.
  while (there.size > ledger.size()) {
    TUIXUAN_TRY(bytes, ask({"GET", "/v1/replica/" + std::to_string(ledger.size()), {}, {}}));
    TUIXUAN_TRY(batch, decode_batch(bytes));
    const auto given = [&](const log::Checkpoint&) -> Result<std::string> { return batch.note; };
    TUIXUAN_CHECK(ledger.append(batch.entries, given).map([](const ledger::Appended&) {}));
  }
  if (ledger.root_at(there.size) != there.root)
    return fail(code::log::fork,
                "the standby's " + std::to_string(there.size) +
                    " entries are others than this server's; set it up anew, and keep its folder as evidence");
  while (there.size < ledger.size()) {
    TUIXUAN_TRY(note, ledger.checkpoint_covering(std::min(there.size + kStep, ledger.size()) - 1));
    TUIXUAN_TRY(opened, log::open_checkpoint(note, log_));
    TUIXUAN_TRY(entries, ledger.entries(there.size, opened.checkpoint.size));
    TUIXUAN_TRY(now, ask({"POST", "/v1/replica", {}, encode(there.size, note, entries)}));
    TUIXUAN_TRY(after, parse_stand(as_text(now)));
    if (after.size <= there.size) return fail(code::server::standby, "the standby does not take what it lacks");
    there = after;
  }
  TUIXUAN_TRY(hashes, ledger.objects());
  for (const Sha256& hash : hashes) {
    TUIXUAN_TRY(known, ask({"GET", "/v1/replica/object/" + hash.hex(), {}, {}}));
    if (as_text(known) == "yes\n") continue;
    TUIXUAN_TRY(bytes, ledger.object(hash));
    TUIXUAN_CHECK(ask({"PUT", "/v1/replica/object/" + hash.hex(), {}, bytes}).map([](const Bytes&) {}));
  }
  return give_small_files();
}

}  // namespace tuixuan::standby
