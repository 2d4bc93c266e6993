// The tables of the paths, one of each source path_*.cpp.
#pragma once

#include "crypto/batch/engine.h"

namespace tuixuan::batch {

extern const Engine kPlainPath;
#if defined(__x86_64__)
extern const Engine kAvx2Path;
extern const Engine kIfmaPath;
#endif

}  // namespace tuixuan::batch
