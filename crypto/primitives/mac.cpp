#include "crypto/primitives/mac.h"

#include <sodium.h>

#include "crypto/primitives/random.h"

namespace tuixuan::primitives {

ByteArray<32> mac(const MacKey& key, std::initializer_list<ByteView> parts) {
  start();
  ByteArray<32> out;
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.reveal().data(), MacKey::kSize, out.size());
  for (const ByteView part : parts) crypto_generichash_update(&state, part.data(), part.size());
  crypto_generichash_final(&state, out.data(), out.size());
  wipe({reinterpret_cast<std::uint8_t*>(&state), sizeof state});
  return out;
}

}  // namespace tuixuan::primitives
