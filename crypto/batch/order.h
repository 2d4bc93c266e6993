// Whether points of edwards25519 are of the subgroup of prime order l (not of small order, no torsion part), for many
// at once: 128 sums of random subsets are each shown to be of it. A point outside leaves every sum outside with
// probability at least 1/2, whatever the others are, so that one is overlooked with probability 2^-128 at most.
#pragma once

#include "crypto/batch/engine.h"
#include "crypto/primitives/sign.h"

namespace tuixuan::batch {

bool all_of_prime_order(std::span<const Coordinates* const> points, unsigned threads);
// True: each of them is what primitives::is_verify_key() takes. False: not sure.
bool all_verify_keys(std::span<const primitives::VerifyKey> keys, unsigned threads);

}  // namespace tuixuan::batch
