// Tiles, bundles of entries and their paths: one path for one tile, one byte string for one bundle.
// Input: u16 width, then the bytes.
#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/log/tile.h"
#include "tests/fuzz/check.h"

using namespace tuixuan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Reader r({data, size}, "input");
  const unsigned width = r.u16() % (log::kTileWidth + 2);
  const ByteView bytes = r.fixed(r.left());

  if (const auto path = log::parse_tile_path(as_text({data, size}))) {
    const std::string again = std::visit([](const auto& id) { return log::path_of(id); }, *path);
    fuzz::require(again == as_text({data, size}), "a tile has one path");
    if (const auto* bundle = std::get_if<log::BundleId>(&*path)) {
      const auto range = log::entries_of(*bundle);
      fuzz::require(range.end - range.first == bundle->width, "a bundle holds as many entries as it is wide");
    }
  }
  if (width == 0 || width > log::kTileWidth) return 0;
  if (const auto hashes = log::decode_tile(bytes, width)) {
    fuzz::require(hashes->size() == width, "a tile has its width");
    Writer w;
    for (const Sha256& hash : *hashes) w.fixed(hash.view());
    fuzz::require(equal(w.bytes(), bytes), "tile");
  }
  if (const auto entries = log::decode_bundle(bytes, width)) {
    fuzz::require(entries->size() == width, "a bundle has its width");
    fuzz::require(equal(log::encode_bundle(*entries), bytes), "bundle");
  }
  return 0;
}
