#include "tests/sweep/shim/fault.h"

#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace tuixuan::sweep {
namespace {

Table* table = nullptr;
std::vector<std::string> folders;
std::uint64_t base = 0;
std::uint64_t text_from = 0;
std::uint64_t text_to = 0;
std::uint64_t fault_hash = 0;
std::uint32_t fault_occurrence = 0;
enum class Action { none, fail, short_count, kill, power } action = Action::none;
int fault_errno = 0;
unsigned seed = 1;
thread_local int inside = 0;

constexpr int kMostFds = 4096;
std::atomic<Kind> kinds[kMostFds];

}  // namespace

Kind kind_of(int fd) { return fd >= 0 && fd < kMostFds ? kinds[fd].load() : Kind::other; }
void set_kind(int fd, Kind kind) {
  if (fd >= 0 && fd < kMostFds) kinds[fd] = kind;
}

bool ours(const char* path) {
  if (table == nullptr || path == nullptr) return false;
  for (const std::string& f : folders)
    if (std::strncmp(path, f.c_str(), f.size()) == 0) return true;
  return false;
}

namespace {

// What was written and not yet synced: as it was before, by file.
struct Written {
  off_t at = 0;
  std::string before;  // shorter where the file ended
  std::size_t length = 0;
};
struct Unsynced {
  int fd = -1;  // a descriptor of our own
  std::vector<Written> writes;
};
std::mutex disk;
std::map<std::pair<dev_t, ino_t>, Unsynced> unsynced;
bool keeps_sectors() { return action == Action::power; }

void note_write(int fd, off_t at, std::size_t length) {
  struct stat s {};
  if (::fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) return;
  Unsynced& u = unsynced[{s.st_dev, s.st_ino}];
  if (u.fd < 0) {
    char self[64];
    std::snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    u.fd = next<int(const char*, int, ...)>("open")(self, O_RDWR | O_CLOEXEC);
  }
  Written w{at, std::string(length, '\0'), length};
  const ssize_t n = next<ssize_t(int, void*, std::size_t, off_t)>("pread")(u.fd, w.before.data(), length, at);
  w.before.resize(n > 0 ? static_cast<std::size_t>(n) : 0);
  u.writes.push_back(std::move(w));
}
void note_sync(int fd) {
  struct stat s {};
  if (::fstat(fd, &s) != 0) return;
  const auto it = unsynced.find({s.st_dev, s.st_ino});
  if (it == unsynced.end()) return;
  next<int(int)>("close")(it->second.fd);
  unsynced.erase(it);
}
void lose_sectors() {
  std::mt19937 random(seed);
  constexpr off_t kSector = 512;
  for (auto& [file, u] : unsynced) {
    for (auto w = u.writes.rbegin(); w != u.writes.rend(); ++w) {
      const off_t end = w->at + static_cast<off_t>(w->length);
      for (off_t at = w->at; at < end;) {
        const off_t to = std::min(end, (at / kSector + 1) * kSector);
        if (random() % 2 == 0) {
          std::string old(static_cast<std::size_t>(to - at), '\0');  // a hole where the file ended
          const auto from = static_cast<std::size_t>(at - w->at);
          if (from < w->before.size())
            std::memcpy(old.data(), w->before.data() + from, std::min(old.size(), w->before.size() - from));
          next<ssize_t(int, const void*, std::size_t, off_t)>("pwrite")(u.fd, old.data(), old.size(), at);
          ++table->sectors_lost;
        }
        at = to;
      }
    }
  }
}

std::uint64_t mix(std::uint64_t h, std::uint64_t v) {
  h ^= v + 0x9e3779b97f4a7c15ULL + (h << 6U) + (h >> 2U);
  return h * 0xff51afd7ed558ccdULL;
}

// Counts the call; the action, if this is the one.
Action reached(Class c) {
  if (table == nullptr || inside > 0) return Action::none;
  ++inside;
  void* addresses[96];
  const int n = ::backtrace(addresses, 96);
  Stack found;
  std::uint64_t hash = mix(1, static_cast<std::uint64_t>(c) + 1);
  for (int i = 0; i < n && found.frames < kFrames; ++i) {
    const auto a = reinterpret_cast<std::uint64_t>(addresses[i]);
    if (a < text_from || a >= text_to) continue;
    found.frame[found.frames++] = a - base;
    hash = mix(hash, a - base);
  }
  std::uint32_t occurrence = 0;
  std::size_t at = hash % kStacks;
  for (std::size_t tries = 0; tries < kStacks; ++tries, at = (at + 1) % kStacks) {
    Stack& s = table->stacks[at];
    std::uint64_t empty = 0;
    if (s.hash.compare_exchange_strong(empty, hash)) {
      s.frames = found.frames;
      std::memcpy(s.frame, found.frame, sizeof s.frame);
    } else if (empty != hash) {
      continue;
    }
    occurrence = ++s.calls;
    break;
  }
  if (occurrence == 0) ++table->lost_stacks;
  const std::uint32_t call = table->calls++;
  if (call < kCalls) table->log[call] = {hash, occurrence, static_cast<std::uint8_t>(c)};
  --inside;
  if (action == Action::none || hash != fault_hash || occurrence != fault_occurrence) return Action::none;
  ++table->injected;
  if (action == Action::power) {
    const std::lock_guard lock(disk);
    lose_sectors();
    ::kill(::getpid(), SIGKILL);
  }
  if (action == Action::kill) ::kill(::getpid(), SIGKILL);
  return action;
}

}  // namespace

bool fails(Class c) {
  if (reached(c) != Action::fail) return false;
  errno = fault_errno;
  return true;
}
ssize_t allowed(Class c, std::size_t wanted) {
  const Action a = reached(c);
  if (a == Action::fail) {
    errno = fault_errno;
    return -1;
  }
  return static_cast<ssize_t>(a == Action::short_count && wanted > 1 ? wanted / 2 : wanted);
}

Own::Own() { ++inside; }
Own::~Own() { --inside; }

Disk Disk::write(int fd, off_t at, std::size_t length) {
  Disk out;
  if (!keeps_sectors() || inside > 0) return out;
  out.lock_ = std::unique_lock(disk);
  const Own own;
  if (at < 0) at = ::lseek(fd, 0, (::fcntl(fd, F_GETFL) & O_APPEND) != 0 ? SEEK_END : SEEK_CUR);
  note_write(fd, at, length);
  return out;
}

Disk Disk::sync(int fd) {
  Disk out;
  if (!keeps_sectors()) return out;
  out.lock_ = std::unique_lock(disk);
  const Own own;
  note_sync(fd);
  return out;
}

namespace {

int program_text(dl_phdr_info* info, std::size_t, void*) {
  base = info->dlpi_addr;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& p = info->dlpi_phdr[i];
    if (p.p_type != PT_LOAD || (p.p_flags & PF_X) == 0) continue;
    text_from = base + p.p_vaddr;
    text_to = text_from + p.p_memsz;
  }
  return 1;  // the first is the program
}

void begin() {
  const char* file = std::getenv("SWEEP_TABLE");
  const char* under = std::getenv("SWEEP_UNDER");
  if (file == nullptr || under == nullptr) return;
  void* warm[4];
  ::backtrace(warm, 4);  // loads what it needs
  ::dl_iterate_phdr(program_text, nullptr);
  const std::string all = under;
  for (std::size_t from = 0; from < all.size();) {
    const std::size_t to = std::min(all.find(':', from), all.size());
    folders.push_back(all.substr(from, to - from));
    from = to + 1;
  }
  if (const char* fault = std::getenv("SWEEP_FAULT")) {
    char what[32] = {};
    unsigned long long hash = 0;
    if (std::sscanf(fault, "%llx:%u:%31s", &hash, &fault_occurrence, what) == 3) {
      fault_hash = hash;
      const std::string word = what;
      fault_errno = std::atoi(what);
      action = word == "short"   ? Action::short_count
               : word == "kill"  ? Action::kill
               : word == "power" ? Action::power
                                 : Action::fail;
    }
  }
  if (const char* s = std::getenv("SWEEP_SEED")) seed = static_cast<unsigned>(std::atoi(s));
  const int fd = next<int(const char*, int, ...)>("open")(file, O_RDWR | O_CLOEXEC);
  void* memory = next<decltype(::mmap)>("mmap")(nullptr, sizeof(Table), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  next<int(int)>("close")(fd);
  ::unsetenv("LD_PRELOAD");  // programs that it starts are not counted
  if (memory != MAP_FAILED) table = static_cast<Table*>(memory);
}

[[maybe_unused]] const bool kBegun = (begin(), true);

}  // namespace
}  // namespace tuixuan::sweep
