// The path for AVX-512 IFMA: eight lanes. Compiled for such a processor; nothing outside of this source may run its
// code but through the table, which engine.cpp gives only where the processor has it.
#include "crypto/batch/kernel.h"
#include "crypto/batch/paths.h"
#include "crypto/batch/word_ifma.h"

namespace tuixuan::batch {

constinit const Engine kIfmaPath = engine_of<Wide<Ifma>>("ifma");

}  // namespace tuixuan::batch
