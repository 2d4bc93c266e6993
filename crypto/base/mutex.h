// Locks that the compiler checks: which mutex guards a member stands at the member (TUIXUAN_GUARDED_BY), which must be
// held stands at the function (TUIXUAN_REQUIRES), and clang refuses every access without it (-Wthread-safety, an error
// in the sanitized build). The wrappers are those of the standard library, which carries no such marks.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

#if defined(__clang__)
#define TUIXUAN_THREAD_MARK(x) __attribute__((x))
#else
#define TUIXUAN_THREAD_MARK(x)
#endif
#define TUIXUAN_GUARDED_BY(mutex) TUIXUAN_THREAD_MARK(guarded_by(mutex))
#define TUIXUAN_PT_GUARDED_BY(mutex) TUIXUAN_THREAD_MARK(pt_guarded_by(mutex))
#define TUIXUAN_REQUIRES(...) TUIXUAN_THREAD_MARK(requires_capability(__VA_ARGS__))
#define TUIXUAN_REQUIRES_SHARED(...) TUIXUAN_THREAD_MARK(requires_shared_capability(__VA_ARGS__))
#define TUIXUAN_EXCLUDES(...) TUIXUAN_THREAD_MARK(locks_excluded(__VA_ARGS__))
#define TUIXUAN_ACQUIRE(...) TUIXUAN_THREAD_MARK(acquire_capability(__VA_ARGS__))
#define TUIXUAN_ACQUIRE_SHARED(...) TUIXUAN_THREAD_MARK(acquire_shared_capability(__VA_ARGS__))
#define TUIXUAN_RELEASE(...) TUIXUAN_THREAD_MARK(release_capability(__VA_ARGS__))
#define TUIXUAN_RELEASE_GENERIC(...) TUIXUAN_THREAD_MARK(release_generic_capability(__VA_ARGS__))
#define TUIXUAN_UNCHECKED TUIXUAN_THREAD_MARK(no_thread_safety_analysis)

namespace tuixuan {

class TUIXUAN_THREAD_MARK(capability("mutex")) Mutex {
 public:
  void lock() TUIXUAN_ACQUIRE() { mutex_.lock(); }
  void unlock() TUIXUAN_RELEASE() { mutex_.unlock(); }

 private:
  friend class Condition;
  std::mutex mutex_;
};

class TUIXUAN_THREAD_MARK(capability("shared mutex")) SharedMutex {
 public:
  void lock() TUIXUAN_ACQUIRE() { mutex_.lock(); }
  void unlock() TUIXUAN_RELEASE() { mutex_.unlock(); }
  void lock_shared() TUIXUAN_ACQUIRE_SHARED() { mutex_.lock_shared(); }
  void unlock_shared() TUIXUAN_RELEASE_GENERIC() { mutex_.unlock_shared(); }

 private:
  std::shared_mutex mutex_;
};

// Held to the end of its block.
template <class M>
class TUIXUAN_THREAD_MARK(scoped_lockable) Lock {
 public:
  explicit Lock(M& mutex) TUIXUAN_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
  ~Lock() TUIXUAN_RELEASE() { mutex_.unlock(); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  M& mutex_;
};

template <class M>
class TUIXUAN_THREAD_MARK(scoped_lockable) SharedLock {
 public:
  explicit SharedLock(M& mutex) TUIXUAN_ACQUIRE_SHARED(mutex) : mutex_(mutex) { mutex_.lock_shared(); }
  ~SharedLock() TUIXUAN_RELEASE_GENERIC() { mutex_.unlock_shared(); }
  SharedLock(const SharedLock&) = delete;
  SharedLock& operator=(const SharedLock&) = delete;

 private:
  M& mutex_;
};

// Waiting with a mutex that is held, which is let go meanwhile. Wakes may be for nothing: wait in a loop over what is
// waited for.
class Condition {
 public:
  void wait(Mutex& held) TUIXUAN_REQUIRES(held) {
    std::unique_lock<std::mutex> lock(held.mutex_, std::adopt_lock);
    wakes_.wait(lock);
    static_cast<void>(lock.release());
  }
  // False when the time has come.
  template <class Time>
  bool wait_until(Mutex& held, const Time& time) TUIXUAN_REQUIRES(held) {
    std::unique_lock<std::mutex> lock(held.mutex_, std::adopt_lock);
    const auto woke = wakes_.wait_until(lock, time);
    static_cast<void>(lock.release());
    return woke == std::cv_status::no_timeout;
  }
  void notify_one() { wakes_.notify_one(); }
  void notify_all() { wakes_.notify_all(); }

 private:
  std::condition_variable wakes_;
};

}  // namespace tuixuan
