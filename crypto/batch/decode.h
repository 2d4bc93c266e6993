// Strict decoding of many points at once: exactly the bytes that primitives::Point::decode() takes. What it gives also
// holds the coordinates that were found on the way, so that a sum need not find them again.
#pragma once

#include <vector>

#include "crypto/batch/engine.h"
#include "crypto/primitives/point.h"

namespace tuixuan::batch {

// out.size() points of 32 bytes each. The index of the first that is none, or out.size(); then all of `out` are
// decoded.
std::size_t decode_points(ByteView bytes, std::span<primitives::Point> out, unsigned threads);
// The same without refusing: the identity where bytes are no point, and ok[i] says which are.
void decode_points_if(ByteView bytes, std::span<primitives::Point> out, std::span<std::uint8_t> ok, unsigned threads);
// The coordinates of each, found where a point does not hold them; (0, 1) for the identity.
std::vector<Coordinates> coordinates_of(std::span<const primitives::Point* const> points, unsigned threads);
// For each 32 bytes whether they are a point: 1 or 0.
std::vector<std::uint8_t> are_points(ByteView bytes, unsigned threads);

// from_hash() of each, as coordinates only.
std::vector<Coordinates> elements_from_hashes(std::span<const Hash64> hashes, unsigned threads);

}  // namespace tuixuan::batch
