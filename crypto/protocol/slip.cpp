#include "crypto/protocol/slip.h"

#include "crypto/codes/base.h"
#include "crypto/primitives/random.h"
#include "crypto/proofs/transcript.h"

namespace tuixuan::protocol {

using primitives::SigningKey;

static constexpr std::string_view kPrefix = "TX1";
static constexpr std::size_t kSecretDigits = 26;
static constexpr std::size_t kCheckDigits = 2;

Hash64 draft_digest(ByteView scheme_file) { return proofs::Framed("draft").add(scheme_file).finish(); }

static std::string check_digits(ByteView secret) {
  const Sha256 digest = primitives::sha256_of_parts({as_bytes("tuixuan slip"), secret});
  return to_base32(digest.view()).substr(0, kCheckDigits);
}

Slip Slip::random() {
  Slip slip;
  primitives::fill_random(slip.secret_.fill());
  return slip;
}

std::string Slip::text() const {
  const std::string digits = to_base32(secret_.reveal()) + check_digits(secret_.reveal());
  std::string out(kPrefix);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i % 4 == 0) out += '-';
    out += digits[i];
  }
  return out;
}

Result<Slip> Slip::parse(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  const std::size_t expected = kPrefix.size() + kSecretDigits + kCheckDigits;
  if (plain.size() != expected || !plain.starts_with(kPrefix))
    return fail(code::plain::slip, "this is not a slip's code: it begins with TX1 and has 28 more letters and digits");
  const std::string_view digits = std::string_view(plain).substr(kPrefix.size());
  auto bytes = from_base32(digits.substr(0, kSecretDigits));
  if (!bytes || bytes->size() != kSecretSize)
    return fail(code::plain::slip, "a character is wrong; please look at the slip again");
  const bool right = check_digits(*bytes) == digits.substr(kSecretDigits);
  Slip slip;
  std::copy(bytes->begin(), bytes->end(), slip.secret_.fill().begin());
  primitives::wipe(*bytes);
  primitives::wipe({reinterpret_cast<std::uint8_t*>(plain.data()), plain.size()});
  if (!right) return fail(code::plain::slip, "a character is wrong; please look at the slip again");
  return slip;
}

SigningKey Slip::credential(const Hash64& congress, std::uint8_t round) const {
  Hash64 wide = proofs::Framed("cred").add(congress.view()).u64(round).add(secret_.reveal()).finish();
  SigningKey key{std::span<const std::uint8_t, 32>(wide.bytes.data(), 32)};
  primitives::wipe(wide.bytes);
  return key;
}

}  // namespace tuixuan::protocol
