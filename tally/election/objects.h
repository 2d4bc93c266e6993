// Where the fold finds the large objects that entries name by hash: the server's ledger, a record on disk, a client's
// cache.
#pragma once

#include "tally/election/bodies.h"

namespace tuixuan::election {

class Objects {
 public:
  virtual ~Objects() = default;
  // Error: "E04.object" if it is not there.
  [[nodiscard]] virtual Result<Bytes> find(const Sha256& hash) const = 0;
  // The object with the right length and hash. Errors: "E04.object".
  [[nodiscard]] Result<Bytes> load(const ObjectRef& ref) const;
};

// Objects in memory: what a program has just made and is about to upload, and tests.
class ObjectMap final : public Objects {
 public:
  ObjectRef put(Bytes bytes);
  [[nodiscard]] Result<Bytes> find(const Sha256& hash) const override;
  std::size_t size() const { return map_.size(); }
  const std::vector<std::pair<Sha256, Bytes>>& items() const { return map_; }

 private:
  std::vector<std::pair<Sha256, Bytes>> map_;
};

}  // namespace tuixuan::election
