#include "server/ledger/copy.h"

#include "crypto/codes/server.h"
#include "server/ledger/ledger.h"
#include "server/ledger/schema.h"
#include "server/ledger/state.h"

namespace tuixuan::ledger {

namespace fs = std::filesystem;

// The source as it stands now, whatever is written to it meanwhile.
struct Source {
  Database db;
  Contents contents;
};
static Result<Source> open_source(const fs::path& path, const log::NoteKey& key) {
  if (std::error_code error; !fs::is_regular_file(path, error))
    return fail(code::ledger::absent, "there is no ledger at " + path.string());
  TUIXUAN_TRY(db, Database::open(path, Database::Access::kReadOnly));
  TUIXUAN_CHECK(db.run("BEGIN"));
  TUIXUAN_CHECK(check_schema(db, key));
  TUIXUAN_TRY(contents, check_contents(db, key));
  return Source{std::move(db), std::move(contents)};
}

// Entries and checkpoints in turn, since a checkpoint may only be of the log as it stands.
static Result<void> copy_entries(const Database& from, const Database& to, std::uint64_t first) {
  TUIXUAN_TRY(notes, from.prepare("SELECT size, note FROM checkpoint WHERE size > ?1 ORDER BY size"));
  TUIXUAN_TRY(rows, from.prepare("SELECT idx, leaf, bytes FROM entry WHERE idx >= ?1 ORDER BY idx"));
  TUIXUAN_TRY(put_note, to.prepare("INSERT INTO checkpoint(size, note) VALUES (?1, ?2)"));
  TUIXUAN_TRY(put_row, to.prepare("INSERT INTO entry(idx, leaf, bytes) VALUES (?1, ?2, ?3)"));
  notes.bind(1, first);
  rows.bind(1, first);
  for (std::uint64_t at = first;;) {
    TUIXUAN_TRY(more, notes.step());
    if (!more) return {};
    for (; at < notes.number(0); ++at) {
      TUIXUAN_TRY(row, rows.step());
      if (!row) return fail(code::ledger::leaf, "entry " + std::to_string(at) + " is missing");
      TUIXUAN_CHECK(put_row.bind(1, rows.number(0)).bind(2, rows.blob(1)).bind(3, rows.blob(2)).finish());
    }
    TUIXUAN_CHECK(put_note.bind(1, notes.number(0)).bind_text(2, notes.text(1)).finish());
  }
}

static Result<std::uint64_t> copy_objects(const Database& from, const Database& to) {
  TUIXUAN_TRY(rows, from.prepare("SELECT sha256, bytes FROM object"));
  TUIXUAN_TRY(there, to.prepare("SELECT count(*) FROM object WHERE sha256 = ?1"));
  TUIXUAN_TRY(put, to.prepare("INSERT INTO object(sha256, bytes) VALUES (?1, ?2)"));
  for (std::uint64_t n = 0;;) {
    TUIXUAN_TRY(more, rows.step());
    if (!more) return n;
    TUIXUAN_CHECK(there.bind(1, rows.blob(0)).step().map([](bool) {}));
    const bool known = there.number(0) != 0;
    there.reset();
    if (known) continue;
    TUIXUAN_CHECK(put.bind(1, rows.blob(0)).bind(2, rows.blob(1)).finish());
    ++n;
  }
}

static Result<void> copy_cosignatures(const Database& from, const Database& to) {
  TUIXUAN_TRY(newest, to.value("SELECT coalesce(max(size), 0) FROM cosignature"));
  TUIXUAN_TRY(rows, from.prepare("SELECT size, witness, line FROM cosignature WHERE size >= ?1"));
  TUIXUAN_TRY(there, to.prepare("SELECT count(*) FROM cosignature WHERE size = ?1 AND witness = ?2"));
  TUIXUAN_TRY(put, to.prepare("INSERT INTO cosignature(size, witness, line) VALUES (?1, ?2, ?3)"));
  rows.bind(1, std::stoull(newest));
  for (;;) {
    TUIXUAN_TRY(more, rows.step());
    if (!more) return {};
    TUIXUAN_CHECK(there.bind(1, rows.number(0)).bind_text(2, rows.text(1)).step().map([](bool) {}));
    const bool known = there.number(0) != 0;
    there.reset();
    if (!known)
      TUIXUAN_CHECK(put.bind(1, rows.number(0)).bind_text(2, rows.text(1)).bind_text(3, rows.text(2)).finish());
  }
}

Result<Copied> copy_ledger(const fs::path& from, const fs::path& to, const log::NoteKey& key) {
  TUIXUAN_TRY(source, open_source(from, key));
  if (std::error_code error; !fs::exists(fs::symlink_status(to, error)))
    TUIXUAN_CHECK(Ledger::create(to, key).map([](const std::unique_ptr<Ledger>&) {}));
  Copied out;
  {
    TUIXUAN_TRY(copy, Ledger::open(to, key));
    out.before = copy->size();
    const std::uint64_t size = source.contents.tree.size();
    if (out.before > size)
      return fail(code::ledger::older, "the copy has " + std::to_string(out.before) + " entries and this ledger only " +
                                           std::to_string(size) + ": it was set back");
    if (copy->root_at(out.before) != source.contents.tree.root_at(out.before))
      return fail(code::ledger::other,
                  "the copy's " + std::to_string(out.before) + " entries are not the first ones of this ledger");
  }
  const auto lock = FileLock::take(fs::canonical(to).string() + ".lock");
  if (!lock) return tl::unexpected<Error>(lock.error());
  TUIXUAN_TRY(db, Database::open(to, Database::Access::kReadWrite));
  db.only_insert();
  TUIXUAN_CHECK(db.step("BEGIN IMMEDIATE"));
  TUIXUAN_CHECK(copy_entries(source.db, db, out.before));
  TUIXUAN_TRY(objects, copy_objects(source.db, db));
  TUIXUAN_CHECK(copy_cosignatures(source.db, db));
  TUIXUAN_CHECK(db.step("COMMIT"));
  out.objects = objects;
  out.size = source.contents.tree.size();
  return out;
}

}  // namespace tuixuan::ledger
