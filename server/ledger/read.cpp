// Questions to a ledger: ledger.h.
#include "crypto/codes/entries.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "server/ledger/state.h"

namespace tuixuan::ledger {

const log::NoteKey& Ledger::key() const { return state_->key; }

std::uint64_t Ledger::size() const {
  const SharedLock memory(state_->memory);
  return state_->size;
}

Sha256 Ledger::root_at(std::uint64_t size) const {
  const SharedLock memory(state_->memory);
  if (size > state_->size) bug("a root beyond the ledger");
  return state_->contents.tree.root_at(size);
}

std::optional<std::string> Ledger::latest_checkpoint() const {
  const SharedLock memory(state_->memory);
  return state_->contents.latest;
}

std::optional<std::uint64_t> Ledger::find(const Sha256& leaf) const {
  const SharedLock memory(state_->memory);
  const auto found = state_->contents.index.find(leaf);
  if (found == state_->contents.index.end()) return std::nullopt;
  return found->second;
}

Result<Bytes> Ledger::entry(std::uint64_t index) const {
  if (index >= size()) return fail(code::ledger::absent, "the log has no entry " + std::to_string(index));
  TUIXUAN_TRY(one, entries(index, index + 1));
  return std::move(one[0]);
}

Result<std::vector<Bytes>> Ledger::entries(std::uint64_t from, std::uint64_t to) const {
  const std::uint64_t have = size();
  if (from > to || to > have || to - from > kMaxRange)
    return fail(code::ledger::range, "no entries " + std::to_string(from) + " to " + std::to_string(to) +
                                         " in one answer; the log has " + std::to_string(have) +
                                         ", an answer at most " + std::to_string(kMaxRange));
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(rows, db->prepare("SELECT bytes FROM entry WHERE idx >= ?1 AND idx < ?2 ORDER BY idx"));
  rows.bind(1, from).bind(2, to);
  std::vector<Bytes> out;
  out.reserve(to - from);
  while (true) {
    TUIXUAN_TRY(row, rows.step());
    if (!row) break;
    out.push_back(to_bytes(rows.blob(0)));
  }
  const SharedLock memory(state_->memory);
  for (std::uint64_t i = from; i < to; ++i)
    if (i - from >= out.size() || log::leaf_hash(out[i - from]) != state_->contents.tree.leaf(i))
      return fail(code::ledger::leaf, "entry " + std::to_string(i) + " does not fit its hash: the ledger is damaged");
  return out;
}

Result<Bytes> Ledger::object(const Sha256& hash) const {
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(row, db->prepare("SELECT bytes FROM object WHERE sha256 = ?1"));
  TUIXUAN_TRY(there, row.bind(1, hash.view()).step());
  if (!there) return fail(code::ledger::absent, "there is no object " + hash.hex());
  if (primitives::sha256(row.blob(0)) != hash)
    return fail(code::ledger::object, "object " + hash.hex() + " does not fit its hash: the ledger is damaged");
  return to_bytes(row.blob(0));
}

Result<std::uint64_t> Ledger::object_size(const Sha256& hash) const {
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(row, db->prepare("SELECT length(bytes) FROM object WHERE sha256 = ?1"));
  TUIXUAN_TRY(there, row.bind(1, hash.view()).step());
  if (!there) return fail(code::ledger::absent, "there is no object " + hash.hex());
  return row.number(0);
}

Result<std::vector<Sha256>> Ledger::objects() const {
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(rows, db->prepare("SELECT sha256 FROM object ORDER BY sha256"));
  std::vector<Sha256> out;
  for (;;) {
    TUIXUAN_TRY(more, rows.step());
    if (!more) return out;
    std::memcpy(out.emplace_back().bytes.data(), rows.blob(0).data(), Sha256::kSize);
  }
}

Result<bool> Ledger::has_object(const Sha256& hash) const {
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(row, db->prepare("SELECT 1 FROM object WHERE sha256 = ?1"));
  return row.bind(1, hash.view()).step();
}

Result<std::string> Ledger::checkpoint_covering(std::uint64_t index) const {
  if (index >= size()) return fail(code::ledger::absent, "the log has no entry " + std::to_string(index));
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(row, db->prepare("SELECT note FROM checkpoint WHERE size > ?1 ORDER BY size LIMIT 1"));
  TUIXUAN_TRY(there, row.bind(1, index).step());
  if (!there) return fail(code::ledger::checkpoint, "no checkpoint covers entry " + std::to_string(index));
  return std::string(row.text(0));
}

Result<std::optional<std::string>> Ledger::checkpoint_of(std::uint64_t size) const {
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(row, db->prepare("SELECT note FROM checkpoint WHERE size = ?1"));
  TUIXUAN_TRY(there, row.bind(1, size).step());
  if (!there) return std::optional<std::string>();
  return std::optional<std::string>(row.text(0));
}

Result<std::vector<StoredCosignature>> Ledger::newest_cosignatures(std::size_t sizes) const {
  TUIXUAN_TRY(db, state_->reader());
  TUIXUAN_TRY(rows, db->prepare("SELECT size, witness, line FROM cosignature ORDER BY size DESC, witness"));
  std::vector<StoredCosignature> out;
  std::size_t seen = 0;
  while (true) {
    TUIXUAN_TRY(row, rows.step());
    if (!row) return out;
    if (out.empty() || out.back().size != rows.number(0)) ++seen;
    if (seen > sizes) return out;
    out.push_back({rows.number(0), std::string(rows.text(1)), std::string(rows.text(2))});
  }
}

Result<log::Receipt> Ledger::receipt(std::uint64_t index) const {
  TUIXUAN_TRY(note, checkpoint_covering(index));
  TUIXUAN_TRY(opened, log::open_checkpoint(note, state_->key));
  const SharedLock memory(state_->memory);
  TUIXUAN_TRY(proof, state_->contents.tree.inclusion_proof(index, opened.checkpoint.size));
  return log::Receipt{std::nullopt, index, std::move(proof), std::move(note)};
}

Result<log::Hashes> Ledger::consistency_proof(std::uint64_t old_size, std::uint64_t size) const {
  const SharedLock memory(state_->memory);
  if (size > state_->size)
    return fail(code::log::consistency, "the log has only " + std::to_string(state_->size) + " entries");
  return state_->contents.tree.consistency_proof(old_size, size);
}

Result<Bytes> Ledger::tile(const log::TileId& tile) const {
  const SharedLock memory(state_->memory);
  // The tree may hold a batch that is not committed yet.
  const std::uint64_t full = log::full_tiles(tile.level, state_->size);
  if (tile.index > full || (tile.index == full && tile.width > log::partial_width(tile.level, state_->size)))
    return fail(code::log::tile, "the log of size " + std::to_string(state_->size) + " has no " + log::path_of(tile));
  return log::tile_bytes(state_->contents.tree, tile);
}

Result<Bytes> Ledger::bundle(const log::BundleId& bundle) const {
  if (bundle.index > log::kMaxTileIndex || bundle.width == 0 || bundle.width > log::kTileWidth)
    return fail(code::log::tile, "no bundle " + log::path_of(bundle));
  const log::EntryRange range = log::entries_of(bundle);
  if (range.end > size()) return fail(code::log::tile, "the log has no " + log::path_of(bundle) + " yet");
  TUIXUAN_TRY(found, entries(range.first, range.end));
  return log::encode_bundle(found);
}

}  // namespace tuixuan::ledger
