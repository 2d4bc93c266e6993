// Compiles with clang as it is; with UNGUARDED it reads a member without its mutex and must not compile (mutex.h).
#include "crypto/base/mutex.h"

namespace {

class Counter {
 public:
  void add() {
    const tuixuan::Lock lock(mutex_);
    ++count_;
    wakes_.notify_all();
  }
  int wait_for_one() {
    const tuixuan::Lock lock(mutex_);
    while (count_ == 0) wakes_.wait(mutex_);
    return count_;
  }
#ifdef UNGUARDED
  int peek() const { return count_; }
#endif

 private:
  tuixuan::Mutex mutex_;
  tuixuan::Condition wakes_;
  int count_ TUIXUAN_GUARDED_BY(mutex_) = 0;
};

}  // namespace

int main() {
  Counter counter;
  counter.add();
  return counter.wait_for_one() - 1;
}
