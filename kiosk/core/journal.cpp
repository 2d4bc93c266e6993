#include "kiosk/core/journal.h"

#include <sys/stat.h>

#include <filesystem>

#include "crypto/codes/kiosk.h"
#include "hardware/devices/durable_file.h"
#include "kiosk/core/statement.h"

namespace tuixuan::kiosk {

using election::Kind;

static constexpr const char* kSchema = R"(
CREATE TABLE IF NOT EXISTS meta(format INTEGER NOT NULL, kiosk TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ballot(
  stage TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, credential BLOB NOT NULL, ballot BLOB NOT NULL,
  fate INTEGER NOT NULL DEFAULT 0, entry BLOB NOT NULL DEFAULT x'', receipt TEXT NOT NULL DEFAULT '', refused TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(stage, seq)) STRICT;
CREATE TRIGGER IF NOT EXISTS ballot_kept BEFORE DELETE ON ballot BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TABLE IF NOT EXISTS ended(stage TEXT PRIMARY KEY, last INTEGER NOT NULL, entry BLOB NOT NULL DEFAULT x'',
  receipt TEXT NOT NULL DEFAULT '') STRICT;
CREATE TRIGGER IF NOT EXISTS ended_kept BEFORE DELETE ON ended BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER IF NOT EXISTS ballot_after_end BEFORE INSERT ON ballot
  WHEN EXISTS(SELECT 1 FROM ended WHERE stage = NEW.stage) BEGIN SELECT RAISE(ABORT, 'the stage has ended here'); END;
CREATE TABLE IF NOT EXISTS of_log(one INTEGER PRIMARY KEY CHECK(one = 1), vkey TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS settled(one INTEGER PRIMARY KEY CHECK(one = 1), n INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO settled VALUES(1, 0);
)";
static constexpr std::uint64_t kFormat = 1;

void Journal::Closer::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

static tl::unexpected<Error> sqlite_failure(sqlite3* db, Code check) {
  const int code = sqlite3_errcode(db) & 0xff;
  const std::string cause = code == SQLITE_FULL       ? "the disk is full"
                            : code == SQLITE_READONLY ? "the disk is read-only"
                            : code == SQLITE_IOERR    ? "the disk reports an error"
                                                      : sqlite3_errmsg(db);
  return fail(code == SQLITE_FULL && check == code::journal::write ? code::journal::full : check,
              "the kiosk's journal: " + cause);
}

static bool run(sqlite3* db, const char* sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

static Result<void> check_meta(sqlite3* db, const KioskId& kiosk) {
  Statement read(db, "SELECT format, kiosk FROM meta");
  const int row = read.step();
  if (row == SQLITE_DONE) {
    if (Statement(db, "INSERT INTO meta VALUES(?, ?)").bind(kFormat).bind(std::string_view(kiosk.name)).step() !=
        SQLITE_DONE)
      return sqlite_failure(db, code::journal::open);
    return {};
  }
  if (row != SQLITE_ROW) return sqlite_failure(db, code::journal::open);
  if (read.number(0) != kFormat)
    return fail(code::journal::open,
                "the journal has format " + std::to_string(read.number(0)) + ", this program writes 1");
  if (read.text(1) != kiosk.name)
    return fail(code::journal::open, "the journal is of kiosk " + read.text(1) + ", not " + kiosk.name);
  return {};
}

Result<Journal> Journal::open(const std::string& path, const KioskId& kiosk) {
  const mode_t old = ::umask(0077);
  sqlite3* raw = nullptr;
  const int status = sqlite3_open_v2(
      path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_EXRESCODE,
      nullptr);
  Journal journal(raw);
  const bool ready = status == SQLITE_OK &&
                     sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) == SQLITE_OK &&
                     run(raw, "PRAGMA trusted_schema=OFF") && run(raw, "PRAGMA cell_size_check=ON") &&
                     run(raw, "PRAGMA locking_mode=EXCLUSIVE") && run(raw, "PRAGMA journal_mode=WAL") &&
                     run(raw, "PRAGMA synchronous=FULL") && run(raw, "BEGIN IMMEDIATE") && run(raw, kSchema);
  ::umask(old);
  if (!ready) {
    if ((sqlite3_errcode(raw) & 0xff) == SQLITE_BUSY)
      return fail(code::journal::locked, "another kiosk program is using " + path);
    return sqlite_failure(raw, code::journal::open);
  }
  TUIXUAN_CHECK(check_meta(raw, kiosk));
  if (!run(raw, "COMMIT")) return sqlite_failure(raw, code::journal::open);
  Statement sync(raw, "PRAGMA synchronous");
  if (sync.step() != SQLITE_ROW || sync.number(0) != 2)
    return fail(code::journal::open, "SQLite does not write synchronously here");
  return journal;
}

Result<void> Journal::set_aside(Journal journal, const std::string& path, const std::string& to) {
  {
    const Lock lock(*journal.turn_);
    journal.db_.reset();  // puts what stands in the write-ahead file into its place and removes that
  }
  std::error_code ec;
  namespace fs = std::filesystem;
  if (fs::exists(path + "-wal", ec)) return fail(code::journal::write, path + ": its write-ahead file is still there");
  if (fs::exists(to, ec)) return fail(code::journal::write, to + " is there already");
  fs::rename(path, to, ec);
  if (ec) return fail(code::journal::write, path + ": " + ec.message());
  return devices::sync_folder(fs::path(path).parent_path(), code::journal::write);
}

// --- writing ---------------------------------------------------------------------------------------------------------

// Whether a failed write may have left its whole frame in the write-ahead file. A frame's last write is what makes it
// whole: where writing failed it is not. Where syncing failed it may be.
static bool in_doubt(int extended) {
  if ((extended & 0xff) != SQLITE_IOERR) return false;
  return extended != SQLITE_IOERR_WRITE && extended != SQLITE_IOERR_READ && extended != SQLITE_IOERR_SHORT_READ;
}

// A frame of another transaction in the same place: what stood there is no part of the file any more.
static bool overwrite(sqlite3* db) { return run(db, "UPDATE settled SET n = n + 1"); }

tl::unexpected<Error> Journal::undo(std::string_view what) {
  sqlite3* db = db_.get();
  const int extended = sqlite3_extended_errcode(db);
  if (extended == SQLITE_CONSTRAINT_TRIGGER) return fail(code::kiosk::ended, "voting has ended at this kiosk");
  const auto why = (extended & 0xff) == SQLITE_OK || extended == SQLITE_DONE
                       ? fail(code::journal::write, std::string(what))
                       : sqlite_failure(db, code::journal::write);
  if (!in_doubt(extended) || overwrite(db)) return why;
  return fail(code::journal::unknown, why.value().what + "; it is not certain whether the last write was done");
}

Result<void> Journal::settle() {
  const Lock lock(*turn_);
  if (!overwrite(db_.get())) return sqlite_failure(db_.get(), code::journal::unknown);
  return {};
}

bool Journal::changed_one(Statement& s) {
  if (s.step() != SQLITE_DONE || sqlite3_changes(db_.get()) != 1) return false;
  ++*changes_;
  return true;
}

Result<void> Journal::prepare(const StageId& stage, std::uint64_t seq, const Hash64& hash,
                              const primitives::VerifyKey& credential, ByteView ballot) {
  const Lock lock(*turn_);
  Statement s(db_.get(), "INSERT INTO ballot(stage, seq, hash, credential, ballot) VALUES(?, ?, ?, ?, ?)");
  s.bind(std::string_view(stage.name)).bind(seq).bind(hash.view()).bind(credential.view()).bind(ballot);
  if (!changed_one(s)) return undo("the ballot was not written");
  return {};
}

Result<void> Journal::decide(const StageId& stage, std::uint64_t seq, Kind fate, ByteView entry) {
  const Lock lock(*turn_);
  Statement s(db_.get(), "UPDATE ballot SET fate = ?, entry = ? WHERE stage = ? AND seq = ? AND fate = 0");
  s.bind(static_cast<std::uint64_t>(fate)).bind(entry).bind(std::string_view(stage.name)).bind(seq);
  if (!changed_one(s)) return undo("the ballot is not there or its fate is decided");
  return {};
}

Result<void> Journal::delivered(const StageId& stage, std::uint64_t seq, std::string_view receipt) {
  const Lock lock(*turn_);
  Statement s(db_.get(), "UPDATE ballot SET receipt = ? WHERE stage = ? AND seq = ? AND fate <> 0");
  s.bind(receipt).bind(std::string_view(stage.name)).bind(seq);
  if (!changed_one(s)) return undo("the ballot is not there");
  return {};
}

Result<void> Journal::turn_into_abandon(const StageId& stage, std::uint64_t seq, ByteView entry, std::string_view why) {
  const Lock lock(*turn_);
  Statement s(
      db_.get(),
      "UPDATE ballot SET fate = ?, entry = ?, refused = ? WHERE stage = ? AND seq = ? AND fate <> 0 AND receipt = ''");
  s.bind(static_cast<std::uint64_t>(Kind::abandon)).bind(entry).bind(why).bind(std::string_view(stage.name)).bind(seq);
  if (!changed_one(s)) return undo("the ballot is not there or has a receipt");
  return {};
}

Result<void> Journal::end(const StageId& stage, std::uint64_t last, ByteView entry) {
  const Lock lock(*turn_);
  Statement s(db_.get(),
              "INSERT INTO ended(stage, last, entry) VALUES(?, ?, ?) ON CONFLICT(stage) DO UPDATE SET entry = "
              "CASE WHEN length(entry) = 0 THEN excluded.entry ELSE entry END");
  s.bind(std::string_view(stage.name)).bind(last).bind(entry);
  if (!changed_one(s)) return undo("the end was not written");
  return {};
}

Result<void> Journal::end_delivered(const StageId& stage, std::string_view receipt) {
  const Lock lock(*turn_);
  Statement s(db_.get(), "UPDATE ended SET receipt = ? WHERE stage = ?");
  s.bind(receipt).bind(std::string_view(stage.name));
  if (!changed_one(s)) return undo("the end is not there");
  return {};
}

Result<void> Journal::bind_log(std::string_view vkey) {
  TUIXUAN_TRY(bound, log());
  if (bound == vkey) return {};
  if (!bound.empty()) return fail(code::journal::log, "the journal is of the log " + bound);
  const Lock lock(*turn_);
  Statement s(db_.get(), "INSERT INTO of_log VALUES(1, ?)");
  if (!changed_one(s.bind(vkey))) return undo("the log's name was not written");
  return {};
}

// --- reading ---------------------------------------------------------------------------------------------------------

Result<std::string> Journal::log() const {
  const Lock lock(*turn_);
  Statement s(db_.get(), "SELECT vkey FROM of_log");
  const int got = s.step();
  if (got == SQLITE_DONE) return std::string();
  if (got != SQLITE_ROW) return sqlite_failure(db_.get(), code::journal::read);
  return s.text(0);
}

Result<std::optional<JournalEnd>> Journal::ended(const StageId& stage) const {
  const Lock lock(*turn_);
  Statement s(db_.get(), "SELECT last, entry, receipt FROM ended WHERE stage = ?");
  const int got = s.bind(std::string_view(stage.name)).step();
  if (got == SQLITE_DONE) return std::optional<JournalEnd>();
  if (got != SQLITE_ROW) return sqlite_failure(db_.get(), code::journal::read);
  return std::optional<JournalEnd>({s.number(0), to_bytes(s.blob(1)), s.text(2)});
}

Result<std::uint64_t> Journal::next_seq(const StageId& stage) const {
  const Lock lock(*turn_);
  Statement s(db_.get(), "SELECT coalesce(max(seq), 0) + 1 FROM ballot WHERE stage = ?");
  if (s.bind(std::string_view(stage.name)).step() != SQLITE_ROW) return sqlite_failure(db_.get(), code::journal::read);
  return s.number(0);
}

static Result<Hash64> hash_in(Statement& s, int column) {
  Hash64 out;
  if (s.blob(column).size() != out.bytes.size()) return fail(code::journal::read, "a damaged ballot hash");
  std::memcpy(out.bytes.data(), s.blob(column).data(), out.bytes.size());
  return out;
}

static Result<std::vector<JournalBallot>> read_ballots(sqlite3* db, Statement& s) {
  std::vector<JournalBallot> out;
  int row = s.step();
  for (; row == SQLITE_ROW; row = s.step()) {
    JournalBallot b;
    b.seq = s.number(0);
    TUIXUAN_TRY(hash, hash_in(s, 1));
    b.hash = hash;
    b.ballot = to_bytes(s.blob(2));
    if (s.number(3) != 0) b.fate = static_cast<Kind>(s.number(3));
    b.entry = to_bytes(s.blob(4));
    b.receipt = s.text(5);
    b.refused = s.text(6);
    out.push_back(std::move(b));
  }
  if (row != SQLITE_DONE) return sqlite_failure(db, code::journal::read);
  return out;
}

Result<std::vector<JournalBallot>> Journal::undecided(const StageId& stage) const {
  const Lock lock(*turn_);
  Statement s(
      db_.get(),
      "SELECT seq, hash, ballot, fate, entry, receipt, refused FROM ballot WHERE stage = ? AND fate = 0 ORDER BY seq");
  return read_ballots(db_.get(), s.bind(std::string_view(stage.name)));
}

Result<std::vector<JournalBallot>> Journal::undelivered(const StageId& stage) const {
  const Lock lock(*turn_);
  Statement s(db_.get(),
              "SELECT seq, hash, ballot, fate, entry, receipt, refused FROM ballot "
              "WHERE stage = ? AND fate <> 0 AND receipt = '' ORDER BY seq");
  return read_ballots(db_.get(), s.bind(std::string_view(stage.name)));
}

Result<std::optional<JournalBallot>> Journal::find(const StageId& stage, std::uint64_t seq) const {
  const Lock lock(*turn_);
  Statement s(db_.get(),
              "SELECT seq, hash, ballot, fate, entry, receipt, refused FROM ballot WHERE stage = ? AND seq = ?");
  TUIXUAN_TRY(found, read_ballots(db_.get(), s.bind(std::string_view(stage.name)).bind(seq)));
  if (found.empty()) return std::optional<JournalBallot>();
  return std::optional<JournalBallot>(std::move(found.front()));
}

Result<std::string> Journal::last_receipt() const {
  const Lock lock(*turn_);
  Statement s(db_.get(), "SELECT receipt FROM ballot WHERE receipt <> '' ORDER BY rowid DESC LIMIT 1");
  const int got = s.step();
  if (got == SQLITE_DONE) return std::string();
  if (got != SQLITE_ROW) return sqlite_failure(db_.get(), code::journal::read);
  return s.text(0);
}

Result<bool> Journal::has_cast(const StageId& stage, const primitives::VerifyKey& credential) const {
  const Lock lock(*turn_);
  Statement s(db_.get(), "SELECT count(*) FROM ballot WHERE stage = ? AND credential = ? AND fate = 10");
  if (s.bind(std::string_view(stage.name)).bind(credential.view()).step() != SQLITE_ROW)
    return sqlite_failure(db_.get(), code::journal::read);
  return s.number(0) > 0;
}

static constexpr const char* kCounts =
    "SELECT coalesce(sum(fate = 10), 0), coalesce(sum(fate = 11), 0), coalesce(sum(fate = 12), 0), "
    "coalesce(sum(receipt = ''), 0), coalesce(sum(refused <> ''), 0) FROM ballot WHERE stage = ?1 OR ?1 = ''";

Result<JournalCounts> Journal::counts(const StageId& stage) const {
  const Lock lock(*turn_);
  Statement s(db_.get(), kCounts);
  if (s.bind(std::string_view(stage.name)).step() != SQLITE_ROW) return sqlite_failure(db_.get(), code::journal::read);
  return JournalCounts{s.number(0), s.number(1), s.number(2), s.number(3), s.number(4)};
}

Result<JournalCounts> Journal::counts() const { return counts(StageId{}); }

Result<std::vector<MissingBallot>> Journal::casts_without_receipt(std::size_t most) const {
  const Lock lock(*turn_);
  Statement s(db_.get(),
              "SELECT stage, seq, hash FROM ballot WHERE fate = 10 AND receipt = '' ORDER BY stage, seq LIMIT ?");
  s.bind(most);
  std::vector<MissingBallot> out;
  int row = s.step();
  for (; row == SQLITE_ROW; row = s.step()) {
    TUIXUAN_TRY(hash, hash_in(s, 2));
    out.push_back({StageId{s.text(0)}, s.number(1), hash});
  }
  if (row != SQLITE_DONE) return sqlite_failure(db_.get(), code::journal::read);
  return out;
}

Result<std::vector<std::pair<std::uint64_t, Hash64>>> Journal::hashes(const StageId& stage, std::uint64_t from) const {
  const Lock lock(*turn_);
  Statement s(db_.get(), "SELECT seq, hash FROM ballot WHERE stage = ? AND seq >= ? ORDER BY seq");
  s.bind(std::string_view(stage.name)).bind(from);
  std::vector<std::pair<std::uint64_t, Hash64>> out;
  int row = s.step();
  for (; row == SQLITE_ROW; row = s.step()) {
    TUIXUAN_TRY(hash, hash_in(s, 1));
    out.emplace_back(s.number(0), hash);
  }
  if (row != SQLITE_DONE) return sqlite_failure(db_.get(), code::journal::read);
  return out;
}

}  // namespace tuixuan::kiosk
