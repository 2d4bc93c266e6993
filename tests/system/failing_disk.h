// A disk that fails when the test says so, under a real program: a small library that is loaded before all others
// (failing_disk.cpp) and reads, in memory shared with the test, which calls on the ledger's files are to fail.
#pragma once

#include <atomic>

namespace tuixuan::kit {

struct DiskFaults {
  struct Fault {
    std::atomic<int> error{0};  // errno; 0: none
    std::atomic<long> skip{0};  // so many calls go well before
    std::atomic<long> left{0};  // then so many fail; -1: all
  };
  Fault sync;
  Fault write;
  Fault read;
  Fault unlock;
  Fault open;                                // for writing
  std::atomic<bool> hang_after_sync{false};  // once a sync has failed, writes do not come back: the machine dies there
};

class FailingDisk {
 public:
  FailingDisk();  // programs started from now on have it
  ~FailingDisk();
  FailingDisk(const FailingDisk&) = delete;
  FailingDisk& operator=(const FailingDisk&) = delete;
  DiskFaults& faults() { return *faults_; }
  void fail(DiskFaults::Fault& fault, int error, long times, long skip = 0);
  void heal();

 private:
  DiskFaults* faults_ = nullptr;
  int memory_ = -1;
};

}  // namespace tuixuan::kit
