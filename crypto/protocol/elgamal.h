// ElGamal over rows of w points (crypto/README.md, "Sealing"): (r_j G, M_j + r_j Y), each r_j fresh.
#pragma once

#include "crypto/proofs/shuffle.h"

namespace tuixuan::protocol {

using proofs::Ciphertext;
using proofs::Row;

Row encrypt_with(const primitives::Point& Y, std::span<const primitives::SecretPoint> messages,
                 std::span<const primitives::SecretScalar> r);

}  // namespace tuixuan::protocol
