#include "crypto/proofs/transcript.h"

#include "crypto/primitives/random.h"

namespace tuixuan::proofs {

using primitives::Point;
using primitives::SecretScalar;

static constexpr std::array<std::string_view, 44> kLabels{"gen",
                                                          "cred",
                                                          "draft",
                                                          "nonce",
                                                          "dkg/commit",
                                                          "dkg/pop-E",
                                                          "dkg/ceremony",
                                                          "dkg/kem",
                                                          "dkg/pop-a0",
                                                          "dkg/transcript",
                                                          "dkg/pop-X",
                                                          "open",
                                                          "ballot/pok",
                                                          "ballot",
                                                          "close",
                                                          "shuffle/stmt",
                                                          "shuffle/u",
                                                          "shuffle/c",
                                                          "decrypt/stmt",
                                                          "decrypt/w",
                                                          "decrypt/c",
                                                          "sig/kiosk-ballot",
                                                          "sig/object",
                                                          "sig/connection",
                                                          "sig/scheme",
                                                          "sig/ceremony-commit",
                                                          "sig/ceremony-share",
                                                          "sig/ceremony-confirm",
                                                          "sig/ceremony-complaint",
                                                          "sig/slips",
                                                          "sig/attendance",
                                                          "sig/opening",
                                                          "sig/opening-agreed",
                                                          "sig/cast",
                                                          "sig/challenge",
                                                          "sig/abandon",
                                                          "sig/void-slip",
                                                          "sig/kiosk-final",
                                                          "sig/kiosk-lost",
                                                          "sig/close",
                                                          "sig/close-agreed",
                                                          "sig/mix",
                                                          "sig/decryption",
                                                          "sig/count"};

std::span<const std::string_view> all_labels() { return kLabels; }

static ByteArray<8> u64_bytes(std::uint64_t v) {
  ByteArray<8> out;
  for (std::size_t i = 0; i < 8; ++i) out[i] = static_cast<std::uint8_t>(v >> (8 * i));
  return out;
}

Framed::Framed(std::string_view label) { text(kProtocol).text(label); }

Framed& Framed::begin(std::uint64_t length) {
  hash_.add(u64_bytes(length));
  return *this;
}

Framed& Framed::part(ByteView x) {
  hash_.add(x);
  return *this;
}

Framed& Framed::add(ByteView x) { return begin(x.size()).part(x); }
Framed& Framed::u64(std::uint64_t x) { return add(u64_bytes(x)); }

Framed& Framed::points(std::span<const Point> x) {
  begin(8 + Point::kSize * x.size()).part(u64_bytes(x.size()));
  for (const Point& p : x) part(p.view());
  return *this;
}

SecretScalar hedged_nonce(ByteView secret, const Hash64& statement) {
  primitives::SecretBytes<32> fresh;
  primitives::fill_random(fresh.fill());
  Hash64 wide = Framed("nonce").add(secret).add(fresh.reveal()).add(statement.view()).finish();
  SecretScalar out = SecretScalar::reduce(wide);
  primitives::wipe(wide.bytes);
  return out;
}

}  // namespace tuixuan::proofs
