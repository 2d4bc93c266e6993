// Keyed BLAKE2b-256: by it a machine knows again what it has kept for itself.
#pragma once

#include "crypto/primitives/secret.h"

namespace tuixuan::primitives {

using MacKey = SecretBytes<32>;

ByteArray<32> mac(const MacKey& key, std::initializer_list<ByteView> parts);  // of the parts joined

}  // namespace tuixuan::primitives
