// Locks of the fold that let a writer in: glibc's shared lock prefers readers, and checks overlap without end when many
// ballots come, so a writer would wait for ever. Whoever wants in passes the turn first; a writer keeps it.
#pragma once

#include <mutex>
#include <shared_mutex>

namespace tuixuan::service {

class ReadLock {
 public:
  ReadLock(std::mutex& turn, std::shared_mutex& state) : lock_(state, std::defer_lock) {
    const std::scoped_lock wait(turn);
    lock_.lock();
  }

 private:
  std::shared_lock<std::shared_mutex> lock_;
};

class WriteLock {
 public:
  WriteLock(std::mutex& turn, std::shared_mutex& state) : turn_(turn), lock_(state) {}

 private:
  std::scoped_lock<std::mutex> turn_;
  std::unique_lock<std::shared_mutex> lock_;
};

}  // namespace tuixuan::service
