#include "hardware/devices/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace tuixuan::devices {

Fd::~Fd() {
  if (fd_ >= 0) close(fd_);
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

tl::unexpected<Error> system_error(Code check, const std::filesystem::path& path) {
  return fail(check, path.string() + ": " + std::generic_category().message(errno));
}

bool write_fully(int fd, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

Result<void> sync_folder(const std::filesystem::path& folder, Code check) {
  const Fd fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || fsync(fd.get()) != 0) return system_error(check, folder);
  return {};
}

static Result<void> write_part(const std::filesystem::path& part, ByteView bytes, Code check) {
  const Fd fd(open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd) return system_error(check, part);
  if (write_fully(fd.get(), bytes) && fsync(fd.get()) == 0) return {};
  const auto error = system_error(check, part);
  unlink(part.c_str());
  return error;
}

// A bare file name is in the current folder.
static Result<void> sync_folder_of(const std::filesystem::path& path, Code check) {
  return sync_folder(path.has_parent_path() ? path.parent_path() : ".", check);
}

// link() and not rename(), because it refuses an existing name.
Result<void> write_new(const std::filesystem::path& path, ByteView bytes, Code check) {
  const std::filesystem::path part = path.string() + ".part";
  TUIXUAN_CHECK(write_part(part, bytes, check));
  if (link(part.c_str(), path.c_str()) != 0) {
    const auto error = system_error(check, path);
    unlink(part.c_str());
    return error;
  }
  auto done = unlink(part.c_str()) == 0 ? sync_folder_of(path, check) : Result<void>(system_error(check, part));
  if (!done) unlink(path.c_str());  // whoever is told that it failed may do it again
  return done;
}

Result<void> replace(const std::filesystem::path& path, ByteView bytes, Code check) {
  const std::filesystem::path part = path.string() + ".part";
  TUIXUAN_CHECK(write_part(part, bytes, check));
  if (rename(part.c_str(), path.c_str()) != 0) {
    const auto error = system_error(check, path);
    unlink(part.c_str());
    return error;
  }
  return sync_folder_of(path, check);
}

Result<Bytes> read_all(const std::filesystem::path& path, std::size_t max, bool private_only, Code check) {
  const Fd fd(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!fd) return system_error(check, path);
  struct stat info {};
  if (fstat(fd.get(), &info) != 0) return system_error(check, path);
  if (!S_ISREG(info.st_mode)) return fail(check, path.string() + ": not a regular file");
  if (private_only && (info.st_mode & 077U) != 0)
    return fail(check, path.string() + ": others may read or change it; allow only its owner (chmod 600)");
  Bytes out(max + 1);
  std::size_t size = 0;
  while (size < out.size()) {
    const ssize_t n = read(fd.get(), out.data() + size, out.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error(check, path);
    if (n == 0) break;
    size += static_cast<std::size_t>(n);
  }
  if (size > max) return fail(check, path.string() + ": over " + std::to_string(max) + " bytes");
  out.resize(size);
  return out;
}

Result<bool> is_there(const std::filesystem::path& path, Code check) {
  struct stat info {};
  if (lstat(path.c_str(), &info) == 0) return true;
  if (errno == ENOENT) return false;
  return system_error(check, path);
}

Result<std::optional<Bytes>> read_if_there(const std::filesystem::path& path, std::size_t max, bool private_only,
                                           Code check) {
  TUIXUAN_TRY(there, is_there(path, check));
  if (!there) return std::nullopt;
  TUIXUAN_TRY(bytes, read_all(path, max, private_only, check));
  return std::optional(std::move(bytes));
}

}  // namespace tuixuan::devices
