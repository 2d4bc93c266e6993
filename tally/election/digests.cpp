#include "tally/election/digests.h"

#include "crypto/proofs/transcript.h"

namespace tuixuan::election {

using proofs::Framed;

Hash64 opening_digest(const Hash64& congress, ByteView opening_body) {
  return Framed("open").add(congress.view()).add(opening_body).finish();
}

Hash64 close_digest(const Hash64& ctx, ByteView close_body) {
  return Framed("close").add(ctx.view()).add(close_body).finish();
}

Bytes object_upload_statement(const Hash64& congress, const Sha256& object, std::uint64_t length) {
  return to_bytes(Framed("sig/object").add(congress.view()).add(object.view()).u64(length).finish().view());
}

Bytes connection_statement(const ByteArray<32>& secret) {
  return to_bytes(Framed("sig/connection").add(secret).finish().view());
}

std::string spoken_digest(const Hash64& digest) {
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    unsigned value = 0;
    for (std::size_t b = 0; b < 4; ++b) value = (value << 8 | digest.bytes[4 * i + b]) % 10000;
    const std::string digits = std::to_string(value);
    if (i > 0) out += ' ';
    out += std::string(4 - digits.size(), '0') + digits;
  }
  return out;
}

}  // namespace tuixuan::election
