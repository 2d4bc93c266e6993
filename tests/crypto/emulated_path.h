// The path of word_ifma.h on an emulated product of 52 bits, so that it is tested on every machine.
#pragma once

#include "crypto/batch/engine.h"

namespace tuixuan::batch {

extern const Engine kEmulatedPath;

}  // namespace tuixuan::batch
