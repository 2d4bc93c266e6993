#include "kiosk/core/journal.h"

#include <sys/stat.h>

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
)";
static constexpr std::uint64_t kFormat = 1;

void Journal::Closer::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

static tl::unexpected<Error> sqlite_failure(sqlite3* db, std::string_view check) {
  const int code = sqlite3_errcode(db) & 0xff;
  const std::string cause = code == SQLITE_FULL       ? "the disk is full"
                            : code == SQLITE_READONLY ? "the disk is read-only"
                            : code == SQLITE_IOERR    ? "the disk reports an error"
                                                      : sqlite3_errmsg(db);
  return fail(check, "the kiosk's journal: " + cause);
}

static bool run(sqlite3* db, const char* sql) { return sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

static Result<void> check_meta(sqlite3* db, const KioskId& kiosk) {
  Statement read(db, "SELECT format, kiosk FROM meta");
  const int row = read.step();
  if (row == SQLITE_DONE) {
    if (Statement(db, "INSERT INTO meta VALUES(?, ?)").bind(kFormat).bind(std::string_view(kiosk.name)).step() !=
        SQLITE_DONE)
      return sqlite_failure(db, "journal.open");
    return {};
  }
  if (row != SQLITE_ROW) return sqlite_failure(db, "journal.open");
  if (read.number(0) != kFormat)
    return fail("journal.open", "the journal has format " + std::to_string(read.number(0)) + ", this program writes 1");
  if (read.text(1) != kiosk.name)
    return fail("journal.open", "the journal is of kiosk " + read.text(1) + ", not " + kiosk.name);
  return {};
}

Result<Journal> Journal::open(const std::string& path, const KioskId& kiosk) {
  const mode_t old = ::umask(0077);
  sqlite3* raw = nullptr;
  const int status =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, nullptr);
  Journal journal(raw);
  const bool ready = status == SQLITE_OK && run(raw, "PRAGMA locking_mode=EXCLUSIVE") &&
                     run(raw, "PRAGMA journal_mode=WAL") && run(raw, "PRAGMA synchronous=FULL") &&
                     run(raw, "BEGIN IMMEDIATE") && run(raw, kSchema);
  ::umask(old);
  if (!ready) {
    if ((sqlite3_errcode(raw) & 0xff) == SQLITE_BUSY)
      return fail("journal.locked", "another kiosk program is using " + path);
    return sqlite_failure(raw, "journal.open");
  }
  TUIXUAN_CHECK(check_meta(raw, kiosk));
  if (!run(raw, "COMMIT")) return sqlite_failure(raw, "journal.open");
  Statement sync(raw, "PRAGMA synchronous");
  if (sync.step() != SQLITE_ROW || sync.number(0) != 2)
    return fail("journal.open", "SQLite does not write synchronously here");
  return journal;
}

static Result<void> changed_one(sqlite3* db, Statement& s, std::string_view what) {
  if (s.step() != SQLITE_DONE) return sqlite_failure(db, "journal.write");
  if (sqlite3_changes(db) != 1) return fail("journal.write", std::string(what));
  return {};
}

Result<void> Journal::prepare(const StageId& stage, std::uint64_t seq, const Hash64& hash,
                              const primitives::VerifyKey& credential, ByteView ballot) {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(), "INSERT INTO ballot(stage, seq, hash, credential, ballot) VALUES(?, ?, ?, ?, ?)");
  s.bind(std::string_view(stage.name)).bind(seq).bind(hash.view()).bind(credential.view()).bind(ballot);
  return changed_one(db_.get(), s, "the ballot was not written");
}

Result<void> Journal::decide(const StageId& stage, std::uint64_t seq, Kind fate, ByteView entry) {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(), "UPDATE ballot SET fate = ?, entry = ? WHERE stage = ? AND seq = ? AND fate = 0");
  s.bind(static_cast<std::uint64_t>(fate)).bind(entry).bind(std::string_view(stage.name)).bind(seq);
  return changed_one(db_.get(), s, "the ballot is not there or its fate is decided");
}

Result<void> Journal::delivered(const StageId& stage, std::uint64_t seq, std::string_view receipt) {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(), "UPDATE ballot SET receipt = ? WHERE stage = ? AND seq = ? AND fate <> 0");
  s.bind(receipt).bind(std::string_view(stage.name)).bind(seq);
  return changed_one(db_.get(), s, "the ballot is not there");
}

Result<void> Journal::turn_into_abandon(const StageId& stage, std::uint64_t seq, ByteView entry, std::string_view why) {
  const std::scoped_lock lock(*turn_);
  Statement s(
      db_.get(),
      "UPDATE ballot SET fate = ?, entry = ?, refused = ? WHERE stage = ? AND seq = ? AND fate <> 0 AND receipt = ''");
  s.bind(static_cast<std::uint64_t>(Kind::abandon)).bind(entry).bind(why).bind(std::string_view(stage.name)).bind(seq);
  return changed_one(db_.get(), s, "the ballot is not there or has a receipt");
}

Result<std::uint64_t> Journal::next_seq(const StageId& stage) const {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(), "SELECT coalesce(max(seq), 0) + 1 FROM ballot WHERE stage = ?");
  if (s.bind(std::string_view(stage.name)).step() != SQLITE_ROW) return sqlite_failure(db_.get(), "journal.read");
  return s.number(0);
}

static Result<std::vector<JournalBallot>> read_ballots(sqlite3* db, Statement& s) {
  std::vector<JournalBallot> out;
  int row = s.step();
  for (; row == SQLITE_ROW; row = s.step()) {
    JournalBallot b;
    b.seq = s.number(0);
    if (s.blob(1).size() != b.hash.bytes.size()) return fail("journal.read", "a damaged ballot hash");
    std::memcpy(b.hash.bytes.data(), s.blob(1).data(), b.hash.bytes.size());
    b.ballot = to_bytes(s.blob(2));
    if (s.number(3) != 0) b.fate = static_cast<Kind>(s.number(3));
    b.entry = to_bytes(s.blob(4));
    b.receipt = s.text(5);
    b.refused = s.text(6);
    out.push_back(std::move(b));
  }
  if (row != SQLITE_DONE) return sqlite_failure(db, "journal.read");
  return out;
}

Result<std::vector<JournalBallot>> Journal::undecided(const StageId& stage) const {
  const std::scoped_lock lock(*turn_);
  Statement s(
      db_.get(),
      "SELECT seq, hash, ballot, fate, entry, receipt, refused FROM ballot WHERE stage = ? AND fate = 0 ORDER BY seq");
  return read_ballots(db_.get(), s.bind(std::string_view(stage.name)));
}

Result<std::vector<JournalBallot>> Journal::undelivered(const StageId& stage) const {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(),
              "SELECT seq, hash, ballot, fate, entry, receipt, refused FROM ballot "
              "WHERE stage = ? AND fate <> 0 AND receipt = '' ORDER BY seq");
  return read_ballots(db_.get(), s.bind(std::string_view(stage.name)));
}

Result<std::optional<JournalBallot>> Journal::find(const StageId& stage, std::uint64_t seq) const {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(),
              "SELECT seq, hash, ballot, fate, entry, receipt, refused FROM ballot WHERE stage = ? AND seq = ?");
  TUIXUAN_TRY(found, read_ballots(db_.get(), s.bind(std::string_view(stage.name)).bind(seq)));
  if (found.empty()) return std::optional<JournalBallot>();
  return std::optional<JournalBallot>(std::move(found.front()));
}

Result<std::string> Journal::last_receipt() const {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(), "SELECT receipt FROM ballot WHERE receipt <> '' ORDER BY rowid DESC LIMIT 1");
  const int got = s.step();
  if (got == SQLITE_DONE) return std::string();
  if (got != SQLITE_ROW) return sqlite_failure(db_.get(), "journal.read");
  return s.text(0);
}

Result<bool> Journal::has_cast(const StageId& stage, const primitives::VerifyKey& credential) const {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(), "SELECT count(*) FROM ballot WHERE stage = ? AND credential = ? AND fate = 10");
  if (s.bind(std::string_view(stage.name)).bind(credential.view()).step() != SQLITE_ROW)
    return sqlite_failure(db_.get(), "journal.read");
  return s.number(0) > 0;
}

Result<JournalCounts> Journal::counts(const StageId& stage) const {
  const std::scoped_lock lock(*turn_);
  Statement s(db_.get(),
              "SELECT coalesce(sum(fate = 10), 0), coalesce(sum(fate = 11), 0), coalesce(sum(fate = 12), 0), "
              "coalesce(sum(receipt = ''), 0) FROM ballot WHERE stage = ?");
  if (s.bind(std::string_view(stage.name)).step() != SQLITE_ROW) return sqlite_failure(db_.get(), "journal.read");
  return JournalCounts{s.number(0), s.number(1), s.number(2), s.number(3)};
}

}  // namespace tuixuan::kiosk
