#include "crypto/log/tile.h"

#include "crypto/base/reader.h"
#include "crypto/codes/entries.h"
#include "crypto/log/lines.h"

namespace tuixuan::log {
namespace {

std::string group(std::uint64_t value) {
  std::string digits = std::to_string(value % 1000);
  return std::string(3 - digits.size(), '0') + digits;
}

std::string index_path(std::uint64_t index) {
  std::string out = group(index);
  while ((index /= 1000) != 0) out = "x" + group(index) + "/" + out;
  return out;
}

std::string with_width(std::string path, unsigned width) {
  return width == kTileWidth ? path : path + ".p/" + std::to_string(width);
}

Result<std::uint64_t> parse_index(std::string_view text) {
  std::uint64_t index = 0;
  for (bool first = true;; first = false) {
    const bool more = text.starts_with('x');
    if (more) text.remove_prefix(1);
    const std::string_view digits = text.substr(0, 3);
    if (digits.size() != 3 || digits.find_first_not_of("0123456789") != std::string_view::npos)
      return fail(code::log::tile, "a tile index is written in groups of three digits");
    if (first && more && digits == "000") return fail(code::log::tile, "a tile index has no leading group x000");
    for (const char c : digits) {
      index = index * 10 + static_cast<std::uint64_t>(c - '0');
      if (index > kMaxTileIndex) return fail(code::log::tile, "the tile index is too large");
    }
    text.remove_prefix(3);
    if (!more) break;
    if (!text.starts_with('/')) return fail(code::log::tile, "the tile index ends in a group with x");
    text.remove_prefix(1);
  }
  if (!text.empty()) return fail(code::log::tile, "something follows the tile index");
  return index;
}

}  // namespace

std::string path_of(const TileId& tile) {
  return with_width("tile/" + std::to_string(tile.level) + "/" + index_path(tile.index), tile.width);
}

std::string path_of(const BundleId& bundle) {
  return with_width("tile/entries/" + index_path(bundle.index), bundle.width);
}

Result<TilePath> parse_tile_path(std::string_view path) {
  if (path.size() > kMaxTilePath) return fail(code::log::tile, "the path is too long for a tile");
  constexpr std::string_view kStart = "tile/";
  if (!path.starts_with(kStart)) return fail(code::log::tile, "a tile's path begins with " + std::string(kStart));
  path.remove_prefix(kStart.size());
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return fail(code::log::tile, "a tile's path has a level and an index");
  const std::string_view level_text = path.substr(0, slash);
  path.remove_prefix(slash + 1);

  unsigned width = kTileWidth;
  if (const std::size_t partial = path.find(".p/"); partial != std::string_view::npos) {
    TUIXUAN_TRY(
        w, parse_decimal(path.substr(partial + 3), kTileWidth - 1, code::log::tile, "the width of a partial tile"));
    if (w == 0) return fail(code::log::tile, "a partial tile is not empty");
    width = static_cast<unsigned>(w);
    path = path.substr(0, partial);
  }
  TUIXUAN_TRY(index, parse_index(path));
  if (level_text == "entries") return BundleId{index, width};
  TUIXUAN_TRY(level, parse_decimal(level_text, kMaxTileLevel, code::log::tile, "the level of a tile"));
  return TileId{static_cast<unsigned>(level), index, width};
}

static std::uint64_t hashes_at(unsigned level, std::uint64_t size) { return level >= 8 ? 0 : size >> (8 * level); }

std::uint64_t full_tiles(unsigned level, std::uint64_t size) { return hashes_at(level, size) / kTileWidth; }

unsigned partial_width(unsigned level, std::uint64_t size) {
  return static_cast<unsigned>(hashes_at(level, size) % kTileWidth);
}

std::vector<TileId> tiles_of(std::uint64_t size) {
  std::vector<TileId> out;
  for (unsigned level = 0; hashes_at(level, size) != 0; ++level) {
    const std::uint64_t full = full_tiles(level, size);
    for (std::uint64_t i = 0; i < full; ++i) out.push_back({level, i, kTileWidth});
    if (const unsigned width = partial_width(level, size)) out.push_back({level, full, width});
  }
  return out;
}

std::vector<BundleId> bundles_of(std::uint64_t size) {
  std::vector<BundleId> out;
  const std::uint64_t full = full_tiles(0, size);
  for (std::uint64_t i = 0; i < full; ++i) out.push_back({i, kTileWidth});
  if (const unsigned width = partial_width(0, size)) out.push_back({full, width});
  return out;
}

EntryRange entries_of(const BundleId& bundle) {
  return {bundle.index * kTileWidth, bundle.index * kTileWidth + bundle.width};
}

Result<Bytes> tile_bytes(const Tree& tree, const TileId& tile) {
  const auto hashes = tile.level < 8 ? tree.subtrees(8 * tile.level) : std::span<const Sha256>();
  if (tile.width == 0 || tile.width > kTileWidth || tile.index > kMaxTileIndex ||
      tile.index * kTileWidth + tile.width > hashes.size())
    return fail(code::log::tile, "the log of size " + std::to_string(tree.size()) + " has no " + path_of(tile));
  Bytes out;
  out.reserve(tile.width * Sha256::kSize);
  for (const Sha256& hash : hashes.subspan(tile.index * kTileWidth, tile.width))
    out.insert(out.end(), hash.bytes.begin(), hash.bytes.end());
  return out;
}

Result<Hashes> decode_tile(ByteView bytes, unsigned width) {
  if (width == 0 || width > kTileWidth || bytes.size() != width * Sha256::kSize)
    return fail(code::log::tile, std::to_string(bytes.size()) + " bytes are not " + std::to_string(width) + " hashes");
  Hashes out(width);
  for (std::size_t i = 0; i < width; ++i)
    std::memcpy(out[i].bytes.data(), bytes.data() + i * Sha256::kSize, Sha256::kSize);
  return out;
}

Bytes encode_bundle(std::span<const Bytes> entries) {
  Bytes out;
  for (const Bytes& entry : entries) {
    if (entry.size() > kMaxEntrySize) bug("an entry over 65535 bytes in a bundle");
    out.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
    out.push_back(static_cast<std::uint8_t>(entry.size()));
    out.insert(out.end(), entry.begin(), entry.end());
  }
  return out;
}

Result<std::vector<Bytes>> decode_bundle(ByteView bytes, unsigned width) {
  if (width == 0 || width > kTileWidth) return fail(code::log::bundle, "a bundle holds 1 to 256 entries");
  std::vector<Bytes> out;
  out.reserve(width);
  Reader reader(bytes, "entry bundle", code::log::bundle);
  for (unsigned i = 0; i < width; ++i) {
    const std::size_t high = reader.u8();
    out.push_back(to_bytes(reader.fixed(high << 8U | reader.u8())));
  }
  TUIXUAN_CHECK(reader.finish());
  return out;
}

}  // namespace tuixuan::log
