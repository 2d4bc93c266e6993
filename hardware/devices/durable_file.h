// A file that is there whole or not at all, on disk when the call returns, readable by its owner only.
#pragma once

#include <filesystem>
#include <optional>

#include "crypto/base/bytes.h"

namespace tuixuan::devices {

// 1 to 64 of a-z A-Z 0-9 . _ -, not beginning with a dot: cannot leave its folder, cannot hide.
bool is_file_name(std::string_view name);

// Never replaces an existing file. Errors: the given check, with the path and the system's reason.
[[nodiscard]] Result<void> write_new(const std::filesystem::path& path, ByteView bytes, Code check);
// As write_new, but takes the place of what is there: after a power cut it is the old file or the new one.
[[nodiscard]] Result<void> replace(const std::filesystem::path& path, ByteView bytes, Code check);
// At most max bytes. Refuses symbolic links, what is no regular file, and (if private_only) a file that others may
// read.
[[nodiscard]] Result<Bytes> read_all(const std::filesystem::path& path, std::size_t max, bool private_only, Code check);
// Whether anything is there. That it cannot be known is an error: what a device must remember is never taken for gone
// because a disk did not answer.
[[nodiscard]] Result<bool> is_there(const std::filesystem::path& path, Code check);
[[nodiscard]] Result<std::optional<Bytes>> read_if_there(const std::filesystem::path& path, std::size_t max,
                                                         bool private_only, Code check);
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder, Code check);

// Owns a file descriptor.
class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd();
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};
[[nodiscard]] tl::unexpected<Error> system_error(Code check,
                                                 const std::filesystem::path& path);  // reads errno
[[nodiscard]] bool write_fully(int fd, ByteView bytes);                               // false: errno says why

}  // namespace tuixuan::devices
