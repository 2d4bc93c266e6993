#include "tally/election/envelope.h"

#include <algorithm>

#include "crypto/base/reader.h"
#include "crypto/base/writer.h"
#include "crypto/codes/entries.h"
#include "crypto/proofs/transcript.h"

namespace tuixuan::election {

using primitives::SigningKey;

static constexpr std::uint8_t kVersion = 1;
static constexpr std::uint8_t kRehearsal = 129;

Bytes Envelope::encode() const {
  Writer w;
  w.u8(rehearsal ? kRehearsal : kVersion)
      .u8(static_cast<std::uint8_t>(kind))
      .fixed(congress.view())
      .u32(minutes)
      .blob(body);
  w.u8(static_cast<std::uint8_t>(signatures.size()));
  for (const Signed& s : signatures) w.fixed(s.key.view()).fixed(s.signature.view());
  return w.take();
}

Result<Envelope> Envelope::decode(ByteView bytes) {
  if (bytes.size() > kMaxEntrySize)
    return fail(code::E02::encoding, "an entry has at most 65,535 bytes, this one has " + std::to_string(bytes.size()));
  Reader r(bytes, "entry", code::E02::encoding);
  const std::uint8_t version = r.u8();
  if (r.ok() && version != kVersion && version != kRehearsal)
    return fail(code::E01::version, "version " + std::to_string(version) + "; this program reads 1 and 129");
  const std::uint8_t number = r.u8();
  if (r.ok() && find_kind(number) == nullptr)
    return fail(code::V07::kind, "unknown kind of entry " + std::to_string(number));
  Envelope e;
  e.kind = static_cast<Kind>(number);
  e.rehearsal = version == kRehearsal;
  e.congress.bytes = r.array<64>();
  e.minutes = r.u32();
  e.body = to_bytes(r.blob(kMaxEntrySize));
  const std::size_t n = r.u8();
  if (n < 1 || n > kMaxSignatures) r.refuse("the number of signatures is not 1 to 16");
  for (std::size_t i = 0; r.ok() && i < n; ++i) {
    Signed s;
    s.key.bytes = r.array<32>();
    s.signature.bytes = r.array<64>();
    if (!e.signatures.empty() && s.key <= e.signatures.back().key)
      r.refuse("signatures out of order or twice by one key");
    e.signatures.push_back(s);
  }
  TUIXUAN_CHECK(r.finish());
  return e;
}

Bytes Envelope::statement() const {
  return to_bytes(proofs::Framed("sig/" + std::string(info(kind).name))
                      .add(congress.view())
                      .u64(minutes)
                      .add(body)
                      .finish()
                      .view());
}

Result<void> Envelope::verify_signatures() const {
  const Bytes message = statement();
  for (const Signed& s : signatures)
    if (!primitives::verify(s.key, message, s.signature))
      return fail(info(kind).signature_check, "the signature of key " + s.key.hex().substr(0, 16) + " does not verify");
  return {};
}

void Envelope::claim_signatures(batch::Claims& claims) const {
  const Bytes message = statement();
  for (const Signed& s : signatures) claims.signature(s.key, message, s.signature);
}

Bytes sign_entry(Kind kind, const CongressMark& congress, std::uint32_t minutes, Bytes body,
                 std::span<const SigningKey* const> keys) {
  Envelope e{kind, congress.digest, congress.rehearsal, minutes, std::move(body), {}};
  const Bytes message = e.statement();
  for (const SigningKey* key : keys) e.signatures.push_back({key->verify_key(), key->sign(message)});
  std::sort(e.signatures.begin(), e.signatures.end());
  return e.encode();
}

Bytes sign_entry(Kind kind, const CongressMark& congress, std::uint32_t minutes, Bytes body,
                 std::initializer_list<const SigningKey*> keys) {
  return sign_entry(kind, congress, minutes, std::move(body),
                    std::span<const SigningKey* const>(keys.begin(), keys.size()));
}

}  // namespace tuixuan::election
