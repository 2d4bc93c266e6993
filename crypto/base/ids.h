// Ids are strong types: a trustee's index cannot stand where a mixer's position is wanted, a tracker is not a leaf
// hash.
#pragma once

#include <compare>
#include <string>

#include "crypto/base/bytes.h"

namespace tuixuan {

// N bytes with a meaning. Tag only makes the type different.
template <class Tag, std::size_t N>
struct ByteId {
  ByteArray<N> bytes{};
  static constexpr std::size_t kSize = N;
  ByteView view() const { return bytes; }
  std::string hex() const { return to_hex(bytes); }
  friend auto operator<=>(const ByteId&, const ByteId&) = default;
};

using Sha256 = ByteId<struct Sha256Tag, 32>;  // of an object, or a node of the log's tree
using Hash64 = ByteId<struct Hash64Tag, 64>;  // SHA-512, as made by H() of the protocol

// A number with a meaning.
template <class Tag, class Int>
struct NumberId {
  Int value{};
  friend auto operator<=>(const NumberId&, const NumberId&) = default;
};

using TrusteeIndex = NumberId<struct TrusteeTag, std::uint32_t>;  // 1..n
using MixPosition = NumberId<struct MixTag, std::uint32_t>;       // 1, 2, ... along the chain

// A short name from the scheme: 1 to 32 of a-z A-Z 0-9 . _ - (what the scheme's parser enforces).
template <class Tag>
struct NameId {
  std::string name;
  friend auto operator<=>(const NameId&, const NameId&) = default;
};
bool is_short_name(std::string_view s);

using KioskId = NameId<struct KioskTag>;
using ContestId = NameId<struct ContestTag>;
using StageId = NameId<struct StageTag>;
using BoxId = NameId<struct BoxTag>;

// Hash of a fixed-size id for unordered containers: the ids are hashes or keys, so their first bytes spread well enough
// for public data; an attacker who grinds them only slows himself down by a constant.
struct ByteIdHash {
  template <class Tag, std::size_t N>
  std::size_t operator()(const ByteId<Tag, N>& id) const {
    std::size_t h = 0;
    std::memcpy(&h, id.bytes.data(), sizeof h);
    return h;
  }
};

}  // namespace tuixuan
