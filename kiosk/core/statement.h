// A thin layer over SQLite's C interface: statements that finalise themselves, values bound and read by type.
#pragma once

#include <sqlite3.h>

#include <memory>

#include "crypto/base/bytes.h"

namespace tuixuan::kiosk {

class Statement {
 public:
  Statement(sqlite3* db, const char* sql) {
    sqlite3_stmt* s = nullptr;
    prepared_ = sqlite3_prepare_v2(db, sql, -1, &s, nullptr) == SQLITE_OK;
    statement_.reset(s);
  }
  Statement& bind(std::uint64_t v) {
    return bound(sqlite3_bind_int64(statement_.get(), ++bound_, static_cast<sqlite3_int64>(v)));
  }
  Statement& bind(ByteView v) {
    const void* data = v.empty() ? static_cast<const void*>("") : v.data();
    return bound(sqlite3_bind_blob64(statement_.get(), ++bound_, data, v.size(), SQLITE_TRANSIENT));
  }
  Statement& bind(std::string_view v) {
    return bound(sqlite3_bind_text64(statement_.get(), ++bound_, v.data(), v.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  // Nothing is done with a value that was not bound.
  int step() { return prepared_ ? sqlite3_step(statement_.get()) : SQLITE_ERROR; }
  std::uint64_t number(int column) {
    return static_cast<std::uint64_t>(sqlite3_column_int64(statement_.get(), column));
  }
  ByteView blob(int column) {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
  }
  std::string text(int column) { return std::string(as_text(blob(column))); }

 private:
  Statement& bound(int code) {
    prepared_ = prepared_ && code == SQLITE_OK;
    return *this;
  }
  struct Finalizer {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
  int bound_ = 0;
  bool prepared_ = false;
};

}  // namespace tuixuan::kiosk
