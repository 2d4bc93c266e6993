// Which call fails, and how. Loaded into a program under test by LD_PRELOAD; never shipped. Counts the program's calls
// of the system that concern its own folder and the network, and makes one of them fail once, as the environment says:
//   SWEEP_TABLE=FILE      a sweep::Table to write to; without it nothing is counted and nothing fails
//   SWEEP_UNDER=FOLDER:.. files that count
//   SWEEP_FAULT=HASH:OCCURRENCE:ACTION   the call of this stack of callers; ACTION: an errno's number, "short" (fewer
//                         bytes than were asked for), "kill", "power" (killed, and of what was written and not synced
//                         each sector of 512 bytes is kept or lost by chance)
//   SWEEP_SEED=NUMBER     of that chance
#pragma once

#include <dlfcn.h>
#include <sys/types.h>

#include <mutex>

#include "tests/sweep/shim/table.h"

namespace tuixuan::sweep {

// The system's own function of this name.
template <typename F>
F* next(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

enum class Kind : std::uint8_t { other, file, socket };
Kind kind_of(int fd);
void set_kind(int fd, Kind kind);
bool ours(const char* path);

// Counts this call. True: it fails, with errno set.
bool fails(Class c);
// The same for calls that move bytes: how many are to be asked for; -1: it fails.
ssize_t allowed(Class c, std::size_t wanted);

// While one lives, calls of this thread are the shim's own: not counted.
struct Own {
  Own();
  ~Own();
};

// Around a write and a sync: for "power", what is not synced is remembered as it was.
class Disk {
 public:
  static Disk write(int fd, off_t at, std::size_t length);  // at < 0: where the file stands
  static Disk sync(int fd);

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace tuixuan::sweep
