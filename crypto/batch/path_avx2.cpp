// The path for AVX2 with FMA: four lanes. Compiled for such a processor; nothing outside of this source may run its
// code but through the table, which engine.cpp gives only where the processor has it.
#include "crypto/batch/kernel.h"
#include "crypto/batch/paths.h"
#include "crypto/batch/word_avx2.h"

namespace tuixuan::batch {

constinit const Engine kAvx2Path = engine_of<Wide<Avx2>>("avx2");

}  // namespace tuixuan::batch
