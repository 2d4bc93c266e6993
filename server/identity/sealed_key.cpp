#include "server/identity/sealed_key.h"

#include <algorithm>

#include "crypto/base/writer.h"
#include "crypto/codes/server.h"
#include "crypto/primitives/base64.h"

namespace tuixuan::identity {

using primitives::SecretBuffer;

static constexpr std::string_view kFormat = "tuixuan-sealed-log-key/1";
static constexpr std::size_t kKeyHex = 64;

static std::string context_of(const std::string& vkey, const primitives::VerifyKey& a, const primitives::VerifyKey& b) {
  return "tuixuan-log-key/1 " + vkey + " " + a.hex() + " " + b.hex();
}

static SecretBuffer together(const Supervisor& a, const Supervisor& b) {
  SecretBuffer out(a.passphrase.size() + b.passphrase.size() + 8);
  std::size_t at = 0;
  for (const SecretBuffer* part : {&a.passphrase, &b.passphrase}) {
    for (unsigned i = 0; i < 4; ++i) out.fill()[at++] = static_cast<std::uint8_t>(part->size() >> (8 * i));
    std::copy(part->reveal().begin(), part->reveal().end(), out.fill().begin() + static_cast<std::ptrdiff_t>(at));
    at += part->size();
  }
  return out;
}

Result<std::string> seal_log_key(const primitives::SigningKey& log_key, const std::string& origin,
                                 std::span<const Supervisor> supervisors, const primitives::SealStrength& strength) {
  const std::string vkey = log::format_vkey({origin, log::KeyType::kEd25519, log_key.verify_key()});
  std::vector<const Supervisor*> order;
  for (const Supervisor& s : supervisors) order.push_back(&s);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
  for (std::size_t i = 1; i < order.size(); ++i)
    if (order[i - 1]->key == order[i]->key) return fail(code::sealed::pair, "one supervisor's key is given twice");
  if (order.size() < 2)
    return fail(code::sealed::pair, "the log's key is sealed under two or more supervisors' passphrases");
  std::string out = std::string(kFormat) + "\n" + vkey + "\n";
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const SecretBuffer both = together(*order[i], *order[j]);
      const std::string context = context_of(vkey, order[i]->key, order[j]->key);
      TUIXUAN_TRY(sealed, primitives::seal(log_key.seed().reveal(), both.reveal(), as_bytes(context), strength));
      out += order[i]->key.hex() + " " + order[j]->key.hex() + " " + primitives::to_base64(sealed) + "\n";
    }
  return out;
}

// The next line without its newline; false at the end, or where a line has no newline.
static bool next_line(std::string_view& text, std::string_view& line) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return true;
}

static Result<log::NoteKey> read_head(std::string_view& text) {
  std::string_view format;
  std::string_view vkey;
  if (text.size() > kMaxSealedKeySize || !next_line(text, format) || format != kFormat || !next_line(text, vkey))
    return fail(code::sealed::form, "this is no sealed copy of a log's key");
  return log::parse_vkey(vkey);
}

Result<log::NoteKey> sealed_log_key_of(std::string_view file) { return read_head(file); }

Result<primitives::SigningKey> open_log_key(std::string_view file, const Supervisor& one, const Supervisor& other) {
  TUIXUAN_TRY(key, read_head(file));
  const Supervisor& first = one.key < other.key ? one : other;
  const Supervisor& second = one.key < other.key ? other : one;
  const std::string pair = first.key.hex() + " " + second.key.hex() + " ";
  for (std::string_view line; next_line(file, line);) {
    if (!line.starts_with(pair)) continue;
    TUIXUAN_TRY(sealed, primitives::from_base64(line.substr(2 * kKeyHex + 2)));
    const SecretBuffer both = together(first, second);
    const std::string context = context_of(log::format_vkey(key), first.key, second.key);
    TUIXUAN_TRY(seed, primitives::open_seal(sealed, both.reveal(), as_bytes(context)));
    if (seed.size() != primitives::SigningKey::kSeedSize)
      return fail(code::sealed::form, "the sealed copy holds no key");
    primitives::SigningKey out(seed.reveal().first<primitives::SigningKey::kSeedSize>());
    if (out.verify_key() != key.key) return fail(code::sealed::form, "the sealed copy is of another key than it says");
    return out;
  }
  return fail(code::sealed::pair, "the log's key is not sealed for these two supervisors");
}

}  // namespace tuixuan::identity
