// The fold's view of the objects that a ledger stores.
#pragma once

#include "server/ledger/ledger.h"
#include "tally/election/objects.h"

namespace tuixuan::service {

class LedgerObjects final : public election::Objects {
 public:
  explicit LedgerObjects(const ledger::Ledger& ledger) : ledger_(ledger) {}
  [[nodiscard]] Result<Bytes> find(const Sha256& hash) const override {
    auto bytes = ledger_.object(hash);
    if (!bytes && bytes.error().check == "ledger.absent")
      return fail("E04.object",
                  "object " + hash.hex() + " has not been stored; send it before the entry that names it");
    return bytes;
  }

 private:
  const ledger::Ledger& ledger_;
};

}  // namespace tuixuan::service
