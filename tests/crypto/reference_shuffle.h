// The prover of a shuffle by libsodium alone, step by step as crypto/README.md has it ("Mixing"): what that of
// crypto/proofs must give for the same draws.
#pragma once

#include "crypto/proofs/shuffle.h"

namespace tuixuan::proofs {

// Draws in the order of shuffle() on one thread.
Shuffled reference_shuffle(const ShuffleStatement& statement);

}  // namespace tuixuan::proofs
