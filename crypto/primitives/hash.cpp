#include "crypto/primitives/hash.h"

#include <sodium.h>

namespace tuixuan::primitives {

static_assert(sizeof(crypto_hash_sha256_state) <= 128 && alignof(crypto_hash_sha256_state) <= 16);
static_assert(sizeof(crypto_hash_sha512_state) <= 256 && alignof(crypto_hash_sha512_state) <= 16);

static auto* state256(std::array<std::uint8_t, 128>& s) {
  return reinterpret_cast<crypto_hash_sha256_state*>(s.data());
}
static auto* state512(std::array<std::uint8_t, 256>& s) {
  return reinterpret_cast<crypto_hash_sha512_state*>(s.data());
}

Sha256Stream::Sha256Stream() { crypto_hash_sha256_init(state256(state_)); }
void Sha256Stream::add(ByteView data) { crypto_hash_sha256_update(state256(state_), data.data(), data.size()); }
Sha256 Sha256Stream::finish() {
  Sha256 out;
  crypto_hash_sha256_final(state256(state_), out.bytes.data());
  return out;
}

Sha256 sha256(ByteView data) { return sha256_of_parts({data}); }
Sha256 sha256_of_parts(std::initializer_list<ByteView> parts) {
  Sha256Stream stream;
  for (const ByteView part : parts) stream.add(part);
  return stream.finish();
}

Sha512Stream::Sha512Stream() { crypto_hash_sha512_init(state512(state_)); }
Sha512Stream::~Sha512Stream() { wipe(state_); }
void Sha512Stream::add(ByteView data) { crypto_hash_sha512_update(state512(state_), data.data(), data.size()); }
Hash64 Sha512Stream::finish() {
  Hash64 out;
  crypto_hash_sha512_final(state512(state_), out.bytes.data());
  return out;
}

}  // namespace tuixuan::primitives
