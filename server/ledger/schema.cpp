#include "server/ledger/schema.h"

#include "crypto/codes/server.h"

namespace tuixuan::ledger {
namespace {

constexpr const char* kApplicationId = "1415072839";  // "TXLG"

constexpr const char* kTables = R"(
CREATE TABLE entry(
  idx INTEGER PRIMARY KEY CHECK (idx >= 0),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32),
  bytes BLOB NOT NULL CHECK (length(bytes) <= 65535)) STRICT;
CREATE TABLE checkpoint(
  size INTEGER PRIMARY KEY CHECK (size > 0),
  note TEXT NOT NULL) STRICT;
CREATE TABLE object(
  sha256 BLOB PRIMARY KEY NOT NULL CHECK (length(sha256) = 32),
  bytes BLOB NOT NULL) STRICT;
CREATE TABLE cosignature(
  size INTEGER NOT NULL,
  witness TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY(size, witness)) STRICT, WITHOUT ROWID;
CREATE TABLE meta(
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL) STRICT;
CREATE TRIGGER entry_insert BEFORE INSERT ON entry
  WHEN new.idx IS NOT (SELECT coalesce(max(idx) + 1, 0) FROM entry)
  BEGIN SELECT RAISE(ABORT, 'an entry is only appended'); END;
CREATE TRIGGER entry_update BEFORE UPDATE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entry_delete BEFORE DELETE ON entry
  BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;
CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint
  WHEN new.size <= (SELECT coalesce(max(size), 0) FROM checkpoint)
    OR new.size IS NOT (SELECT max(idx) + 1 FROM entry)
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is of the log as it stands, and later than all before'); END;
CREATE TRIGGER checkpoint_update BEFORE UPDATE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is never changed'); END;
CREATE TRIGGER checkpoint_delete BEFORE DELETE ON checkpoint
  BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted'); END;
CREATE TRIGGER cosignature_insert BEFORE INSERT ON cosignature
  WHEN new.size NOT IN (SELECT size FROM checkpoint)
    OR EXISTS (SELECT 1 FROM cosignature WHERE size = new.size AND witness = new.witness)
  BEGIN SELECT RAISE(ABORT, 'a cosignature is of a stored checkpoint, one of each witness'); END;
CREATE TRIGGER cosignature_update BEFORE UPDATE ON cosignature
  BEGIN SELECT RAISE(ABORT, 'a cosignature is never changed'); END;
CREATE TRIGGER cosignature_delete BEFORE DELETE ON cosignature
  BEGIN SELECT RAISE(ABORT, 'a cosignature is never deleted'); END;
CREATE TRIGGER object_insert BEFORE INSERT ON object
  WHEN EXISTS (SELECT 1 FROM object WHERE sha256 = new.sha256 OR rowid = new.rowid)
  BEGIN SELECT RAISE(ABORT, 'an object is stored once'); END;
CREATE TRIGGER object_update BEFORE UPDATE ON object
  BEGIN SELECT RAISE(ABORT, 'an object is never changed'); END;
CREATE TRIGGER object_delete BEFORE DELETE ON object
  BEGIN SELECT RAISE(ABORT, 'an object is never deleted'); END;
CREATE TRIGGER meta_insert BEFORE INSERT ON meta
  WHEN (SELECT count(*) FROM meta) >= 1
  BEGIN SELECT RAISE(ABORT, 'the key of a log is written once'); END;
CREATE TRIGGER meta_update BEFORE UPDATE ON meta
  BEGIN SELECT RAISE(ABORT, 'the key of a log is never changed'); END;
CREATE TRIGGER meta_delete BEFORE DELETE ON meta
  BEGIN SELECT RAISE(ABORT, 'the key of a log is never deleted'); END;
)";

Result<std::string> schema_of(const Database& db) {
  TUIXUAN_TRY(rows,
              db.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name"));
  std::string out;
  while (true) {
    TUIXUAN_TRY(row, rows.step());
    if (!row) return out;
    for (int i = 0; i < 4; ++i) out += std::string(rows.text(i)) + "\n";
  }
}

}  // namespace

Result<void> write_schema(const Database& db, const log::NoteKey& key) {
  TUIXUAN_CHECK(db.run("BEGIN IMMEDIATE"));
  TUIXUAN_CHECK(db.run(kTables));
  TUIXUAN_CHECK(db.run(std::string("PRAGMA application_id=") + kApplicationId));
  TUIXUAN_CHECK(db.run("PRAGMA user_version=" + std::to_string(kFormatVersion)));
  TUIXUAN_TRY(insert, db.prepare("INSERT INTO meta(name, value) VALUES ('vkey', ?1)"));
  TUIXUAN_CHECK(insert.bind_text(1, log::format_vkey(key)).finish());
  return db.run("COMMIT");
}

Result<void> check_schema(const Database& db, const log::NoteKey& key) {
  TUIXUAN_TRY(application, db.value("PRAGMA application_id"));
  if (application != kApplicationId) return fail(code::ledger::version, "the file is not a ledger");
  TUIXUAN_TRY(version, db.value("PRAGMA user_version"));
  if (version != std::to_string(kFormatVersion))
    return fail(code::ledger::version,
                "the ledger is of format " + version + ", this program reads " + std::to_string(kFormatVersion));
  TUIXUAN_TRY(fresh, Database::in_memory());
  TUIXUAN_CHECK(fresh.run(kTables));
  TUIXUAN_TRY(want, schema_of(fresh));
  TUIXUAN_TRY(have, schema_of(db));
  if (want != have) return fail(code::ledger::schema, "the ledger's tables or triggers are not as they were made");
  TUIXUAN_TRY(vkey, db.value("SELECT value FROM meta WHERE name = 'vkey'"));
  if (vkey != log::format_vkey(key))
    return fail(code::ledger::origin, "the ledger is of " + vkey + ", not of " + log::format_vkey(key));
  return {};
}

}  // namespace tuixuan::ledger
