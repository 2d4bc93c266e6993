// What the shim that is loaded into a program tells the sweep, in a file that both map: it outlives a killed program.
// Every counted call in its order, and for each stack of calls that led to one, its return addresses.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace tuixuan::sweep {

enum class Class : std::uint8_t {
  open,
  read,
  write,
  sync,
  rename,
  unlink,
  link,
  lock,
  truncate,
  stat,
  close,
  map,
  folder,
  socket,
  connect,
  bind,
  listen,
  accept,
  send,
  recv,
  poll,
  event,
};
inline constexpr std::size_t kClasses = 22;
inline constexpr const char* kClassNames[kClasses] = {
    "open", "read",   "write",  "sync",    "rename", "unlink", "link",   "lock", "truncate", "stat", "close",
    "map",  "folder", "socket", "connect", "bind",   "listen", "accept", "send", "recv",     "poll", "event"};

inline constexpr std::size_t kFrames = 20;    // the innermost that lie in the program itself
inline constexpr std::size_t kStacks = 4096;  // different ones
inline constexpr std::size_t kCalls = 200'000;

struct Stack {
  std::atomic<std::uint64_t> hash{0};  // of class and frames, the same in every run of one program
  std::atomic<std::uint32_t> calls{0};
  std::uint32_t frames = 0;
  std::uint64_t frame[kFrames] = {};  // return addresses, from where the program was loaded
};

struct Call {
  std::uint64_t hash = 0;
  std::uint32_t occurrence = 0;  // of this stack, from 1
  std::uint8_t call_class = 0;
};

struct Table {
  std::atomic<std::uint32_t> calls{0};
  std::atomic<std::uint32_t> injected{0};
  std::atomic<std::uint32_t> sectors_lost{0};
  std::atomic<std::uint32_t> lost_stacks{0};  // there was no room for
  Stack stacks[kStacks];
  Call log[kCalls];
};

}  // namespace tuixuan::sweep
