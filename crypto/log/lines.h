// The small pieces of the log's text formats, each with exactly one spelling: lines, decimal numbers, base64 hashes.
// For the sources of this room. Errors carry the check that the caller names.
#pragma once

#include "crypto/log/merkle.h"

namespace tuixuan::log {

// Takes lines off the front of a text; every line must end in a newline.
class Lines {
 public:
  Lines(std::string_view text, Code check) : text_(text), check_(check) {}
  [[nodiscard]] Result<std::string_view> next(std::string_view what);  // without its newline
  bool at_end() const { return text_.empty(); }
  std::string_view rest() const { return text_; }

 private:
  std::string_view text_;
  Code check_;
};

// Digits without leading zeroes, at most max.
[[nodiscard]] Result<std::uint64_t> parse_decimal(std::string_view text, std::uint64_t max, Code check,
                                                  std::string_view what);
std::string format_hash(const Sha256& hash);
[[nodiscard]] Result<Sha256> parse_hash(std::string_view text, Code check, std::string_view what);
// Hash lines up to the empty line that ends them, at most kMaxProofHashes.
[[nodiscard]] Result<Hashes> parse_hash_lines(Lines& lines, Code check);

}  // namespace tuixuan::log
