#include "crypto/log/cosignature.h"

#include <algorithm>

#include "crypto/codes/entries.h"
#include "crypto/log/lines.h"

namespace tuixuan::log {
namespace {

constexpr std::size_t kTimeSize = 8;
constexpr std::uint64_t kMaxSeconds = (std::uint64_t{1} << 63U) - 1;

// One for each of the keys, keeping the latest.
void keep_latest(std::vector<Cosignature>& out, const NoteKey& witness, std::uint64_t seconds) {
  for (Cosignature& c : out) {
    if (c.witness != witness) continue;
    c.seconds = std::max(c.seconds, seconds);
    return;
  }
  out.push_back({witness, seconds});
}

}  // namespace

std::string cosignature_message(std::uint64_t seconds, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

NoteSignature cosign(std::string_view text, std::uint64_t seconds, const std::string& name,
                     const primitives::SigningKey& key) {
  if (seconds > kMaxSeconds) bug("a cosignature with a time beyond all clocks");
  const NoteKey public_key{name, KeyType::kCosignature, key.verify_key()};
  Bytes bytes;
  for (std::size_t i = kTimeSize; i-- > 0;) bytes.push_back(static_cast<std::uint8_t>(seconds >> (8 * i)));
  const primitives::Signature signature = key.sign(as_bytes(cosignature_message(seconds, text)));
  bytes.insert(bytes.end(), signature.bytes.begin(), signature.bytes.end());
  return {name, public_key.id(), std::move(bytes)};
}

Result<std::uint64_t> verify_cosignature(std::string_view text, const NoteSignature& signature,
                                         const NoteKey& witness) {
  const auto refused = [&](const char* why) {
    return fail(code::log::cosignature, "cosignature of " + witness.name + ": " + why);
  };
  if (witness.type != KeyType::kCosignature) return refused("its key is not a witness's");
  if (!signature.is_by(witness)) return refused("made by another key");
  if (signature.signature.size() != kTimeSize + primitives::Signature::kSize) return refused("not 72 bytes");
  std::uint64_t seconds = 0;
  for (std::size_t i = 0; i < kTimeSize; ++i) seconds = seconds << 8U | signature.signature[i];
  if (seconds > kMaxSeconds) return refused("its time is beyond all clocks");
  primitives::Signature bytes;
  std::memcpy(bytes.bytes.data(), signature.signature.data() + kTimeSize, primitives::Signature::kSize);
  if (!primitives::verify(witness.key, as_bytes(cosignature_message(seconds, text)), bytes))
    return refused("not of this checkpoint and time");
  return seconds;
}

Result<std::vector<Cosignature>> cosignatures(const Note& note, std::span<const NoteKey> witnesses) {
  std::vector<Cosignature> out;
  for (const NoteSignature& signature : note.signatures) {
    for (const NoteKey& witness : witnesses) {
      if (!signature.is_by(witness)) continue;
      TUIXUAN_TRY(seconds, verify_cosignature(note.text, signature, witness));
      keep_latest(out, witness, seconds);
    }
  }
  return out;
}

Result<std::string> add_cosignatures(std::string_view bytes, std::string_view answer, const NoteKey& witness) {
  TUIXUAN_TRY(note, parse_note(bytes));
  TUIXUAN_TRY(added, parse_signature_lines(answer));
  for (NoteSignature& signature : added) {
    TUIXUAN_CHECK(verify_cosignature(note.text, signature, witness).map([](std::uint64_t) {}));
    note.signatures.push_back(std::move(signature));
  }
  std::string out = format_note(note);
  TUIXUAN_CHECK(parse_note(out).map([](const Note&) {}));  // still within the limits of a note
  return out;
}

std::string format_add_checkpoint(const AddCheckpoint& request) {
  std::string out = "old " + std::to_string(request.old_size) + "\n";
  for (const Sha256& hash : request.proof) out += format_hash(hash) + "\n";
  return out + "\n" + request.checkpoint;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  constexpr std::string_view kOld = "old ";
  Lines lines(body, code::log::witness);
  AddCheckpoint out;
  TUIXUAN_TRY(first, lines.next("old size"));
  if (!first.starts_with(kOld)) return fail(code::log::witness, "the request does not begin with the old size");
  TUIXUAN_TRY(size, parse_decimal(first.substr(kOld.size()), kMaxSize, code::log::witness, "the old size"));
  out.old_size = size;
  TUIXUAN_TRY(proof, parse_hash_lines(lines, code::log::witness));
  out.proof = std::move(proof);
  TUIXUAN_TRY(note, parse_note(lines.rest()));
  TUIXUAN_CHECK(parse_checkpoint_lines(note.text).map([](const Checkpoint&) {}));
  out.checkpoint = lines.rest();
  return out;
}

}  // namespace tuixuan::log
