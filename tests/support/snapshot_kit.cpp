#include "tests/support/snapshot_kit.h"

#include "tally/snapshot/state_bytes.h"

namespace tuixuan::kit {

using election::Fold;

std::string through_snapshots(Fold begin, std::span<const Bytes> entries, const election::Objects& objects) {
  Fold kept = begin;
  for (const Bytes& entry : entries) {
    const std::string where = "entry " + std::to_string(begin.size()) + ": ";
    const auto plain = begin.replay(entry, objects);
    const auto after = kept.replay(entry, objects);
    if (plain.has_value() != after.has_value()) return where + "taken by one and refused by the other";
    if (!plain) return plain.error() == after.error() ? "" : where + "refused with other words";
    const Bytes bytes = snapshot::encode_state(begin.state());
    if (bytes != snapshot::encode_state(kept.state())) return where + "the states differ";
    auto state = snapshot::decode_state(bytes);
    if (!state) return where + state.error().text();
    if (bytes != snapshot::encode_state(*state)) return where + "read back as another state";
    kept = Fold({}, 1, std::move(*state));
  }
  return "";
}

}  // namespace tuixuan::kit
