// The calls of the system that the shim stands before (fault.h says what becomes of them).
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include "tests/sweep/shim/fault.h"

using namespace tuixuan::sweep;

static int opened(int fd) {
  if (fd >= 0) set_kind(fd, Kind::file);
  return fd;
}

extern "C" {

#define REAL(name) static const auto real = next<decltype(name)>(#name)

#define OPEN(name)                                                    \
  int name(const char* path, int flags, ...) {                        \
    mode_t mode = 0;                                                  \
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) {                       \
      va_list more;                                                   \
      va_start(more, flags);                                          \
      mode = va_arg(more, mode_t);                                    \
      va_end(more);                                                   \
    }                                                                 \
    static const auto real = next<int(const char*, int, ...)>(#name); \
    if (!ours(path)) return real(path, flags, mode);                  \
    if (fails(Class::open)) return -1;                                \
    return opened(real(path, flags, mode));                           \
  }
OPEN(open)
OPEN(open64)

int openat(int folder, const char* path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & (O_CREAT | O_TMPFILE)) != 0) {
    va_list more;
    va_start(more, flags);
    mode = va_arg(more, mode_t);
    va_end(more);
  }
  static const auto real = next<int(int, const char*, int, ...)>("openat");
  if (!ours(path)) return real(folder, path, flags, mode);
  if (fails(Class::open)) return -1;
  return opened(real(folder, path, flags, mode));
}

FILE* fopen64(const char* path, const char* mode) {
  REAL(fopen64);
  if (!ours(path)) return real(path, mode);
  if (fails(Class::open)) return nullptr;
  FILE* f = real(path, mode);
  if (f != nullptr) opened(::fileno(f));
  return f;
}
FILE* fopen(const char* path, const char* mode) { return fopen64(path, mode); }

int close(int fd) {
  REAL(close);
  const Kind kind = kind_of(fd);
  if (kind == Kind::other) return real(fd);
  const bool failed = fails(Class::close);
  const int error = errno;
  set_kind(fd, Kind::other);
  const int done = real(fd);  // as the system does: closed, whatever it answers
  if (!failed) return done;
  errno = error;
  return -1;
}

Class reading(Kind k) { return k == Kind::socket ? Class::recv : Class::read; }
Class writing(Kind k) { return k == Kind::socket ? Class::send : Class::write; }

ssize_t read(int fd, void* to, std::size_t length) {
  REAL(read);
  const Kind kind = kind_of(fd);
  if (kind == Kind::other) return real(fd, to, length);
  const ssize_t n = allowed(reading(kind), length);
  return n < 0 ? n : real(fd, to, static_cast<std::size_t>(n));
}
#define PREAD(name, offset)                                           \
  ssize_t name(int fd, void* to, std::size_t length, offset at) {     \
    REAL(name);                                                       \
    if (kind_of(fd) == Kind::other) return real(fd, to, length, at);  \
    const ssize_t n = allowed(Class::read, length);                   \
    return n < 0 ? n : real(fd, to, static_cast<std::size_t>(n), at); \
  }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t write(int fd, const void* from, std::size_t length) {
  REAL(write);
  const Kind kind = kind_of(fd);
  if (kind == Kind::other) return real(fd, from, length);
  const ssize_t n = allowed(writing(kind), length);
  if (n < 0) return n;
  if (kind == Kind::socket) return real(fd, from, static_cast<std::size_t>(n));
  const Disk disk = Disk::write(fd, -1, static_cast<std::size_t>(n));
  return real(fd, from, static_cast<std::size_t>(n));
}
#define PWRITE(name, offset)                                              \
  ssize_t name(int fd, const void* from, std::size_t length, offset at) { \
    REAL(name);                                                           \
    if (kind_of(fd) == Kind::other) return real(fd, from, length, at);    \
    const ssize_t n = allowed(Class::write, length);                      \
    if (n < 0) return n;                                                  \
    const Disk disk = Disk::write(fd, at, static_cast<std::size_t>(n));   \
    return real(fd, from, static_cast<std::size_t>(n), at);               \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const iovec* parts, int count) {
  REAL(writev);
  const Kind kind = kind_of(fd);
  if (kind == Kind::other) return real(fd, parts, count);
  const ssize_t n = allowed(writing(kind), 2);
  if (n < 0) return n;
  std::size_t length = 0;
  for (int i = 0; i < count; ++i) length += parts[i].iov_len;
  const Disk disk = Disk::write(fd, -1, length);
  return real(fd, parts, n == 1 && count > 1 ? 1 : count);
}

#define SYNC(name)                                   \
  int name(int fd) {                                 \
    REAL(name);                                      \
    if (kind_of(fd) == Kind::other) return real(fd); \
    if (fails(Class::sync)) return -1;               \
    const Disk disk = Disk::sync(fd);                \
    return real(fd);                                 \
  }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, offset)                             \
  int name(int fd, offset size) {                          \
    REAL(name);                                            \
    if (kind_of(fd) == Kind::other) return real(fd, size); \
    return fails(Class::truncate) ? -1 : real(fd, size);   \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int rename(const char* from, const char* to) {
  REAL(rename);
  return ours(to) && fails(Class::rename) ? -1 : real(from, to);
}
int unlink(const char* path) {
  REAL(unlink);
  return ours(path) && fails(Class::unlink) ? -1 : real(path);
}
int unlinkat(int folder, const char* path, int flags) {
  REAL(unlinkat);
  return ours(path) && fails(Class::unlink) ? -1 : real(folder, path, flags);
}
int link(const char* from, const char* to) {
  REAL(link);
  return ours(to) && fails(Class::link) ? -1 : real(from, to);
}
int mkdir(const char* path, mode_t mode) {
  REAL(mkdir);
  return ours(path) && fails(Class::folder) ? -1 : real(path, mode);
}
#define STAT(name, type)                                           \
  int name(const char* path, type* to) {                           \
    REAL(name);                                                    \
    return ours(path) && fails(Class::stat) ? -1 : real(path, to); \
  }
STAT(stat, struct stat)
STAT(stat64, struct stat64)
STAT(lstat, struct stat)
STAT(lstat64, struct stat64)
#define FSTAT(name, type)                                                       \
  int name(int fd, type* to) {                                                  \
    REAL(name);                                                                 \
    return kind_of(fd) == Kind::file && fails(Class::stat) ? -1 : real(fd, to); \
  }
FSTAT(fstat, struct stat)
FSTAT(fstat64, struct stat64)

// Locks of files; of the rest of fcntl nothing can fail.
#define FCNTL(name)                                                                         \
  int name(int fd, int command, ...) {                                                      \
    va_list more;                                                                           \
    va_start(more, command);                                                                \
    void* argument = va_arg(more, void*);                                                   \
    va_end(more);                                                                           \
    static const auto real = next<int(int, int, ...)>(#name);                               \
    const bool locks = command == F_SETLK || command == F_SETLKW || command == F_OFD_SETLK; \
    if (locks && kind_of(fd) == Kind::file && fails(Class::lock)) return -1;                \
    const int done = real(fd, command, argument);                                           \
    if (command == F_DUPFD_CLOEXEC || command == F_DUPFD) set_kind(done, kind_of(fd));      \
    return done;                                                                            \
  }
FCNTL(fcntl)
FCNTL(fcntl64)
int flock(int fd, int how) {
  REAL(flock);
  return kind_of(fd) == Kind::file && fails(Class::lock) ? -1 : real(fd, how);
}

#define MMAP(name, offset)                                                                   \
  void* name(void* at, std::size_t length, int protection, int flags, int fd, offset from) { \
    REAL(name);                                                                              \
    if (fd >= 0 && kind_of(fd) == Kind::file && fails(Class::map)) return MAP_FAILED;        \
    return real(at, length, protection, flags, fd, from);                                    \
  }
MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

int socket(int domain, int type, int protocol) {
  REAL(socket);
  const bool inet = domain == AF_INET || domain == AF_INET6;
  if (!inet) return real(domain, type, protocol);
  if (fails(Class::socket)) return -1;
  const int fd = real(domain, type, protocol);
  set_kind(fd, Kind::socket);
  return fd;
}
#define ON_SOCKET(name, call_class, parameters, arguments)                         \
  int name parameters {                                                            \
    REAL(name);                                                                    \
    return kind_of(fd) == Kind::socket && fails(call_class) ? -1 : real arguments; \
  }
ON_SOCKET(connect, Class::connect, (int fd, const sockaddr* to, socklen_t size), (fd, to, size))
ON_SOCKET(bind, Class::bind, (int fd, const sockaddr* to, socklen_t size), (fd, to, size))
ON_SOCKET(listen, Class::listen, (int fd, int most), (fd, most))

int accept(int fd, sockaddr* from, socklen_t* size) {
  REAL(accept);
  if (kind_of(fd) == Kind::socket && fails(Class::accept)) return -1;
  const int taken = real(fd, from, size);
  if (kind_of(fd) == Kind::socket) set_kind(taken, Kind::socket);
  return taken;
}
int accept4(int fd, sockaddr* from, socklen_t* size, int flags) {
  REAL(accept4);
  if (kind_of(fd) == Kind::socket && fails(Class::accept)) return -1;
  const int taken = real(fd, from, size, flags);
  if (kind_of(fd) == Kind::socket) set_kind(taken, Kind::socket);
  return taken;
}

ssize_t recv(int fd, void* to, std::size_t length, int flags) {
  REAL(recv);
  if (kind_of(fd) != Kind::socket) return real(fd, to, length, flags);
  const ssize_t n = allowed(Class::recv, length);
  return n < 0 ? n : real(fd, to, static_cast<std::size_t>(n), flags);
}
ssize_t send(int fd, const void* from, std::size_t length, int flags) {
  REAL(send);
  if (kind_of(fd) != Kind::socket) return real(fd, from, length, flags);
  const ssize_t n = allowed(Class::send, length);
  return n < 0 ? n : real(fd, from, static_cast<std::size_t>(n), flags);
}
// Fewer bytes: the first part alone, and half of it if there is only one.
#define MESSAGE(name, call_class, type)                                      \
  ssize_t name(int fd, type* message, int flags) {                           \
    REAL(name);                                                              \
    if (kind_of(fd) != Kind::socket) return real(fd, message, flags);        \
    const ssize_t n = allowed(call_class, 2);                                \
    if (n < 0) return n;                                                     \
    if (n == 2 || message->msg_iovlen == 0) return real(fd, message, flags); \
    iovec first = message->msg_iov[0];                                       \
    if (first.iov_len > 1) first.iov_len /= 2;                               \
    msghdr less = *message;                                                  \
    less.msg_iov = &first;                                                   \
    less.msg_iovlen = 1;                                                     \
    return real(fd, &less, flags);                                           \
  }
MESSAGE(recvmsg, Class::recv, msghdr)
MESSAGE(sendmsg, Class::send, const msghdr)

int poll(pollfd* fds, nfds_t count, int wait) {
  REAL(poll);
  const bool net = count > 0 && kind_of(fds[0].fd) == Kind::socket;
  return net && fails(Class::poll) ? -1 : real(fds, count, wait);
}
int epoll_create1(int flags) {
  REAL(epoll_create1);
  return fails(Class::event) ? -1 : real(flags);
}
int epoll_ctl(int epoll, int what, int fd, epoll_event* event) {
  REAL(epoll_ctl);
  return kind_of(fd) == Kind::socket && fails(Class::event) ? -1 : real(epoll, what, fd, event);
}

}  // extern "C"
