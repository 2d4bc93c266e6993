// The weights of a merged check: independent, uniform, of 128 bits, drawn after everything that is checked is fixed.
// One for each equation, never powers of one weight: a wrong equation is then overlooked with probability 2^-128,
// whatever else is in the batch. In a source of its own, so that a test can show that the checks rest on it.
#pragma once

#include <vector>

#include "crypto/primitives/scalar.h"

namespace tuixuan::batch {

std::vector<primitives::Scalar> draw_weights(std::size_t n);

}  // namespace tuixuan::batch
