#include "crypto/primitives/hash.h"

// OpenSSL's code for this processor is two to eight times as fast as libsodium's, which is for any. Its functions for
// one algorithm cost nothing but the hash; those that replace them allocate memory each time.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace tuixuan::primitives {

static_assert(sizeof(SHA256_CTX) <= 128 && alignof(SHA256_CTX) <= 16);
static_assert(sizeof(SHA512_CTX) <= 256 && alignof(SHA512_CTX) <= 16);

static auto* state256(std::array<std::uint8_t, 128>& s) { return reinterpret_cast<SHA256_CTX*>(s.data()); }
static auto* state512(std::array<std::uint8_t, 256>& s) { return reinterpret_cast<SHA512_CTX*>(s.data()); }

Sha256Stream::Sha256Stream() { SHA256_Init(state256(state_)); }
void Sha256Stream::add(ByteView data) { SHA256_Update(state256(state_), data.data(), data.size()); }
Sha256 Sha256Stream::finish() {
  Sha256 out;
  SHA256_Final(out.bytes.data(), state256(state_));
  return out;
}

Sha256 sha256(ByteView data) { return sha256_of_parts({data}); }
Sha256 sha256_of_parts(std::initializer_list<ByteView> parts) {
  Sha256Stream stream;
  for (const ByteView part : parts) stream.add(part);
  return stream.finish();
}

Sha512Stream::Sha512Stream() { SHA512_Init(state512(state_)); }
Sha512Stream::~Sha512Stream() { wipe(state_); }
void Sha512Stream::add(ByteView data) { SHA512_Update(state512(state_), data.data(), data.size()); }
Hash64 Sha512Stream::finish() {
  Hash64 out;
  SHA512_Final(out.bytes.data(), state512(state_));
  return out;
}

}  // namespace tuixuan::primitives
