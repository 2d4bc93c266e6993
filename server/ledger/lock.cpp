#include "server/ledger/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "crypto/codes/server.h"

namespace tuixuan::ledger {
namespace {

tl::unexpected<Error> system_error(const std::filesystem::path& path, Code otherwise) {
  const int system = errno;
  const bool readonly = system == EROFS || system == EACCES || system == EPERM;
  const bool full = system == ENOSPC || system == EDQUOT;
  const Code check = readonly ? Code(code::ledger::readonly) : full ? Code(code::ledger::full) : otherwise;
  return fail(check, path.string() + ": " + std::strerror(system));
}

}  // namespace

Result<FileLock> FileLock::take(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return system_error(path, code::ledger::open);
  FileLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return system_error(path, code::ledger::open);
    std::array<char, 16> holder{};
    const auto n = ::pread(descriptor, holder.data(), holder.size() - 1, 0);
    return fail(code::ledger::locked,
                "the ledger is in use by process " + std::string(n > 0 ? holder.data() : "unknown"));
  }
  // The number is only told to people, so it may fail (a full disk): the lock holds without it.
  const std::string self = std::to_string(::getpid());
  if (::ftruncate(descriptor, 0) == 0) [[maybe_unused]]
    const auto written = ::pwrite(descriptor, self.data(), self.size(), 0);
  return lock;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> publish_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return system_error(to, code::ledger::io);
  const int folder = ::open(to.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return system_error(to.parent_path(), code::ledger::io);
  const int synced = ::fsync(folder);
  const auto error = system_error(to.parent_path(), code::ledger::io);
  ::close(folder);
  if (synced != 0) return error;
  return {};
}

}  // namespace tuixuan::ledger
