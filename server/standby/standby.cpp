#include "server/standby/standby.h"

#include <charconv>

#include "crypto/codes/server.h"
#include "crypto/log/epoch.h"
#include "hardware/devices/durable_file.h"
#include "server/identity/sealed_key.h"

namespace tuixuan::standby {

static constexpr std::string_view kRoot = "/v1/replica";
static constexpr std::string_view kObject = "/v1/replica/object/";

Result<Sha256> make_standby(const identity::IdentityFiles& files, const log::NoteKey& log) {
  TUIXUAN_TRY(pin, identity::make_tls(files, log.name));
  TUIXUAN_CHECK(ledger::Ledger::create(files.ledger(), log).map([](const std::unique_ptr<ledger::Ledger>&) {}));
  return pin;
}

Standby::Standby(identity::IdentityFiles files, std::unique_ptr<ledger::Ledger> ledger)
    : files_(std::move(files)), ledger_(std::move(ledger)) {}

Result<std::unique_ptr<Standby>> Standby::open(const identity::IdentityFiles& files, const log::NoteKey& log) {
  if (std::error_code ec; std::filesystem::exists(files.log_key(), ec))
    return fail(code::standby::promoted,
                files.folder.string() + " has been promoted: it is a server now, run it as one");
  TUIXUAN_TRY(ledger, ledger::Ledger::open(files.ledger(), log));
  return std::unique_ptr<Standby>(new Standby(files, std::move(ledger)));
}

Stand Standby::stand() const {
  const std::uint64_t size = ledger_->size();
  return {size, ledger_->root_at(size)};
}

static Bytes text_bytes(const std::string& text) { return to_bytes(text); }

Result<Bytes> Standby::batch_from(std::uint64_t first) const {
  TUIXUAN_TRY(note, ledger_->checkpoint_covering(first));
  TUIXUAN_TRY(opened, log::open_checkpoint(note, ledger_->key()));
  TUIXUAN_TRY(entries, ledger_->entries(first, opened.checkpoint.size));
  return encode(first, note, entries);
}

Result<Bytes> Standby::get(std::string_view path) const {
  if (path == kRoot) return text_bytes(format_stand(stand()));
  if (path.starts_with(kObject)) {
    TUIXUAN_TRY(hash, array_from_hex<32>(path.substr(kObject.size())));
    TUIXUAN_TRY(there, ledger_->has_object(Sha256{hash}));
    return text_bytes(there ? "yes\n" : "no\n");
  }
  const std::string_view digits = path.substr(std::min(path.size(), kRoot.size() + 1));
  std::uint64_t first = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), first);
  if (!path.starts_with(kRoot) || error != std::errc() || end != digits.data() + digits.size())
    return fail(code::server::unknown, std::string(path));
  return batch_from(first);
}

Result<Bytes> Standby::take(ByteView body) {
  TUIXUAN_TRY(batch, decode_batch(body));
  if (ledger_->broken()) TUIXUAN_CHECK(ledger_->recover());
  TUIXUAN_TRY(opened, log::open_checkpoint(batch.note, ledger_->key()));
  const std::uint64_t size = ledger_->size();
  const bool had = opened.checkpoint.size <= size && ledger_->root_at(opened.checkpoint.size) == opened.checkpoint.root;
  if (had) return text_bytes(format_stand(stand()));  // sent again
  if (batch.first != size)
    return fail(code::standby::place, "the batch begins at " + std::to_string(batch.first) + ", and here are " +
                                          std::to_string(size) + " entries");
  const auto given = [&](const log::Checkpoint&) -> Result<std::string> { return batch.note; };
  TUIXUAN_CHECK(ledger_->append(batch.entries, given).map([](const ledger::Appended&) {}));
  return text_bytes(format_stand(stand()));
}

Result<Bytes> Standby::put(std::string_view path, ByteView body) {
  if (path.starts_with(kObject)) {
    TUIXUAN_TRY(hash, array_from_hex<32>(path.substr(kObject.size())));
    TUIXUAN_CHECK(ledger_->put_object(Sha256{hash}, body));
    return text_bytes("yes\n");
  }
  if (path == "/v1/replica/sealed") {
    TUIXUAN_TRY(key, identity::sealed_log_key_of(as_text(body)));
    if (key != ledger_->key()) return fail(code::sealed::form, "the sealed key is of another log");
    TUIXUAN_CHECK(devices::replace(files_.sealed_key(), body, code::ledger::io));
    return text_bytes("yes\n");
  }
  if (path == "/v1/replica/epoch") {
    TUIXUAN_CHECK(log::open_epoch(as_text(body), ledger_->key()).map([](const log::OpenedEpoch&) {}));
    TUIXUAN_CHECK(devices::replace(files_.epoch(), body, code::ledger::io));
    return text_bytes("yes\n");
  }
  return fail(code::server::unknown, std::string(path));
}

Answer Standby::answer(std::string_view method, std::string_view target, ByteView body) {
  Result<Bytes> out = fail(code::server::unknown, std::string(method));
  if (method == "GET") out = get(target);
  if (method == "POST" && target == kRoot) out = take(body);
  if (method == "PUT") out = put(target, body);
  if (out) return {200, std::move(*out)};
  const Code check = out.error().check;
  const unsigned status = check == code::server::unknown ? 404 : check == code::standby::place ? 409 : 500;
  return {status, text_bytes(out.error().text() + "\n")};
}

}  // namespace tuixuan::standby
