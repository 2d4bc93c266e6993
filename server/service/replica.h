// The second disk: where a standby is configured, every batch is durable there before it is committed here, and so
// before anybody is answered (server/standby). Called by the service's one writing thread, except for objects.
#pragma once

#include "server/ledger/ledger.h"

namespace tuixuan::service {

class Replica {
 public:
  virtual ~Replica() = default;
  // Returns once the batch with its signed checkpoint is on the other disk. Error "server.standby": it is not known
  // whether it is; level() tells.
  [[nodiscard]] virtual Result<void> store(std::uint64_t first, std::span<const Bytes> entries,
                                           const std::string& checkpoint) = 0;
  [[nodiscard]] virtual Result<void> store_object(const Sha256& hash, ByteView bytes) = 0;
  // Makes both equal before anything is signed: what only the other one has is taken from it, for it was signed here;
  // what it lacks is given to it. Errors: "server.standby", "log.fork", those of the ledger.
  [[nodiscard]] virtual Result<void> level(ledger::Ledger& ledger) = 0;
  enum class Standing { paired, lost, alone };  // alone: the supervisors decided to go on without it
  virtual Standing standing() const = 0;
};

}  // namespace tuixuan::service
