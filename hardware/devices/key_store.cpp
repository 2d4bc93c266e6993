#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "crypto/codes/client.h"
#include "hardware/devices/durable_file.h"
#include "hardware/devices/files.h"

namespace tuixuan::devices {
namespace {

constexpr Code kCheck = code::device::keystore;

}  // namespace

Result<std::filesystem::path> FileKeyStore::path_of(std::string_view name) const {
  if (!is_file_name(name) || name.ends_with(".part"))
    return fail(kCheck, "'" + std::string(name) + "' cannot be the name of a key");
  struct stat info {};
  if (lstat(folder_.c_str(), &info) != 0) return system_error(kCheck, folder_);
  if (!S_ISDIR(info.st_mode)) return fail(kCheck, folder_.string() + ": not a folder");
  if ((info.st_mode & 077U) != 0)
    return fail(kCheck, folder_.string() + ": others may enter it; allow only its owner (chmod 700)");
  return folder_ / name;
}

Result<void> FileKeyStore::put(std::string_view name, ByteView value) {
  TUIXUAN_TRY(path, path_of(name));
  if (value.size() > kMaxSize) return fail(kCheck, std::string(name) + ": over " + std::to_string(kMaxSize) + " bytes");
  return write_new(path, value, kCheck);
}

Result<Bytes> FileKeyStore::get(std::string_view name) {
  TUIXUAN_TRY(path, path_of(name));
  return read_all(path, kMaxSize, true, kCheck);
}

Result<bool> FileKeyStore::has(std::string_view name) {
  TUIXUAN_TRY(path, path_of(name));
  struct stat info {};
  if (lstat(path.c_str(), &info) == 0) return true;
  if (errno == ENOENT) return false;
  return system_error(kCheck, path);
}

Result<void> FileKeyStore::remove(std::string_view name) {
  TUIXUAN_TRY(path, path_of(name));
  {
    const Fd fd(open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
    struct stat info {};
    if (!fd || fstat(fd.get(), &info) != 0) return system_error(kCheck, path);
    const Bytes zeros(std::min<std::size_t>(static_cast<std::size_t>(info.st_size), kMaxSize));
    if (!write_fully(fd.get(), zeros) || fsync(fd.get()) != 0) return system_error(kCheck, path);
  }
  if (unlink(path.c_str()) != 0) return system_error(kCheck, path);
  return sync_folder(folder_, kCheck);
}

}  // namespace tuixuan::devices
