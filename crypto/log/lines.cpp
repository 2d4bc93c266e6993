#include "crypto/log/lines.h"

#include "crypto/primitives/base64.h"

namespace tuixuan::log {

Result<std::string_view> Lines::next(std::string_view what) {
  const std::size_t end = text_.find('\n');
  if (end == std::string_view::npos) return fail(check_, std::string(what) + ": no line that ends in a newline");
  const std::string_view line = text_.substr(0, end);
  text_.remove_prefix(end + 1);
  return line;
}

Result<std::uint64_t> parse_decimal(std::string_view text, std::uint64_t max, Code check, std::string_view what) {
  if (text.empty() || (text.size() > 1 && text[0] == '0'))
    return fail(check, std::string(what) + " is no decimal number without leading zeroes");
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return fail(check, std::string(what) + " is no decimal number");
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (max - digit) / 10) return fail(check, std::string(what) + " is over " + std::to_string(max));
    value = value * 10 + digit;
  }
  return value;
}

std::string format_hash(const Sha256& hash) { return primitives::to_base64(hash.bytes); }

Result<Sha256> parse_hash(std::string_view text, Code check, std::string_view what) {
  const auto bytes = primitives::from_base64(text.substr(0, 64));
  if (text.size() > 64 || !bytes || bytes->size() != Sha256::kSize)
    return fail(check, std::string(what) + " is not the base64 of 32 bytes");
  Sha256 hash;
  std::memcpy(hash.bytes.data(), bytes->data(), Sha256::kSize);
  return hash;
}

Result<Hashes> parse_hash_lines(Lines& lines, Code check) {
  Hashes out;
  while (true) {
    TUIXUAN_TRY(line, lines.next("proof"));
    if (line.empty()) return out;
    if (out.size() == kMaxProofHashes)
      return fail(check, "a proof of over " + std::to_string(kMaxProofHashes) + " hashes");
    TUIXUAN_TRY(hash, parse_hash(line, check, "hash " + std::to_string(out.size()) + " of the proof"));
    out.push_back(hash);
  }
}

}  // namespace tuixuan::log
