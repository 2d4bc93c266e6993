// Loaded into the program under test (LD_PRELOAD): see failing_disk.h.
#include "tests/system/failing_disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

using tuixuan::kit::DiskFaults;

static DiskFaults* faults() {
  static DiskFaults* const shared = [] {
    const char* number = std::getenv("TUIXUAN_TEST_DISK");
    if (number == nullptr) return static_cast<DiskFaults*>(nullptr);
    void* at = ::mmap(nullptr, sizeof(DiskFaults), PROT_READ | PROT_WRITE, MAP_SHARED, std::atoi(number), 0);
    return at == MAP_FAILED ? nullptr : static_cast<DiskFaults*>(at);
  }();
  return shared;
}

static bool is_ledger(int fd) {
  char link[64];
  char path[4096];
  std::strcpy(link, "/proc/self/fd/");
  char digits[12];
  int n = 0;
  do {
    digits[n++] = static_cast<char>('0' + fd % 10);
    fd /= 10;
  } while (fd > 0);
  char* end = link + std::strlen(link);
  while (n > 0) *end++ = digits[--n];
  *end = '\0';
  const auto length = ::readlink(link, path, sizeof path - 1);
  if (length <= 0) return false;
  path[length] = '\0';
  return std::strstr(path, "log.ledger") != nullptr;
}

static bool fails(DiskFaults::Fault& fault, int fd) {
  if (fault.error == 0 || !is_ledger(fd)) return false;
  if (fault.left == 0) return false;
  if (fault.skip > 0 && fault.skip-- > 0) return false;
  if (fault.left > 0) --fault.left;
  errno = fault.error;
  return true;
}

template <class F>
static F next(const char* name) {
  return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

static bool fails_to_write(int fd) {
  DiskFaults* f = faults();
  if (f == nullptr) return false;
  if (f->write.error == -1 && is_ledger(fd))
    for (;;) ::pause();
  return f->write.error != -1 && fails(f->write, fd);
}

static bool fails_to_sync(int fd) {
  DiskFaults* f = faults();
  if (f == nullptr || !fails(f->sync, fd)) return false;
  if (f->hang_after_sync) f->write.error = -1;
  errno = f->sync.error;
  return true;
}

extern "C" {

int fsync(int fd) {
  static const auto real = next<int (*)(int)>("fsync");
  return fails_to_sync(fd) ? -1 : real(fd);
}
int fdatasync(int fd) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return fails_to_sync(fd) ? -1 : real(fd);
}
ssize_t write(int fd, const void* bytes, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  return fails_to_write(fd) ? -1 : real(fd, bytes, size);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return fails_to_write(fd) ? -1 : real(fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return fails_to_write(fd) ? -1 : real(fd, bytes, size, at);
}
ssize_t read(int fd, void* bytes, size_t size) {
  static const auto real = next<ssize_t (*)(int, void*, size_t)>("read");
  return faults() != nullptr && fails(faults()->read, fd) ? -1 : real(fd, bytes, size);
}
ssize_t pread(int fd, void* bytes, size_t size, off_t at) {
  static const auto real = next<ssize_t (*)(int, void*, size_t, off_t)>("pread");
  return faults() != nullptr && fails(faults()->read, fd) ? -1 : real(fd, bytes, size, at);
}
ssize_t pread64(int fd, void* bytes, size_t size, off64_t at) {
  static const auto real = next<ssize_t (*)(int, void*, size_t, off64_t)>("pread64");
  return faults() != nullptr && fails(faults()->read, fd) ? -1 : real(fd, bytes, size, at);
}

static bool fails_to_open(const char* path, int flags) {
  DiskFaults* f = faults();
  if (f == nullptr || f->open.error == 0 || (flags & O_ACCMODE) == O_RDONLY) return false;
  const char* name = std::strrchr(path, '/');
  if (name == nullptr || std::strcmp(name, "/log.ledger") != 0) return false;
  errno = f->open.error;
  return true;
}
int open(const char* path, int flags, ...) {
  static const auto real = next<int (*)(const char*, int, ...)>("open");
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return fails_to_open(path, flags) ? -1 : real(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  static const auto real = next<int (*)(const char*, int, ...)>("open64");
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return fails_to_open(path, flags) ? -1 : real(path, flags, mode);
}

static int controlled(const char* name, int fd, int command, void* argument) {
  if (command == F_SETLK && argument != nullptr && static_cast<const struct flock*>(argument)->l_type == F_UNLCK &&
      faults() != nullptr && fails(faults()->unlock, fd))
    return -1;
  const auto real = next<int (*)(int, int, ...)>(name);
  return real(fd, command, argument);
}
int fcntl(int fd, int command, ...) {
  va_list more;
  va_start(more, command);
  void* argument = va_arg(more, void*);
  va_end(more);
  return controlled("fcntl", fd, command, argument);
}
int fcntl64(int fd, int command, ...) {
  va_list more;
  va_start(more, command);
  void* argument = va_arg(more, void*);
  va_end(more);
  return controlled("fcntl64", fd, command, argument);
}

}  // extern "C"
