#include "tally/election/objects.h"

#include <algorithm>

#include "crypto/codes/entries.h"
#include "crypto/primitives/hash.h"

namespace tuixuan::election {

Result<Bytes> Objects::load(const ObjectRef& ref) const {
  TUIXUAN_TRY(bytes, find(ref.hash));
  if (bytes.size() != ref.length)
    return fail(code::E04::object, "object " + ref.hash.hex() + " has " + std::to_string(bytes.size()) +
                                       " bytes, the entry says " + std::to_string(ref.length));
  if (primitives::sha256(bytes) != ref.hash)
    return fail(code::E04::object, "object " + ref.hash.hex() + " does not have this hash");
  return std::move(bytes);
}

ObjectRef ObjectMap::put(Bytes bytes) {
  const ObjectRef ref = ObjectRef::of(bytes);
  if (!find(ref.hash)) map_.emplace_back(ref.hash, std::move(bytes));
  return ref;
}

Result<Bytes> ObjectMap::find(const Sha256& hash) const {
  const auto it = std::find_if(map_.begin(), map_.end(), [&](const auto& item) { return item.first == hash; });
  if (it == map_.end()) return fail(code::E04::object, "object " + hash.hex() + " is not there");
  return it->second;
}

}  // namespace tuixuan::election
