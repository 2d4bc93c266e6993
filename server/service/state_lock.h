// The lock of the fold, which lets a writer in: glibc's shared lock prefers readers, and checks overlap without end
// when many ballots come, so a writer would wait for ever. Whoever wants in passes the turn first; a writer keeps it.
#pragma once

#include "crypto/base/mutex.h"

namespace tuixuan::service {

class TUIXUAN_THREAD_MARK(capability("shared mutex")) FoldMutex {
 public:
  void lock() TUIXUAN_ACQUIRE() TUIXUAN_UNCHECKED {
    turn_.lock();
    fold_.lock();
  }
  void unlock() TUIXUAN_RELEASE() TUIXUAN_UNCHECKED {
    fold_.unlock();
    turn_.unlock();
  }
  void lock_shared() TUIXUAN_ACQUIRE_SHARED() TUIXUAN_UNCHECKED {
    const Lock wait(turn_);
    fold_.lock_shared();
  }
  void unlock_shared() TUIXUAN_RELEASE_GENERIC() TUIXUAN_UNCHECKED { fold_.unlock_shared(); }

 private:
  Mutex turn_;
  SharedMutex fold_;
};

}  // namespace tuixuan::service
