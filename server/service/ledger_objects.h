// The fold's view of the objects that a ledger stores.
#pragma once

#include "crypto/base/mutex.h"
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "server/ledger/ledger.h"
#include "tally/election/objects.h"

namespace tuixuan::service {

class LedgerObjects final : public election::Objects {
 public:
  explicit LedgerObjects(const ledger::Ledger& ledger) : ledger_(ledger) {}
  [[nodiscard]] Result<Bytes> find(const Sha256& hash) const override {
    auto bytes = ledger_.object(hash);
    if (bytes) return bytes;
    if (bytes.error().check == code::ledger::absent)
      return fail(code::E04::object,
                  "object " + hash.hex() + " has not been stored; send it before the entry that names it");
    const Lock lock(mutex_);
    trouble_ = bytes.error();
    return bytes;
  }
  // What kept an object from being read: then nothing that the fold refused was refused by the rules.
  std::optional<Error> trouble() const {
    const Lock lock(mutex_);
    return trouble_;
  }

 private:
  const ledger::Ledger& ledger_;
  mutable Mutex mutex_;
  mutable std::optional<Error> trouble_ TUIXUAN_GUARDED_BY(mutex_);
};

}  // namespace tuixuan::service
