// Appending entries and storing objects: ledger.h.
#include "crypto/codes/server.h"
#include "crypto/primitives/hash.h"
#include "server/ledger/state.h"

namespace tuixuan::ledger {
namespace {

// One write transaction. Left without commit(), it is rolled back; if even that fails the outcome is unknown.
class Transaction {
 public:
  explicit Transaction(const Database& db, std::atomic<bool>& broken) : db_(db), broken_(broken) {}
  ~Transaction() {
    if (db_.in_transaction() && !db_.run("ROLLBACK")) broken_ = true;
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  // Nobody else writes: a lock in the way is one that SQLite could not let go.
  [[nodiscard]] Result<void> begin() { return db_.step("BEGIN IMMEDIATE"); }
  // A commit that failed may yet be found on the disk, or not: its frames may stand in the write-ahead file, and
  // whoever opens the ledger after a crash takes them for whole. Nothing more is written before recover().
  [[nodiscard]] Result<void> commit() {
    auto done = db_.step("COMMIT");
    if (done) return done;
    broken_ = true;
    return fail(code::ledger::uncertain,
                "the commit failed, and what became of it is not known: " + done.error().text());
  }

 private:
  const Database& db_;
  std::atomic<bool>& broken_;
};

// Fails if the file is not at the size that memory is at: somebody else wrote, or an old copy was put in its place.
Result<void> compare_size(const Database& db, std::uint64_t size) {
  TUIXUAN_TRY(row, db.prepare("SELECT (SELECT coalesce(max(idx) + 1, 0) FROM entry), "
                              "(SELECT coalesce(max(size), 0) FROM checkpoint)"));
  TUIXUAN_CHECK(row.step().map([](bool) {}));
  if (row.number(0) == size && row.number(1) == size) return {};
  return fail(code::ledger::conflict, "the file has " + std::to_string(row.number(0)) + " entries instead of " +
                                          std::to_string(size) + ": something else writes to it");
}

Result<void> insert_entries(const Database& db, std::uint64_t first, std::span<const Bytes> entries,
                            std::span<const Sha256> leaves) {
  TUIXUAN_TRY(insert, db.prepare("INSERT INTO entry(idx, leaf, bytes) VALUES (?1, ?2, ?3)"));
  for (std::size_t i = 0; i < entries.size(); ++i)
    TUIXUAN_CHECK(insert.bind(1, first + i).bind(2, leaves[i].view()).bind(3, entries[i]).finish());
  return {};
}

// The leaf hashes once more, from the bytes as they stand in the transaction: what is signed cannot be unsigned.
Result<log::Frontier> reread(const Database& db, log::Frontier frontier, std::span<const Sha256> leaves) {
  const std::uint64_t first = frontier.size();
  TUIXUAN_TRY(rows, db.prepare("SELECT idx, leaf, bytes FROM entry WHERE idx >= ?1 ORDER BY idx"));
  rows.bind(1, first);
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    TUIXUAN_TRY(row, rows.step());
    const Sha256 leaf = row ? log::leaf_hash(rows.blob(2)) : Sha256{};
    if (!row || rows.number(0) != first + i || leaf != leaves[i] || !equal(rows.blob(1), leaf.view()))
      return fail(code::ledger::leaf, "entry " + std::to_string(first + i) + " was not stored as it was given");
    frontier.append(leaf);
  }
  return frontier;
}

Result<std::string> signed_note(const log::Checkpoint& checkpoint, const log::NoteKey& key,
                                const SignCheckpoint& sign) {
  TUIXUAN_TRY(note, sign(checkpoint));
  const auto opened = log::open_checkpoint(note, key);
  if (!opened) return fail(code::ledger::sign, "the checkpoint was not signed: " + opened.error().text());
  if (opened->checkpoint != checkpoint) return fail(code::ledger::sign, "another checkpoint was signed");
  return std::move(note);
}

}  // namespace

Result<Appended> Ledger::append(std::span<const Bytes> entries, const SignCheckpoint& sign) {
  State& s = *state_;
  if (entries.empty() || entries.size() > kMaxRange)
    return fail(code::ledger::entry, "a batch has 1 to " + std::to_string(kMaxRange) + " entries");
  log::Hashes leaves;
  leaves.reserve(entries.size());
  for (const Bytes& entry : entries) {
    if (entry.size() > log::kMaxEntrySize)
      return fail(code::ledger::entry, "an entry of " + std::to_string(entry.size()) + " bytes; at most " +
                                           std::to_string(log::kMaxEntrySize));
    leaves.push_back(log::leaf_hash(entry));
  }

  const Lock writing(s.writing);
  if (s.broken) return fail(code::ledger::broken, "an earlier write failed; close the ledger and open it again");
  std::uint64_t first = 0;
  log::Frontier before;
  {
    const SharedLock memory(s.memory);
    first = s.size;
    before = s.contents.frontier;
  }
  const auto undo = [&](Error error, bool damaged) {
    if (damaged) s.broken = true;
    const Lock memory(s.memory);
    s.contents.tree.truncate(first);
    return tl::unexpected<Error>(std::move(error));
  };

  Transaction transaction(s.writer, s.broken);
  if (auto begun = transaction.begin(); !begun) return s.not_begun(std::move(begun.error()));
  if (auto same = compare_size(s.writer, first); !same) return undo(std::move(same.error()), true);
  if (auto put = insert_entries(s.writer, first, entries, leaves); !put) return undo(std::move(put.error()), false);
  auto frontier = reread(s.writer, std::move(before), leaves);
  if (!frontier) return undo(std::move(frontier.error()), true);
  const log::Checkpoint checkpoint{s.key.name, first + leaves.size(), frontier->root()};
  Sha256 root;
  {
    const Lock memory(s.memory);
    for (const Sha256& leaf : leaves) s.contents.tree.append(leaf);
    root = s.contents.tree.root();
  }
  if (root != checkpoint.root)
    return undo({code::ledger::root, "two ways to the same root differ: this machine computes wrongly"}, true);
  auto note = signed_note(checkpoint, s.key, sign);
  if (!note) return undo(std::move(note.error()), false);
  auto insert = s.writer.prepare("INSERT INTO checkpoint(size, note) VALUES (?1, ?2)");
  if (!insert) return undo(std::move(insert.error()), false);
  if (auto put = insert->bind(1, checkpoint.size).bind_text(2, *note).finish(); !put)
    return undo(std::move(put.error()), false);
  if (auto committed = transaction.commit(); !committed) return undo(std::move(committed.error()), true);

  const Lock memory(s.memory);
  s.contents.frontier = std::move(*frontier);
  for (std::size_t i = 0; i < leaves.size(); ++i) s.contents.index.try_emplace(leaves[i], first + i);
  s.contents.latest = *note;
  s.size = checkpoint.size;
  return Appended{first, checkpoint.size, std::move(*note)};
}

Result<void> Ledger::put_object(const Sha256& hash, ByteView bytes) {
  State& s = *state_;
  if (bytes.size() > kMaxObjectSize)
    return fail(code::ledger::large,
                "an object of " + std::to_string(bytes.size()) + " bytes; at most " + std::to_string(kMaxObjectSize));
  if (primitives::sha256(bytes) != hash)
    return fail(code::ledger::object, "the object is not the one with hash " + hash.hex());
  TUIXUAN_TRY(there, has_object(hash));
  if (there) return {};

  const Lock writing(s.writing);
  if (s.broken) return fail(code::ledger::broken, "an earlier write failed; close the ledger and open it again");
  Transaction transaction(s.writer, s.broken);
  if (auto begun = transaction.begin(); !begun) return s.not_begun(std::move(begun.error()));
  TUIXUAN_TRY(row, s.writer.prepare("SELECT count(*) FROM object WHERE sha256 = ?1"));
  TUIXUAN_CHECK(row.bind(1, hash.view()).step().map([](bool) {}));
  if (row.number(0) != 0) return {};
  row.reset();
  TUIXUAN_TRY(insert, s.writer.prepare("INSERT INTO object(sha256, bytes) VALUES (?1, ?2)"));
  TUIXUAN_CHECK(insert.bind(1, hash.view()).bind(2, bytes).finish());
  return transaction.commit();
}

Result<void> Ledger::put_cosignatures(std::span<const StoredCosignature> cosignatures) {
  State& s = *state_;
  const Lock writing(s.writing);
  if (s.broken) return fail(code::ledger::broken, "an earlier write failed; close the ledger and open it again");
  Transaction transaction(s.writer, s.broken);
  if (auto begun = transaction.begin(); !begun) return s.not_begun(std::move(begun.error()));
  TUIXUAN_TRY(there, s.writer.prepare("SELECT count(*) FROM cosignature WHERE size = ?1 AND witness = ?2"));
  TUIXUAN_TRY(insert, s.writer.prepare("INSERT INTO cosignature(size, witness, line) VALUES (?1, ?2, ?3)"));
  for (const StoredCosignature& c : cosignatures) {
    TUIXUAN_CHECK(there.bind(1, c.size).bind_text(2, c.witness).step().map([](bool) {}));
    const bool known = there.number(0) != 0;
    there.reset();
    if (known) continue;
    TUIXUAN_CHECK(insert.bind(1, c.size).bind_text(2, c.witness).bind_text(3, c.line).finish());
  }
  return transaction.commit();
}

Result<void> Ledger::probe() {
  State& s = *state_;
  const Lock writing(s.writing);
  if (s.broken) return fail(code::ledger::broken, "an earlier write failed; close the ledger and open it again");
  Transaction transaction(s.writer, s.broken);
  if (auto begun = transaction.begin(); !begun) return s.not_begun(std::move(begun.error()));
  TUIXUAN_CHECK(s.writer.touch());
  return transaction.commit();
}

Result<void> Ledger::checkpoint() {
  State& s = *state_;
  const Lock writing(s.writing);
  if (s.broken) return fail(code::ledger::broken, "an earlier write failed; close the ledger and open it again");
  return s.writer.checkpoint();
}

bool Ledger::broken() const { return state_->broken; }

}  // namespace tuixuan::ledger
