// One process at a time holds a ledger: an exclusive flock on a file beside it, for as long as this object lives; the
// system lets go of it even if the process is killed. (Not on the database itself: closing any descriptor of it would
// drop SQLite's own locks.) Errors: "ledger.locked" with the holder's process number; "ledger.readonly", "ledger.open".
#pragma once

#include <filesystem>

#include "crypto/base/result.h"

namespace tuixuan::ledger {

class FileLock {
 public:
  [[nodiscard]] static Result<FileLock> take(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  FileLock& operator=(FileLock&&) = delete;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Renames a finished file and makes the new name durable. Errors: "ledger.io", "ledger.readonly".
[[nodiscard]] Result<void> publish_file(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace tuixuan::ledger
