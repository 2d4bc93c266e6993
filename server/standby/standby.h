// The standby of a log's server, without the network: a second ledger that holds everything before the server answers
// anybody. It has no key of the log: what it takes was signed by the server, and each batch is committed and synced
// before it is answered. It serves nobody but its server until it is promoted (server/restore). Errors: "standby.form",
// "standby.place" (the batch does not begin where this ledger ends), "server.unknown", those of the ledger.
#pragma once

#include "server/identity/identity.h"
#include "server/ledger/ledger.h"
#include "server/standby/batch.h"

namespace tuixuan::standby {

// A new standby in a new folder, for the log of this key. Its pin.
[[nodiscard]] Result<Sha256> make_standby(const identity::IdentityFiles& files, const log::NoteKey& log);

struct Answer {
  unsigned status = 200;
  Bytes body;
};

class Standby {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Standby>> open(const identity::IdentityFiles& files,
                                                             const log::NoteKey& log);
  //   GET  /v1/replica             where it stands
  //   GET  /v1/replica/<index>     the batch from there to the next checkpoint
  //   POST /v1/replica             a batch
  //   GET, PUT /v1/replica/object/<SHA-256>
  //   PUT  /v1/replica/sealed, /v1/replica/epoch     the sealed copy of the log's key, the server's epoch
  // Of the server only; who it is, the listener has checked.
  Answer answer(std::string_view method, std::string_view target, ByteView body);
  const log::NoteKey& log() const { return ledger_->key(); }
  std::uint64_t size() const { return ledger_->size(); }

 private:
  Standby(identity::IdentityFiles files, std::unique_ptr<ledger::Ledger> ledger);
  [[nodiscard]] Result<Bytes> get(std::string_view path) const;
  [[nodiscard]] Result<Bytes> batch_from(std::uint64_t first) const;
  [[nodiscard]] Result<Bytes> take(ByteView body);
  [[nodiscard]] Result<Bytes> put(std::string_view path, ByteView body);
  Stand stand() const;
  const identity::IdentityFiles files_;
  const std::unique_ptr<ledger::Ledger> ledger_;
};

}  // namespace tuixuan::standby
