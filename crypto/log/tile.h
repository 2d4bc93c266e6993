// The log as files (c2sp.org/tlog-tiles): hash tiles of 256 hashes and entry bundles of 256 entries, the last ones
// partial.
//   tile/<level>/<index>[.p/<width>]     hash i of tile (l, n) = root of the 256^l leaves from (256 n + i) 256^l
//   tile/entries/<index>[.p/<width>]     for each entry: u16 big-endian length, then the bytes
// An index is written in groups of three digits, all but the last with an x: 1234067 is x001/x234/067. One tile has one
// path: leading zero groups, .p/0, .p/256 and the like are refused. Errors: "log.tile" (paths, hashes), "log.bundle".
#pragma once

#include <variant>

#include "crypto/log/merkle.h"

namespace tuixuan::log {

inline constexpr unsigned kTileWidth = 256;
inline constexpr unsigned kMaxTileLevel = 63;
inline constexpr std::uint64_t kMaxTileIndex = (std::uint64_t{1} << 55U) - 1;  // of the largest log
inline constexpr std::size_t kMaxTilePath = 64;

struct TileId {
  unsigned level = 0;
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // 1 to 256; less than 256 is a partial tile
  friend auto operator<=>(const TileId&, const TileId&) = default;
};
struct BundleId {
  std::uint64_t index = 0;
  unsigned width = kTileWidth;
  friend auto operator<=>(const BundleId&, const BundleId&) = default;
};
using TilePath = std::variant<TileId, BundleId>;

std::string path_of(const TileId& tile);
std::string path_of(const BundleId& bundle);
[[nodiscard]] Result<TilePath> parse_tile_path(std::string_view path);  // "tile/...", no leading slash

std::uint64_t full_tiles(unsigned level, std::uint64_t size);  // number of full tiles at this level
unsigned partial_width(unsigned level, std::uint64_t size);    // of the tile after them; 0: there is none
std::vector<TileId> tiles_of(std::uint64_t size);              // every tile of a log of this size
std::vector<BundleId> bundles_of(std::uint64_t size);
// The entries a bundle holds: from first to before end.
struct EntryRange {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
};
EntryRange entries_of(const BundleId& bundle);

[[nodiscard]] Result<Bytes> tile_bytes(const Tree& tree,
                                       const TileId& tile);                // refuses what the tree does not have yet
[[nodiscard]] Result<Hashes> decode_tile(ByteView bytes, unsigned width);  // exactly width hashes

Bytes encode_bundle(std::span<const Bytes> entries);  // entries of at most kMaxEntrySize bytes
[[nodiscard]] Result<std::vector<Bytes>> decode_bundle(ByteView bytes, unsigned width);  // exactly width entries

}  // namespace tuixuan::log
