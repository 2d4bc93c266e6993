#include "crypto/primitives/core_files.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace tuixuan::primitives {

void forbid_core_files() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace tuixuan::primitives
