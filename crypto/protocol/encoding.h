// Messages as points (crypto/README.md, "Messages and points"). A point carries a block of 30 bytes: the encoding is
// [2 (k mod 128)] block [k div 128] for the smallest k = 0, 1, 2, ... that is a point. Reading one back encodes again
// and compares, so a point has one meaning or none. A content of at most 30 w - 2 bytes takes exactly w points: u16
// length, content, zeros.
#pragma once

#include <vector>

#include "crypto/primitives/point.h"

namespace tuixuan::protocol {

inline constexpr std::size_t kBlockSize = 30;
inline constexpr std::size_t kMaxWidth = 64;

// Takes the same time for every block, but for one in a million that needs more than 48 tries.
primitives::SecretPoint encode_block(std::span<const std::uint8_t, kBlockSize> block);
// Error "undecodable".
[[nodiscard]] Result<ByteArray<kBlockSize>> decode_block(const primitives::Point& point);

std::size_t points_for(std::size_t content_size);  // w of the longest content
// The content must fit (content.size() <= 30 width - 2).
std::vector<primitives::SecretPoint> encode_content(ByteView content, std::size_t width);
// Error "undecodable": a point that is no block, a length over 30 w - 2, padding that is not zero.
[[nodiscard]] Result<Bytes> decode_content(std::span<const primitives::Point> points);
// decode_content() of every `width` points, with the search for smaller candidates of all of them side by side.
std::vector<Result<Bytes>> decode_contents(std::span<const primitives::Point> points, std::size_t width,
                                           unsigned threads);

}  // namespace tuixuan::protocol
