// A dishonest mixer: the prover of crypto/proofs/shuffle.h with the witness and the output of one's choice.
#pragma once

#include <functional>

#include "crypto/protocol/mix.h"

namespace tuixuan::kit {

// Output i is input psi[i] encrypted anew, then changed by `spoil`; psi need not be a permutation. The commitments are
// to psi (made so that every generator is used once, whatever psi is), the rest as the protocol says.
protocol::MixRecord cheating_mix(const protocol::MixStatement&, std::span<const proofs::Row> input,
                                 const std::vector<std::size_t>& psi,
                                 const std::function<void(std::vector<proofs::Row>&)>& spoil);

}  // namespace tuixuan::kit
