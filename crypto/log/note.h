// Signed notes (c2sp.org/signed-note): a text, an empty line, and lines "— <key name> <base64(key id, signature)>".
// Parsing is strict, so that a note has one spelling: UTF-8, no control characters, canonical base64, a final newline.
// A signature by an unknown key is ignored, a bad one by a known key refuses the whole note, and so does the lack of a
// good one. Key types: 0x01 Ed25519 over the text (logs), 0x04 cosignature/v1 (witnesses). Errors: "log.note",
// "log.vkey".
#pragma once

#include "crypto/primitives/sign.h"

namespace tuixuan::log {

inline constexpr std::size_t kMaxNoteSize = 65536;
inline constexpr std::size_t kMaxNoteSignatures = 100;

enum class KeyType : std::uint8_t { kEd25519 = 0x01, kCosignature = 0x04 };

// A name is UTF-8, not empty, without space, plus or control characters; at most 255 bytes.
bool is_key_name(std::string_view name);

// A public key under a name, as people publish it: <name>+<key id in hex>+<base64(type, key)>.
struct NoteKey {
  std::string name;
  KeyType type = KeyType::kEd25519;
  primitives::VerifyKey key;
  std::uint32_t id() const;  // the first 4 bytes of SHA-256(name, "\n", type, key)
  friend bool operator==(const NoteKey&, const NoteKey&) = default;
};
std::string format_vkey(const NoteKey& key);
[[nodiscard]] Result<NoteKey> parse_vkey(std::string_view text);

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  Bytes signature;  // 64 bytes for type 0x01; u64 time and 64 bytes for type 0x04
  bool is_by(const NoteKey& key) const { return name == key.name && key_id == key.id(); }
  friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};
std::string format_signature_line(const NoteSignature& signature);  // with its newline
// One or more lines, each ended by a newline: what a witness answers.
[[nodiscard]] Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);

struct Note {
  std::string text;  // ends in a newline; what is signed
  std::vector<NoteSignature> signatures;
  friend bool operator==(const Note&, const Note&) = default;
};
std::string format_note(const Note& note);
[[nodiscard]] Result<Note> parse_note(std::string_view note);

NoteSignature sign_note(std::string_view text, const std::string& name,
                        const primitives::SigningKey& key);  // type 0x01
[[nodiscard]] Result<void> verify_signature(std::string_view text, const NoteSignature& signature, const NoteKey& key);
// The good signatures by the known keys, one for each key, in the order of the note; never empty.
[[nodiscard]] Result<std::vector<NoteSignature>> verify_note(const Note& note, std::span<const NoteKey> known);

}  // namespace tuixuan::log
