#include "crypto/primitives/seal.h"

#include <sodium.h>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/primitives/random.h"

namespace tuixuan::primitives {

static constexpr std::string_view kMagic = "TXSEAL1\n";
static constexpr std::size_t kSaltSize = crypto_pwhash_SALTBYTES;
static constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static constexpr std::size_t kKeySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
static_assert(kSaltSize == 16 && kNonceSize == 24);

static bool derive(SecretBytes<kKeySize>& key, ByteView passphrase, ByteView salt, const SealStrength& strength) {
  return crypto_pwhash(key.fill().data(), kKeySize, reinterpret_cast<const char*>(passphrase.data()), passphrase.size(),
                       salt.data(), strength.operations, strength.memory, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

Bytes seal(ByteView secret, ByteView passphrase, ByteView context, const SealStrength& strength) {
  start();
  ByteArray<kSaltSize> salt;
  ByteArray<kNonceSize> nonce;
  fill_random(salt);
  fill_random(nonce);
  SecretBytes<kKeySize> key;
  if (!derive(key, passphrase, salt, strength)) bug("not enough memory to derive a key from the passphrase");
  Bytes out =
      Writer().fixed(as_bytes(kMagic)).fixed(salt).u64(strength.operations).u64(strength.memory).fixed(nonce).take();
  const std::size_t head = out.size();
  out.resize(head + secret.size() + kTagSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + head, nullptr, secret.data(), secret.size(), context.data(),
                                             context.size(), nullptr, nonce.data(), key.reveal().data());
  return out;
}

Result<SecretBuffer> open_seal(ByteView sealed, ByteView passphrase, ByteView context) {
  start();
  Reader r(sealed, "sealed file", "seal.format");
  const ByteView magic = r.fixed(kMagic.size());
  if (!equal(magic, as_bytes(kMagic))) r.refuse("not a sealed file of this version");
  const auto salt = r.array<kSaltSize>();
  const SealStrength strength{r.u64(), r.u64()};
  const auto nonce = r.array<kNonceSize>();
  if (strength.operations < 1 || strength.operations > 16 || strength.memory < (8U << 10U) ||
      strength.memory > (1U << 30U))
    r.refuse("it asks for an unreasonable amount of work to open");
  // Argon2 counts in KiB: without this, 1023 other headers would open as well.
  if (strength.memory % 1024 != 0) r.refuse("its memory is not a whole number of KiB");
  if (r.left() < kTagSize) r.refuse("ends too early");
  const ByteView content = r.fixed(r.left());
  TUIXUAN_CHECK(r.finish());
  SecretBytes<kKeySize> key;
  if (!derive(key, passphrase, salt, strength)) return fail("seal.open", "not enough memory to derive the key");
  SecretBuffer out(content.size() - kTagSize);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.fill().data(), nullptr, nullptr, content.data(), content.size(),
                                                 context.data(), context.size(), nonce.data(),
                                                 key.reveal().data()) != 0)
    return fail("seal.open", "the passphrase is wrong, or the file is damaged or belongs elsewhere");
  return out;
}

}  // namespace tuixuan::primitives
