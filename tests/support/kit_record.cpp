#include "tests/support/kit_record.h"

#include <fstream>

#include "crypto/codes/entries.h"
#include "crypto/log/tile.h"

namespace tuixuan::kit {

static log::Tree tree_of(const Congress& kit, std::size_t size) {
  log::Tree tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(log::leaf_hash(kit.log[i]));
  return tree;
}

static std::string signed_checkpoint(const Congress& kit, const log::Tree& tree, const primitives::SigningKey& key) {
  return log::sign_checkpoint({kit.scheme.log.origin, tree.size(), tree.root()}, key);
}

std::string checkpoint_of(const Congress& kit, std::size_t size) {
  return signed_checkpoint(kit, tree_of(kit, size), kit.log_key);
}

Files record_files(const Congress& kit, std::size_t size, const primitives::SigningKey* key) {
  const log::Tree tree = tree_of(kit, std::min(size, kit.log.size()));
  Files out;
  out["checkpoint"] = to_bytes(signed_checkpoint(kit, tree, key == nullptr ? kit.log_key : *key));
  for (const log::TileId& id : log::tiles_of(tree.size())) out[log::path_of(id)] = log::tile_bytes(tree, id).value();
  for (const log::BundleId& id : log::bundles_of(tree.size())) {
    const log::EntryRange range = log::entries_of(id);
    out[log::path_of(id)] = log::encode_bundle(std::span(kit.log).subspan(range.first, range.end - range.first));
  }
  for (const auto& [hash, bytes] : kit.objects.items()) out["object/" + hash.hex()] = bytes;
  return out;
}

void write_files(const Files& files, const std::filesystem::path& folder) {
  for (const auto& [path, bytes] : files) {
    std::filesystem::create_directories((folder / path).parent_path());
    std::ofstream out(folder / path, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  }
}

Result<Bytes> FilesSource::read(const std::string& path, std::size_t max_bytes) {
  const auto it = files_.find(path);
  if (it == files_.end() || it->second.size() > max_bytes)
    return fail(code::record::file, path + " is not in the record");
  return it->second;
}

}  // namespace tuixuan::kit
