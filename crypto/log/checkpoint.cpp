#include "crypto/log/checkpoint.h"

#include "crypto/codes/entries.h"
#include "crypto/log/lines.h"
#include "crypto/primitives/hash.h"

namespace tuixuan::log {

std::string format_checkpoint(const Checkpoint& checkpoint) {
  if (!is_key_name(checkpoint.origin) || checkpoint.size > kMaxSize) bug("a checkpoint without a valid origin or size");
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" + format_hash(checkpoint.root) + "\n";
}

Result<Checkpoint> parse_checkpoint_lines(std::string_view text) {
  Lines lines(text, code::log::checkpoint);
  Checkpoint out;
  TUIXUAN_TRY(origin, lines.next("origin"));
  if (!is_key_name(origin)) return fail(code::log::checkpoint, "the origin is empty, or holds a space or a plus");
  out.origin = origin;
  TUIXUAN_TRY(size_text, lines.next("size"));
  TUIXUAN_TRY(size, parse_decimal(size_text, kMaxSize, code::log::checkpoint, "the size"));
  out.size = size;
  TUIXUAN_TRY(root_text, lines.next("root"));
  TUIXUAN_TRY(root, parse_hash(root_text, code::log::checkpoint, "the root"));
  out.root = root;
  if (!lines.at_end()) return fail(code::log::checkpoint, "extension lines are not taken");
  return out;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  TUIXUAN_TRY(out, parse_checkpoint_lines(text));
  if (out.size == 0 && out.root != empty_root())
    return fail(code::log::checkpoint, "the root of size 0 is not that of the empty log");
  return std::move(out);
}

std::string fingerprint(const Checkpoint& checkpoint) {
  const Sha256 digest = primitives::sha256(as_bytes(format_checkpoint(checkpoint)));
  std::string out;
  for (std::size_t group = 0; group < 8; ++group) {
    std::uint32_t value = 0;
    for (std::size_t b = 0; b < 4; ++b) value = value << 8U | digest.bytes[4 * group + b];
    const std::string digits = std::to_string(value % 10000);
    if (group > 0) out += ' ';
    out += std::string(4 - digits.size(), '0') + digits;
  }
  return out;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const primitives::SigningKey& key) {
  const std::string text = format_checkpoint(checkpoint);
  return format_note({text, {sign_note(text, checkpoint.origin, key)}});
}

Result<OpenedCheckpoint> open_checkpoint(std::string_view bytes, const NoteKey& log) {
  TUIXUAN_TRY(note, parse_note(bytes));
  TUIXUAN_CHECK(verify_note(note, std::span(&log, 1)).map([](const auto&) {}));
  TUIXUAN_TRY(checkpoint, parse_checkpoint(note.text));
  if (checkpoint.origin != log.name)
    return fail(code::log::checkpoint, "the origin is " + checkpoint.origin + ", not " + log.name);
  return OpenedCheckpoint{std::move(checkpoint), std::move(note)};
}

}  // namespace tuixuan::log
