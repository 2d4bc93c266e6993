#include "crypto/log/note.h"

#include <algorithm>

#include "crypto/base/reader.h"
#include "crypto/codes/entries.h"
#include "crypto/log/cosignature.h"
#include "crypto/log/lines.h"
#include "crypto/primitives/base64.h"
#include "crypto/primitives/hash.h"

namespace tuixuan::log {
namespace {

constexpr std::string_view kDash = "\xe2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t kMaxNameSize = 255;
constexpr std::size_t kMaxSignatureSize = 8192;  // other keys' signatures may be long (ML-DSA)

// The spaces of Unicode beyond ASCII.
constexpr std::array<std::string_view, 19> kSpaces{
    "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83",
    "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a",
    "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

bool is_note_text(std::string_view s) {
  return is_utf8(s) &&
         std::none_of(s.begin(), s.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x20 && c != '\n'; });
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kDash)) return fail(code::log::note, "a signature line does not begin with a dash and a space");
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return fail(code::log::note, "a signature line without a signature");
  const std::string_view name = line.substr(0, space);
  if (!is_key_name(name)) return fail(code::log::note, "a signature line without a valid key name");
  const std::string_view text = line.substr(space + 1);
  const auto bytes = primitives::from_base64(text.substr(0, kMaxSignatureSize));
  if (text.size() > kMaxSignatureSize || !bytes || bytes->size() < 5)
    return fail(code::log::note,
                "the signature of " + std::string(name) + " is not the base64 of a key id and a signature");
  std::uint32_t id = 0;
  for (std::size_t i = 0; i < 4; ++i) id = id << 8U | (*bytes)[i];
  return NoteSignature{std::string(name), id, Bytes(bytes->begin() + 4, bytes->end())};
}

ByteArray<4> big_endian(std::uint32_t id) {
  return {static_cast<std::uint8_t>(id >> 24U), static_cast<std::uint8_t>(id >> 16U),
          static_cast<std::uint8_t>(id >> 8U), static_cast<std::uint8_t>(id)};
}

}  // namespace

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameSize || !is_printable_utf8(name)) return false;
  if (name.find_first_of(" +") != std::string_view::npos) return false;
  return std::none_of(kSpaces.begin(), kSpaces.end(),
                      [&](std::string_view space) { return name.find(space) != std::string_view::npos; });
}

std::uint32_t NoteKey::id() const {
  const ByteArray<2> middle{'\n', static_cast<std::uint8_t>(type)};
  const Sha256 hash = primitives::sha256_of_parts({as_bytes(name), middle, key.view()});
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 4; ++i) out = out << 8U | hash.bytes[i];
  return out;
}

std::string format_vkey(const NoteKey& key) {
  if (!is_key_name(key.name)) bug("a note key without a valid name");
  Bytes typed{static_cast<std::uint8_t>(key.type)};
  typed.insert(typed.end(), key.key.bytes.begin(), key.key.bytes.end());
  return key.name + "+" + to_hex(big_endian(key.id())) + "+" + primitives::to_base64(typed);
}

Result<NoteKey> parse_vkey(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || text.size() > 2 * kMaxNameSize)
    return fail(code::log::vkey, "a public key is written as name+id+base64");
  NoteKey out;
  out.name = text.substr(0, first);
  if (!is_key_name(out.name)) return fail(code::log::vkey, "a public key without a valid name");
  const auto bytes = primitives::from_base64(text.substr(second + 1));
  if (!bytes || bytes->empty()) return fail(code::log::vkey, "the key of " + out.name + " is not base64");
  const std::uint8_t type = (*bytes)[0];
  if (type != static_cast<std::uint8_t>(KeyType::kEd25519) && type != static_cast<std::uint8_t>(KeyType::kCosignature))
    return fail(code::log::vkey, "the key of " + out.name + " is of unknown type " + std::to_string(type));
  if (bytes->size() != 1 + primitives::VerifyKey::kSize)
    return fail(code::log::vkey, "the key of " + out.name + " is not 32 bytes");
  out.type = static_cast<KeyType>(type);
  std::memcpy(out.key.bytes.data(), bytes->data() + 1, primitives::VerifyKey::kSize);
  if (!primitives::is_verify_key(out.key))
    return fail(code::log::vkey, "the key of " + out.name + " is no Ed25519 key");
  if (text.substr(first + 1, second - first - 1) != to_hex(big_endian(out.id())))
    return fail(code::log::vkey, "the key id of " + out.name + " does not fit its name and key");
  return out;
}

std::string format_signature_line(const NoteSignature& signature) {
  if (!is_key_name(signature.name) || signature.signature.empty()) bug("a signature line without a name or signature");
  const ByteArray<4> id = big_endian(signature.key_id);
  Bytes bytes(id.begin(), id.end());
  bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
  return std::string(kDash) + signature.name + " " + primitives::to_base64(bytes) + "\n";
}

Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view text) {
  if (text.empty()) return fail(code::log::note, "no signature lines");
  if (text.size() > kMaxNoteSize)
    return fail(code::log::note, "over " + std::to_string(kMaxNoteSize) + " bytes of signature lines");
  std::vector<NoteSignature> out;
  for (Lines lines(text, code::log::note); !lines.at_end();) {
    if (out.size() == kMaxNoteSignatures)
      return fail(code::log::note, "over " + std::to_string(kMaxNoteSignatures) + " signatures");
    TUIXUAN_TRY(line, lines.next("signature"));
    TUIXUAN_TRY(signature, parse_signature_line(line));
    out.push_back(std::move(signature));
  }
  return out;
}

std::string format_note(const Note& note) {
  if (note.text.empty() || note.text.back() != '\n' || !is_note_text(note.text)) bug("a note without a valid text");
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) out += format_signature_line(signature);
  return out;
}

Result<Note> parse_note(std::string_view bytes) {
  if (bytes.size() > kMaxNoteSize) return fail(code::log::note, "over " + std::to_string(kMaxNoteSize) + " bytes");
  if (!is_note_text(bytes)) return fail(code::log::note, "not UTF-8 text without control characters");
  const std::size_t gap = bytes.rfind("\n\n");
  if (gap == std::string_view::npos) return fail(code::log::note, "no empty line before the signatures");
  Note out;
  out.text = bytes.substr(0, gap + 1);
  TUIXUAN_TRY(signatures, parse_signature_lines(bytes.substr(gap + 2)));
  out.signatures = std::move(signatures);
  return out;
}

NoteSignature sign_note(std::string_view text, const std::string& name, const primitives::SigningKey& key) {
  if (text.empty() || text.back() != '\n' || !is_note_text(text)) bug("signing a text that is no note");
  const NoteKey public_key{name, KeyType::kEd25519, key.verify_key()};
  const primitives::Signature signature = key.sign(as_bytes(text));
  return {name, public_key.id(), to_bytes(signature.view())};
}

Result<void> verify_signature(std::string_view text, const NoteSignature& signature, const NoteKey& key) {
  if (!signature.is_by(key)) return fail(code::log::note, "not a signature of " + key.name);
  if (key.type == KeyType::kCosignature) {
    TUIXUAN_CHECK(verify_cosignature(text, signature, key).map([](std::uint64_t) {}));
    return {};
  }
  primitives::Signature bytes;
  if (signature.signature.size() != primitives::Signature::kSize)
    return fail(code::log::note, "the signature of " + key.name + " is not 64 bytes");
  std::memcpy(bytes.bytes.data(), signature.signature.data(), primitives::Signature::kSize);
  if (!primitives::verify(key.key, as_bytes(text), bytes))
    return fail(code::log::note, "the signature of " + key.name + " is not of this text");
  return {};
}

Result<std::vector<NoteSignature>> verify_note(const Note& note, std::span<const NoteKey> known) {
  std::vector<NoteSignature> out;
  for (const NoteSignature& signature : note.signatures) {
    for (const NoteKey& key : known) {
      if (!signature.is_by(key)) continue;
      TUIXUAN_CHECK(verify_signature(note.text, signature, key));
      if (std::none_of(out.begin(), out.end(), [&](const NoteSignature& s) { return s.is_by(key); }))
        out.push_back(signature);
    }
  }
  if (out.empty()) return fail(code::log::note, "no signature of a known key");
  return out;
}

}  // namespace tuixuan::log
