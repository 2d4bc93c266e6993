#include "server/ledger/sqlite.h"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>

#include "crypto/codes/server.h"

namespace tuixuan::ledger {
namespace {

constexpr int kBusyMilliseconds = 5000;

tl::unexpected<Error> error_of(sqlite3* db, int code, std::string_view doing) {
  const int system = db != nullptr ? sqlite3_system_errno(db) : 0;
  std::string what = std::string(doing) + ": " + (db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code));
  const auto named = [&](Code check, const char* why) { return fail(check, std::string(why) + "; " + what); };
  switch (code & 0xff) {
    case SQLITE_FULL:
      return named(code::ledger::full, "the disk is full");
    case SQLITE_IOERR:
      if (system == ENOSPC || system == EDQUOT || system == EFBIG) return named(code::ledger::full, "the disk is full");
      if (system == EROFS || system == EACCES || system == EPERM)
        return named(code::ledger::readonly, "the ledger cannot be written to");
      return named(code::ledger::io, "the disk reported an error");
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return named(code::ledger::readonly, "the ledger cannot be written to");
    case SQLITE_CANTOPEN:
      if (system == EROFS || system == EACCES || system == EPERM)
        return named(code::ledger::readonly, "the ledger cannot be written to");
      return named(code::ledger::open, "the ledger cannot be opened");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return named(code::ledger::damaged, "the ledger's file is damaged");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return named(code::ledger::locked, "another process is using the ledger");
    case SQLITE_NOMEM:
      return named(code::ledger::memory, "out of memory");
    case SQLITE_CONSTRAINT:
    case SQLITE_AUTH:
      return named(code::ledger::refused, "the ledger only takes what is appended to it");
    default:
      return named(code::ledger::sqlite, "SQLite reported an error");
  }
}

int authorize(void*, int action, const char*, const char*, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_INSERT:
    case SQLITE_TRANSACTION:
      return SQLITE_OK;
    default:
      return SQLITE_DENY;
  }
}

}  // namespace

IdleStatements::~IdleStatements() {
  for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
}

sqlite3_stmt* IdleStatements::take(std::string_view sql) {
  const auto found = std::find_if(statements_.begin(), statements_.end(),
                                  [&](sqlite3_stmt* statement) { return sql == sqlite3_sql(statement); });
  if (found == statements_.end()) return nullptr;
  sqlite3_stmt* const out = *found;
  statements_.erase(found);
  return out;
}

void IdleStatements::give(sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (statements_.size() < kMost) {
    statements_.push_back(statement);
  } else {
    sqlite3_finalize(statement);
  }
}

void Statement::Return::operator()(sqlite3_stmt* statement) const {
  idle ? idle->give(statement) : static_cast<void>(sqlite3_finalize(statement));
}

Statement& Statement::bind(int at, std::uint64_t value) {
  const int code = sqlite3_bind_int64(statement_.get(), at, static_cast<std::int64_t>(value));
  if (bound_ == SQLITE_OK) bound_ = code;
  return *this;
}

Statement& Statement::bind(int at, ByteView blob) {
  const int code = blob.empty() ? sqlite3_bind_zeroblob(statement_.get(), at, 0)
                                : sqlite3_bind_blob64(statement_.get(), at, blob.data(), blob.size(), SQLITE_STATIC);
  if (bound_ == SQLITE_OK) bound_ = code;
  return *this;
}

Statement& Statement::bind_text(int at, std::string_view text) {
  const int code = sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (bound_ == SQLITE_OK) bound_ = code;
  return *this;
}

Result<bool> Statement::step() {
  sqlite3* db = sqlite3_db_handle(statement_.get());
  if (bound_ != SQLITE_OK) return error_of(db, bound_, "preparing a statement");
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return error_of(db, sqlite3_extended_errcode(db), sqlite3_sql(statement_.get()));
}

Result<void> Statement::finish() {
  const auto stepped = step();
  reset();
  if (!stepped) return tl::unexpected<Error>(stepped.error());
  if (*stepped) bug("a statement with rows where none should be");
  return {};
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::uint64_t Statement::number(int column) const {
  return static_cast<std::uint64_t>(sqlite3_column_int64(statement_.get(), column));
}

ByteView Statement::blob(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return {static_cast<const std::uint8_t*>(data), data == nullptr ? 0 : static_cast<std::size_t>(size)};
}

std::string_view Statement::text(int column) const { return as_text(blob(column)); }

void Database::Close::operator()(sqlite3* db) const { sqlite3_close_v2(db); }

Result<Database> Database::open(const std::filesystem::path& path, Access access) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (access == Access::kReadOnly) flags |= SQLITE_OPEN_READONLY;
  if (access == Access::kReadWrite) flags |= SQLITE_OPEN_READWRITE;
  if (access == Access::kCreate) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  Database out;
  out.db_.reset(raw);
  if (code != SQLITE_OK) return error_of(raw, code, "opening " + path.string());
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  if (sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) != SQLITE_OK)
    return fail(code::ledger::sqlite, "this SQLite has no defensive mode");
  TUIXUAN_CHECK(out.run("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA synchronous=FULL"));
  TUIXUAN_TRY(synchronous, out.value("PRAGMA synchronous"));
  if (synchronous != "2") return fail(code::ledger::sqlite, "this SQLite does not keep synchronous=FULL");
  return out;
}

Result<Database> Database::in_memory() { return open(":memory:", Access::kCreate); }

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* raw = idle_->take(sql);
  const int code = raw != nullptr ? SQLITE_OK
                                  : sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                                       SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  Statement out;
  out.statement_ = {raw, Statement::Return{idle_}};
  if (code != SQLITE_OK) return error_of(db_.get(), code, sql);
  return out;
}

Result<void> Database::step(std::string_view sql) const {
  TUIXUAN_TRY(statement, prepare(sql));
  return statement.finish();
}

Result<void> Database::run(const std::string& sql) const {
  const int code = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(db_.get(), code, sql.substr(0, 100));
  return {};
}

Result<std::string> Database::value(std::string_view sql) const {
  TUIXUAN_TRY(statement, prepare(sql));
  TUIXUAN_TRY(row, statement.step());
  return row ? std::string(statement.text(0)) : std::string();
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(db_.get()) == 0; }

Result<void> Database::checkpoint() const {
  int all = 0;
  int moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(db_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &all, &moved);
  if (code != SQLITE_OK && code != SQLITE_BUSY) return error_of(db_.get(), code, "moving the write-ahead file");
  return {};
}

Result<void> Database::touch() const {
  sqlite3_set_authorizer(db_.get(), nullptr, nullptr);
  auto version = value("PRAGMA user_version");
  auto done = version ? run("PRAGMA user_version=" + *version) : tl::unexpected<Error>(version.error());
  if (insert_only_) only_insert();
  return done;
}

void Database::only_insert() const {
  insert_only_ = true;
  sqlite3_set_authorizer(db_.get(), authorize, nullptr);
}

}  // namespace tuixuan::ledger
