#define TUIXUAN_EMULATE_IFMA
#include "tests/crypto/emulated_path.h"

#include "crypto/batch/kernel.h"
#include "crypto/batch/word_ifma.h"

namespace tuixuan::batch {

constinit const Engine kEmulatedPath = engine_of<Wide<Ifma>>("emulated");

}  // namespace tuixuan::batch
