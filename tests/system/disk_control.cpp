// The test's side of failing_disk.h.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>
#include <new>
#include <string>

#include "tests/system/failing_disk.h"

namespace tuixuan::kit {

FailingDisk::FailingDisk() {
  const int low = ::memfd_create("disk", 0);
  memory_ = ::fcntl(low, F_DUPFD, 200);  // inherited by the programs that are started, out of the way of their own
  ::close(low);
  if (memory_ < 0 || ::ftruncate(memory_, sizeof(DiskFaults)) != 0) std::abort();
  void* at = ::mmap(nullptr, sizeof(DiskFaults), PROT_READ | PROT_WRITE, MAP_SHARED, memory_, 0);
  if (at == MAP_FAILED) std::abort();
  faults_ = new (at) DiskFaults();
  ::setenv("TUIXUAN_TEST_DISK", std::to_string(memory_).c_str(), 1);
  ::setenv("LD_PRELOAD", TUIXUAN_FAILING_DISK, 1);
}

FailingDisk::~FailingDisk() {
  ::unsetenv("LD_PRELOAD");
  ::unsetenv("TUIXUAN_TEST_DISK");
  ::munmap(faults_, sizeof(DiskFaults));
  ::close(memory_);
}

void FailingDisk::fail(DiskFaults::Fault& fault, int error, long times, long skip) {
  fault.skip = skip;
  fault.left = times;
  fault.error = error;
}

void FailingDisk::heal() {
  for (DiskFaults::Fault* f : {&faults_->sync, &faults_->write, &faults_->read, &faults_->unlock, &faults_->open})
    f->error = 0;
  faults_->hang_after_sync = false;
}

}  // namespace tuixuan::kit
