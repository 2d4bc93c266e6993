#include "crypto/primitives/seal.h"

#include <sodium.h>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/base.h"
#include "crypto/primitives/random.h"

namespace tuixuan::primitives {

static constexpr std::string_view kMagic = "TXSEAL1\n";
static constexpr std::size_t kSaltSize = crypto_pwhash_SALTBYTES;
static constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static constexpr std::size_t kKeySize = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
static_assert(kSaltSize == 16 && kNonceSize == 24);

static Result<SecretBytes<kKeySize>> derive(ByteView passphrase, ByteView salt, const SealStrength& strength) {
  SecretBytes<kKeySize> key;
  if (crypto_pwhash(key.fill().data(), kKeySize, reinterpret_cast<const char*>(passphrase.data()), passphrase.size(),
                    salt.data(), strength.operations, strength.memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(code::seal::memory, "the passphrase needs " + std::to_string(strength.memory >> 20U) +
                                        " MiB of free memory, and they are not there: close other programs");
  return key;
}

Result<Bytes> seal(ByteView secret, ByteView passphrase, ByteView context, const SealStrength& strength) {
  start();
  ByteArray<kSaltSize> salt;
  ByteArray<kNonceSize> nonce;
  fill_random(salt);
  fill_random(nonce);
  TUIXUAN_TRY(key, derive(passphrase, salt, strength));
  Bytes out =
      Writer().fixed(as_bytes(kMagic)).fixed(salt).u64(strength.operations).u64(strength.memory).fixed(nonce).take();
  const std::size_t head = out.size();
  out.resize(head + secret.size() + kTagSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + head, nullptr, secret.data(), secret.size(), context.data(),
                                             context.size(), nullptr, nonce.data(), key.reveal().data());
  return out;
}

struct Sealed {
  ByteArray<kSaltSize> salt{};
  SealStrength strength{};
  ByteArray<kNonceSize> nonce{};
  ByteView content;  // ciphertext and tag
};

static Result<Sealed> read_sealed(ByteView file) {
  Reader r(file, "sealed file", code::seal::format);
  const ByteView magic = r.fixed(kMagic.size());
  if (!equal(magic, as_bytes(kMagic))) r.refuse("not a sealed file of this version");
  Sealed out;
  out.salt = r.array<kSaltSize>();
  const SealStrength strength{r.u64(), r.u64()};
  out.strength = strength;
  out.nonce = r.array<kNonceSize>();
  if (strength.operations < 1 || strength.operations > 16 || strength.memory < (8U << 10U) ||
      strength.memory > (1U << 30U))
    r.refuse("it asks for an unreasonable amount of work to open");
  // Argon2 counts in KiB: without this, 1023 other headers would open as well.
  if (strength.memory % 1024 != 0) r.refuse("its memory is not a whole number of KiB");
  if (r.left() < kTagSize) r.refuse("ends too early");
  out.content = r.fixed(r.left());
  TUIXUAN_CHECK(r.finish());
  return out;
}

Result<SealStrength> strength_of(ByteView sealed) {
  return read_sealed(sealed).map([](const Sealed& file) { return file.strength; });
}

Result<SecretBuffer> open_seal(ByteView sealed, ByteView passphrase, ByteView context) {
  start();
  TUIXUAN_TRY(file, read_sealed(sealed));
  TUIXUAN_TRY(key, derive(passphrase, file.salt, file.strength));
  SecretBuffer out(file.content.size() - kTagSize);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.fill().data(), nullptr, nullptr, file.content.data(),
                                                 file.content.size(), context.data(), context.size(), file.nonce.data(),
                                                 key.reveal().data()) != 0)
    return fail(code::seal::open, "the passphrase is wrong, or the file is damaged or belongs elsewhere");
  return out;
}

}  // namespace tuixuan::primitives
