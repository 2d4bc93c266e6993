#include "server/ledger/contents.h"

#include "crypto/base/parallel.h"
#include "crypto/codes/server.h"

namespace tuixuan::ledger {
namespace {

constexpr std::size_t kChunk = 1024;  // checkpoints verified together, on all cores

Result<void> read_entries(const Database& db, Contents& out) {
  TUIXUAN_TRY(rows, db.prepare("SELECT idx, leaf, bytes FROM entry ORDER BY idx"));
  while (true) {
    TUIXUAN_TRY(row, rows.step());
    if (!row) return {};
    const std::uint64_t index = out.tree.size();
    if (rows.number(0) != index) return fail(code::ledger::leaf, "entry " + std::to_string(index) + " is missing");
    const Sha256 leaf = log::leaf_hash(rows.blob(2));
    if (!equal(leaf.view(), rows.blob(1)))
      return fail(code::ledger::leaf,
                  "entry " + std::to_string(index) + " does not fit its hash: the ledger is damaged");
    out.tree.append(leaf);
    out.frontier.append(leaf);
    out.index.try_emplace(leaf, index);
  }
}

struct Stored {
  std::uint64_t size;
  std::string note;
};

Result<void> check_checkpoint(const log::Tree& tree, const Stored& stored, const log::NoteKey& key) {
  const std::string where = "the stored checkpoint of size " + std::to_string(stored.size);
  const auto opened = log::open_checkpoint(stored.note, key);
  if (!opened) return fail(code::ledger::checkpoint, where + ": " + opened.error().text());
  if (opened->checkpoint.size != stored.size || stored.size > tree.size())
    return fail(code::ledger::checkpoint, where + " is of another size, or of more than the ledger has");
  if (opened->checkpoint.root != tree.root_at(stored.size))
    return fail(code::ledger::checkpoint, where + " has another root than the entries");
  return {};
}

Result<void> check_chunk(const log::Tree& tree, const std::vector<Stored>& chunk, const log::NoteKey& key) {
  std::vector<Result<void>> results(chunk.size());
  parallel_for(chunk.size(), hardware_threads(),
               [&](std::size_t i) { results[i] = check_checkpoint(tree, chunk[i], key); });
  for (Result<void>& result : results) TUIXUAN_CHECK(std::move(result));
  return {};
}

Result<void> read_checkpoints(const Database& db, const log::NoteKey& key, Contents& out) {
  TUIXUAN_TRY(rows, db.prepare("SELECT size, note FROM checkpoint ORDER BY size"));
  std::uint64_t newest = 0;
  for (bool more = true; more;) {
    std::vector<Stored> chunk;
    while (chunk.size() < kChunk) {
      TUIXUAN_TRY(row, rows.step());
      more = row;
      if (!more) break;
      chunk.push_back({rows.number(0), std::string(rows.text(1))});
    }
    TUIXUAN_CHECK(check_chunk(out.tree, chunk, key));
    if (chunk.empty()) break;
    newest = chunk.back().size;
    out.latest = std::move(chunk.back().note);
  }
  if (newest != out.tree.size())
    return fail(code::ledger::checkpoint, "the newest checkpoint is of size " + std::to_string(newest) +
                                              ", the ledger has " + std::to_string(out.tree.size()) + " entries");
  return {};
}

}  // namespace

Result<Contents> check_contents(const Database& db, const log::NoteKey& key) {
  TUIXUAN_TRY(check, db.value("PRAGMA quick_check(1)"));
  if (check != "ok") return fail(code::ledger::damaged, "the ledger's file is damaged: " + check);
  Contents out;
  TUIXUAN_CHECK(read_entries(db, out));
  const Sha256 root = log::root_by_definition(out.tree.subtrees(0));
  if (root != out.tree.root() || root != out.frontier.root())
    return fail(code::ledger::root, "two ways to the same root differ: this machine computes wrongly");
  TUIXUAN_CHECK(read_checkpoints(db, key, out));
  return out;
}

}  // namespace tuixuan::ledger
