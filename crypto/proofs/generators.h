// gen(i) = from_hash(H("gen", u64(i))): h_0 starts the commitment chain of a shuffle, h_1, h_2, ... commit to
// permutations. Nobody knows a logarithm between them. They depend on no election; a verifier derives them and never
// reads them.
#pragma once

#include <memory>

#include <vector>

#include "crypto/primitives/point.h"

namespace tuixuan::proofs {

primitives::Point generator(std::uint64_t i);
// h_0 .. h_n (n + 1 points), kept for the life of the process; safe from several threads.
std::shared_ptr<const std::vector<primitives::Point>> generators(std::size_t n, unsigned threads);

// The same for sums: as coordinates, which cost a fraction.
std::shared_ptr<const std::vector<primitives::Coordinates>> generator_elements(std::size_t n, unsigned threads);

}  // namespace tuixuan::proofs
