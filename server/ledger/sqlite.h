// A thin layer over SQLite's C API: connections and statements that close themselves, errors as values. For the sources
// of this room. Each connection is used by one thread at a time. Every connection is set up the same way:
// synchronous=FULL and read back, defensive mode, no trust in the schema of the file. Errors: ledger.full, .readonly,
// .io, .damaged, .locked, .open, .memory, .refused (a trigger or a constraint), .sqlite.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "crypto/base/bytes.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tuixuan::ledger {

// Statements of a connection that are compiled and not in use, to be taken again by their text; a few of each kind of
// question this room asks.
class IdleStatements {
 public:
  static constexpr std::size_t kMost = 16;
  ~IdleStatements();
  sqlite3_stmt* take(std::string_view sql);  // nullptr: there is none
  void give(sqlite3_stmt* statement);        // finalized if there are kMost

 private:
  std::vector<sqlite3_stmt*> statements_;
};

class Statement {
 public:
  Statement& bind(int at, std::uint64_t value);
  Statement& bind(int at, ByteView blob);  // borrowed until the statement is reset or gone
  Statement& bind_text(int at, std::string_view text);
  [[nodiscard]] Result<bool> step();    // true: there is a row
  [[nodiscard]] Result<void> finish();  // to the end and reset, for statements without rows
  void reset();
  std::uint64_t number(int column) const;
  ByteView blob(int column) const;          // borrowed until the next step
  std::string_view text(int column) const;  // likewise

 private:
  friend class Database;
  struct Return {
    std::shared_ptr<IdleStatements> idle;
    void operator()(sqlite3_stmt* statement) const;
  };
  std::unique_ptr<sqlite3_stmt, Return> statement_;
  int bound_ = 0;  // the first error of a bind
};

class Database {
 public:
  enum class Access { kReadOnly, kReadWrite, kCreate };
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, Access access);
  [[nodiscard]] static Result<Database> in_memory();
  [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
  [[nodiscard]] Result<void> step(std::string_view sql) const;          // one statement without rows, kept compiled
  [[nodiscard]] Result<void> run(const std::string& sql) const;         // statements without rows
  [[nodiscard]] Result<std::string> value(std::string_view sql) const;  // the first column of the first row, as text
  bool in_transaction() const;
  // Moves what stands in the write-ahead file into the database file and syncs it, as far as no reader needs the old.
  [[nodiscard]] Result<void> checkpoint() const;
  // A page written and synced that says what it said before: shows that writing works.
  [[nodiscard]] Result<void> touch() const;
  // From now on the connection may read, and insert into tables; it may not update, delete, drop, alter or attach.
  void only_insert() const;

 private:
  struct Close {
    void operator()(sqlite3* db) const;
  };
  std::unique_ptr<sqlite3, Close> db_;
  mutable bool insert_only_ = false;
  std::shared_ptr<IdleStatements> idle_ = std::make_shared<IdleStatements>();
};

}  // namespace tuixuan::ledger
