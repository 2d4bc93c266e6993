#include "crypto/primitives/sign.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/primitives/random.h"

namespace tuixuan::primitives {

// y < 2^255 - 19, the sign bit aside.
static bool is_canonical(const VerifyKey& key) {
  ByteArray<32> y = key.bytes;
  y[31] &= 0x7f;
  if (y[31] != 0x7f || y[0] < 0xed) return true;
  return !std::all_of(y.begin() + 1, y.end() - 1, [](std::uint8_t b) { return b == 0xff; });
}

bool is_verify_key(const VerifyKey& key) {
  // libsodium refuses such keys inside verify and exports no function for it. Its conversion to X25519 makes the same
  // tests and one more (main subgroup), which every key that was made by key generation passes.
  ByteArray<32> unused;
  return is_canonical(key) && crypto_sign_ed25519_pk_to_curve25519(unused.data(), key.bytes.data()) == 0;
}

bool verify(const VerifyKey& key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

SigningKey SigningKey::random() {
  SecretBytes<kSeedSize> seed;
  fill_random(seed.fill());
  return SigningKey(seed.reveal());
}

SigningKey::SigningKey(std::span<const std::uint8_t, kSeedSize> seed) {
  start();
  crypto_sign_seed_keypair(public_.bytes.data(), secret_.fill().data(), seed.data());
}

Signature SigningKey::sign(ByteView message) const {
  Signature out;
  crypto_sign_detached(out.bytes.data(), nullptr, message.data(), message.size(), secret_.reveal().data());
  return out;
}

SecretBytes<SigningKey::kSeedSize> SigningKey::seed() const {
  return SecretBytes<kSeedSize>(secret_.reveal().first<kSeedSize>());
}

SigningKey SigningKey::copy() const { return SigningKey(seed().reveal()); }

}  // namespace tuixuan::primitives
