#include "tally/client/key_code.h"

#include "crypto/codes/client.h"
#include "crypto/primitives/hash.h"
#include "hardware/devices/devices.h"

namespace tuixuan::client {

static constexpr std::size_t kSealedSeed = 8 + 16 + 8 + 8 + 24 + primitives::SigningKey::kSeedSize + 16;  // seal.h
static constexpr std::size_t kDigits = (kSealedSeed * 8 + 4) / 5;
static constexpr std::size_t kCheckDigits = 4;
static constexpr std::size_t kSize = kKeyCodePrefix.size() + kDigits + kCheckDigits;
static_assert(kSize <= devices::Scanner::kMaxCode);

static std::string check_digits(ByteView sealed) {
  return to_base32(primitives::sha256_of_parts({as_bytes("tuixuan key code"), sealed}).view()).substr(0, kCheckDigits);
}

Result<std::string> key_code(ByteView sealed) {
  if (sealed.size() != kSealedSeed)
    return fail(code::key::code, "this file holds no signing key of a role; only such a key fits a code");
  return std::string(kKeyCodePrefix) + to_base32(sealed) + check_digits(sealed);
}

static std::string in_capitals(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

Result<Bytes> parse_key_code(std::string_view text) {
  const std::string code = in_capitals(text.substr(0, kSize + 1));
  if (!code.starts_with(kKeyCodePrefix)) return fail(code::key::code, "this is not the code of a key card");
  if (code.size() != kSize) return fail(code::key::damaged, "the code was not read whole; please scan it again");
  auto sealed = from_base32(std::string_view(code).substr(kKeyCodePrefix.size(), kDigits));
  if (!sealed || check_digits(*sealed) != std::string_view(code).substr(kSize - kCheckDigits))
    return fail(code::key::damaged, "a letter was read wrongly; please scan it again");
  return std::move(*sealed);
}

}  // namespace tuixuan::client
